"""The clock and the proofs: which letter on which day, once each."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from journal.models import Event, Letter
from questionnaires import sheets, vault
from questionnaires.models import EvidenceRevision, Version
from questionnaires.vault import Dates
from referencing import filing, tasks
from referencing.models import Candidature
from referencing.proof_watch import due_notice, watch_proofs
from tests import play

EXPIRY = date(2026, 6, 30)
DEPOSITED = date(2026, 1, 1)
TODAY = timezone.localdate()
DAYS = (60, 15)


def day(days: int) -> date:
    return EXPIRY + timedelta(days=days)


@pytest.mark.parametrize(
    ("today", "due"), [(day(-61), None), (day(-60), 60), (day(-16), 60), (day(-15), 15), (day(0), 15), (day(9), 15)]
)
def test_the_last_notice_reached_is_due(today: date, due: int | None):
    assert due_notice(EXPIRY, DEPOSITED, today, DAYS) == due


@pytest.mark.parametrize(("deposited", "due"), [(day(-60), None), (day(-61), 60), (day(-15), None)])
def test_what_was_past_on_the_day_of_the_deposit_is_skipped(deposited: date, due: int | None):
    assert due_notice(EXPIRY, deposited, day(-16), DAYS) == due


@given(st.integers(0, 200), st.integers(0, 250))
def test_each_notice_comes_in_order(length: int, elapsed: int):
    expiry = DEPOSITED + timedelta(days=length)
    found = [due_notice(expiry, DEPOSITED, DEPOSITED + timedelta(days=number), DAYS) for number in range(elapsed)]
    told = [number for number in found if number]
    assert told == sorted(told, reverse=True)


@pytest.fixture
def draft(alice: User, simple_version: Version) -> Candidature:
    """A draft whose ADM-02 stands on a certificate that expires in forty days, deposited long ago."""
    candidature = play.draft(alice, simple_version)
    dates = Dates(expires_on=TODAY + timedelta(days=40))
    proof = vault.deposit(candidature.organisation, play.a_file(), title="HDS", kind="CERT", user=alice, dates=dates)
    EvidenceRevision.objects.update(deposited_at=timezone.now() - timedelta(days=300))
    criterion = sheets.overview(candidature.sheet).item("ADM-02").criterion
    sheets.save_answer(candidature.sheet, criterion, value="met", comment="", edition=0, user=alice)
    sheets.attach(candidature.sheet, criterion, proof, alice)
    return candidature


def notices() -> list[int]:
    return [event.data["days"] for event in Event.objects.filter(kind="evidence.expiring").order_by("seq")]


def test_two_letters_each_once_whatever_the_clock(draft: Candidature, alice: User, bob: User, drain: Callable[[], int]):
    tasks.watch_proofs()
    tasks.watch_proofs()
    assert notices() == [60]
    watch_proofs(TODAY + timedelta(days=26))
    watch_proofs(TODAY + timedelta(days=50))
    assert notices() == [60, 15]
    drain()
    drain()
    assert Letter.objects.filter(kind="proof_expiring").count() == 4
    letter = Letter.objects.filter(recipient=bob).first()
    limit = (TODAY + timedelta(days=40)).strftime("%d/%m/%Y")
    assert letter.title == f"La preuve « HDS » expire le {limit}"
    assert f"1\xa0critère tombera le {limit}" in letter.body
    assert f"- {draft.reference}, ADM-02" in letter.body


def test_a_proof_on_which_nothing_stands_is_not_told(draft: Candidature, alice: User):
    filing.withdraw(draft, motive="Nous renonçons.", actor=alice)
    assert (watch_proofs(TODAY), notices()) == (0, [])


def test_a_date_that_is_corrected_is_told_again(draft: Candidature):
    watch_proofs(TODAY)
    EvidenceRevision.objects.update(expires_on=TODAY + timedelta(days=45))
    watch_proofs(TODAY)
    assert notices() == [60, 60]
