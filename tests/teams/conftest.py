"""Who is invited, and how their invitation is read back from the post."""

import re

import pytest
from django.core import mail

from accounts.addresses import vouch_for
from accounts.models import Organisation, User
from teams.invitations import invite
from teams.models import Invitation


@pytest.fixture
def zoe(db: None) -> User:
    """Has an account at the address that is invited."""
    person = User.objects.create_user("zoe@exemple.fr", None, full_name="Zoé Lambert")
    vouch_for(person)
    return person


@pytest.fixture
def invitation(alice: User, glyco: Organisation) -> Invitation:
    return invite(glyco, "zoe@exemple.fr", profiles=["ACC"], mandated=False, actor=alice)


def link_of(message: mail.EmailMessage) -> str:
    """Return the path of the link in an e-mail."""
    found = re.search(r"https?://[^/\s]+(/invitations/\S+)", str(message.body))
    assert found
    return found[1]
