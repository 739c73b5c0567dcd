"""Everybody who could be written to, those who left included."""

import pytest

from accounts.models import Organisation, User
from accounts.roles import Profile, Role
from accounts.services import give_role, join
from catalogue.reactions import open_entry
from journal.models import Event
from questionnaires.models import Version
from referencing.models import Candidature
from tests import play
from tests.referencing.post import House

NAMES = ("alice", "bob", "charlie", "sophie", "emile", "eva", "simone", "marc", "mona", "aude")


@pytest.fixture
def house(request: pytest.FixtureRequest, glyco: Organisation, simple_version: Version) -> House:
    people = {name: request.getfixturevalue(name) for name in NAMES}
    gone = [
        User.objects.create_user(f"{name}@exemple.fr", full_name=name, is_active=False) for name in ("parti", "ancien")
    ]
    join(gone[0], glyco, profiles=[Profile.MOA], mandated=True)
    give_role(gone[1], Role.SUPPORT)
    return House(people, simple_version)


@pytest.fixture
def renewable(
    alice: User, full_version: Version, sophie: User, emile: User, simone: User, marc: User, mona: User
) -> Candidature:
    """Published in the former référentiel, its public page open."""
    candidature = play.published(alice, full_version, sophie, emile, simone, (marc, mona))
    open_entry(Event.objects.get(kind="candidature.publish").pk)
    return candidature
