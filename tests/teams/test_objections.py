"""The sentences of an invitation that cannot be accepted, as a table."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Organisation, User
from teams.models import Invitation
from teams.objections import Visitor, barred, ended, masked

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def invitation(**fields) -> Invitation:
    return Invitation(
        organisation=Organisation(name="Glyco SAS"), email="zoe@exemple.fr", **{"expires_at": NOW + DAY, **fields}
    )


def visitor(**fields) -> Visitor:
    known = {"number": 7, "addresses": frozenset({"zoe@exemple.fr"}), "acts_for_the_state": False, "is_member": False}
    return Visitor(**{**known, **fields})


@pytest.mark.parametrize(
    ("fields", "reader", "begins"),
    [
        ({}, None, ""),
        ({"expires_at": NOW}, None, "Cette invitation a expiré le mardi 3 mars"),
        ({"revoked_at": NOW - DAY}, None, "Cette invitation a été annulée le lundi 2 mars"),
        ({"accepted_at": NOW - DAY, "accepted_by": User(pk=7)}, 8, "Cette invitation a déjà servi le lundi 2 mars"),
        ({"accepted_at": NOW - DAY, "accepted_by": User(pk=7)}, None, "Cette invitation a déjà servi le lundi 2 mars"),
        ({"accepted_at": NOW - DAY, "accepted_by": User(pk=7)}, 7, "Vous avez déjà accepté cette invitation"),
        # what was accepted and would have expired since was accepted all the same
        ({"accepted_at": NOW - DAY, "accepted_by": User(pk=7), "expires_at": NOW}, 8, "Cette invitation a déjà servi"),
    ],
)
def test_an_invitation_that_is_over_says_why(fields, reader, begins: str):
    objection = ended(invitation(**fields), NOW, reader=reader)
    sentence = objection.sentence.replace("\u00a0", " ") if objection else ""
    assert sentence.startswith(begins)
    assert bool(objection) == bool(begins)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, None),
        ({"addresses": frozenset({"zoe@ailleurs.fr"})}, 403),
        ({"addresses": frozenset()}, 403),
        ({"acts_for_the_state": True}, 403),
        ({"is_member": True}, 409),
    ],
)
def test_a_person_who_may_not_accept_is_told_why(fields, status):
    objection = barred(invitation(), visitor(**fields))
    assert (objection.status if objection else None) == status


@given(st.text("abcdz.-+", min_size=1), st.sampled_from(["exemple.fr", "sous.domaine.example"]))
def test_a_masked_address_keeps_its_first_letter_and_its_domain_only(name: str, domain: str):
    assert masked(f"{name}@{domain}") == f"{name[0]}•••@{domain}"
