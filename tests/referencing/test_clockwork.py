"""The facts that the door writes, the dates that support corrects, and the one deadline that they give."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from journal.models import Event
from questionnaires.models import Version
from referencing import clockwork, filing
from referencing.calendar import add_months
from referencing.clocks import ClockKind, clocks_of, deadline_of
from referencing.delays import rules, silence_begins
from referencing.door import move
from referencing.models import Candidature, ClockFact
from referencing.stages import Stage
from tests import play
from tests.journal.tamper import tampering
from tests.referencing.post import House

TODAY = timezone.localdate()


def moved_back(candidature: Candidature, days: int) -> None:
    """Age every fact: the tests of the clocks look back without waiting."""
    with tampering("referencing_clockfact"):
        for row in candidature.clock_facts.all():
            row.on, row.entered_on = row.on - timedelta(days=days), row.entered_on - timedelta(days=days)
            row.save(update_fields=["on", "entered_on"])


def facts(candidature: Candidature) -> list[tuple[str, date]]:
    return [(row.kind, row.on) for row in clockwork.in_force(candidature.clock_facts.all())]


ROADS: dict[Stage, Callable[[House], Candidature]] = {
    Stage.DRAFT: lambda house: play.draft(house.people["alice"], house.version),
    Stage.SUBMITTED: lambda house: house.submitted(),
    Stage.INCOMPLETE: lambda house: house.incomplete(),
    Stage.INADMISSIBLE: lambda house: filing.declare_inadmissible(
        house.submitted(), grounds="Hors du champ.", actor=house.people["sophie"]
    ),
    Stage.IN_EVALUATION: lambda house: house.returned(),
    Stage.COMPLEMENTS_REQUESTED: lambda house: house.asked(),
    Stage.EVALUATED: lambda house: house.evaluated(),
    Stage.IN_COMMISSION: lambda house: house.in_commission(),
    Stage.OPINION_GIVEN: lambda house: house.opined(),
    Stage.ACCEPTED: lambda house: play.decided(house.opined(), "accept", house.ministry),
    Stage.REJECTED: lambda house: play.decided(house.opined(opinion="unfavourable"), "reject", house.ministry),
    Stage.PUBLISHED: lambda house: house.published(),
    Stage.WITHDRAWN: lambda house: house.withdrawn(house.asked()),
}
AWAITED = (Stage.INCOMPLETE, Stage.COMPLEMENTS_REQUESTED)


@pytest.mark.parametrize("stage", Stage)
def test_the_deadline_kept_is_the_one_computed_at_every_stage(house: House, stage: Stage) -> None:
    kept = Candidature.objects.get(pk=ROADS[stage](house).pk)
    known = clockwork.facts_of(kept)
    assert kept.stage == stage
    assert kept.deadline == deadline_of(known, rules())
    assert (kept.suspended_on is not None) == (stage in AWAITED)
    # The desk counts late what the clocks say is late.
    for today in (TODAY, *(TODAY + timedelta(days=later) for later in (15, 16, 21, 61, 400))):
        is_late = Candidature.objects.late(today).filter(pk=kept.pk).exists()
        running = [one for one in clocks_of(known, rules(), today, silence_begins()) if not one.ended_on]
        assert is_late == any(one.late for one in running if one.key != "silence")


def test_a_whole_procedure_leaves_its_facts(house: House) -> None:
    published = house.published()
    assert [kind for kind, _ in facts(published)] == [
        "reception", "completeness", "admission", "report", "scheduling", "opinion", "decision", "closure",
    ]  # fmt: skip
    rows = published.clock_facts.in_order()
    assert [row.rank for row in rows] == list(range(1, 9))
    assert {row.entered_on for row in rows} == {TODAY}
    assert rows[0].event.kind == "candidature.submit"
    assert rows[0].entered_by == house.people["alice"]


def test_a_dossier_is_complete_since_its_last_piece_arrived(house: House) -> None:
    incomplete = house.incomplete()
    returned = filing.submit(incomplete, actor=house.people["alice"])
    moved_back(returned, 9)
    admitted = filing.admit(returned, actor=house.people["sophie"])
    assert facts(admitted)[-2:] == [("completeness", TODAY - timedelta(days=9)), ("admission", TODAY)]
    assert admitted.deadline == TODAY + timedelta(days=60)


def test_the_evaluation_takes_up_with_the_days_it_had_left(house: House) -> None:
    assigned = house.assigned()
    moved_back(assigned, 43)
    payload = {"items": [{"criterion": "SEC-GOV-01", "expected": "x"}], "deadline": (TODAY + timedelta(20)).isoformat()}
    asked = move(assigned, "request_complements", actor=house.people["emile"], payload=payload)
    assert (asked.deadline, asked.suspended_on) == (TODAY + timedelta(days=20), TODAY)
    moved_back(asked, 12)
    play.answer_all(asked, house.people["alice"], comment="Voici.")
    returned = filing.return_complements(asked, actor=house.people["alice"])
    assert (returned.deadline, returned.suspended_on) == (TODAY + timedelta(days=17), None)


def test_an_avis_is_dated_of_its_seance(house: House) -> None:
    scheduled = house.in_commission()
    moved_back(scheduled, 30)
    held = TODAY - timedelta(days=3)
    payload = {"opinion": "favourable", "reserves": [], "tally": {}, "seance": "2026-01", "date": held.isoformat()}
    opined = move(scheduled, "give_opinion", actor=house.people["simone"], payload=payload)
    assert facts(opined)[-1] == ("opinion", held)
    assert opined.deadline == held + timedelta(days=30)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 28, 22, 59, tzinfo=ZoneInfo("UTC")), date(2026, 3, 28)),
        (datetime(2026, 3, 28, 23, 30, tzinfo=ZoneInfo("UTC")), date(2026, 3, 29)),  # half past midnight in Paris
        (datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo("UTC")), date(2026, 3, 29)),  # the hour that does not exist
        (datetime(2026, 10, 24, 22, 30, tzinfo=ZoneInfo("UTC")), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 30, tzinfo=ZoneInfo("UTC")), date(2026, 10, 26)),
        (datetime(2028, 2, 28, 23, 30, tzinfo=ZoneInfo("UTC")), date(2028, 2, 29)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=ZoneInfo("UTC")), date(2027, 1, 1)),
    ],
)
def test_a_fact_is_dated_of_the_day_it_is_in_paris(
    alice: User, simple_version: Version, moment: datetime, day: date
) -> None:
    candidature = play.answered(alice, simple_version)
    with patch.object(timezone, "now", lambda: moment):
        submitted = filing.submit(candidature, actor=alice)
    assert facts(submitted) == [("reception", day)]
    assert submitted.deadline == day + timedelta(days=15)


@pytest.mark.parametrize(("means", "from_first"), [("rejet", True), ("acceptation", False)])
def test_silence_counts_from_the_piece_that_the_law_says(
    house: House, settings: Any, means: str, from_first: bool
) -> None:
    settings.PROCEDURE = settings.PROCEDURE | {"silence_means": means}
    incomplete = house.incomplete()
    moved_back(incomplete, 8)
    returned = filing.submit(incomplete, actor=house.people["alice"])
    event = Event.objects.filter(kind="candidature.submit").latest("seq")
    first = add_months(TODAY - timedelta(days=8), 2) + timedelta(days=8)
    assert clockwork.silent_on(returned, event) == (first if from_first else add_months(TODAY, 2))


# --- Corrections -------------------------------------------------------------


@pytest.fixture
def admitted(house: House) -> Candidature:
    """Filed and admitted ten days ago."""
    candidature = house.assigned()
    moved_back(candidature, 10)
    return candidature


def test_support_dates_a_fact_again_with_a_motive(admitted: Candidature, sophie: User) -> None:
    on = TODAY - timedelta(days=25)
    clockwork.correct(admitted, 1, on, motive="Reçu par lettre pendant la panne.", actor=sophie, edition=0)
    fixed = clockwork.correct(admitted, 2, on, motive="Complet dès la réception.", actor=sophie, edition=0)
    fixed = clockwork.correct(
        fixed, 3, TODAY - timedelta(days=20), motive="Prononcée ce jour-là.", actor=sophie, edition=0
    )
    assert facts(fixed) == [("reception", on), ("completeness", on), ("admission", TODAY - timedelta(days=20))]
    assert Candidature.objects.get(pk=fixed.pk).deadline == TODAY + timedelta(days=40)
    rows = fixed.clock_facts.filter(rank=1).in_order()
    assert [(row.edition, row.on, row.entered_on, row.entered_by_id == sophie.pk) for row in rows] == [
        (0, TODAY - timedelta(days=10), TODAY - timedelta(days=10), False),
        (1, on, TODAY, True),
    ]
    event = Event.objects.filter(kind="clock.corrected").earliest("seq")
    assert (event.subject, event.actor) == (fixed.reference, sophie)
    assert event.data == {
        "fact": "reception",
        "rank": 1,
        "before": (TODAY - timedelta(days=10)).isoformat(),
        "on": on.isoformat(),
    }


@pytest.mark.parametrize(
    ("rank", "ago", "sentence"),
    [
        (1, 10, "C'est déjà la date"),
        (1, 9, "il ne peut pas être daté après"),
        (3, 11, "précède celle du fait d'avant, « Dossier complet »"),
        (7, 12, "relisez la page"),
    ],
)
def test_a_date_that_the_others_contradict_is_refused(
    admitted: Candidature, sophie: User, rank: int, ago: int, sentence: str
) -> None:
    with pytest.raises(clockwork.Incoherent, match=sentence):
        clockwork.correct(admitted, rank, TODAY - timedelta(days=ago), motive="Erreur.", actor=sophie, edition=0)
    assert not admitted.clock_facts.filter(edition=1).exists()


def test_a_fact_goes_not_past_the_next_one(admitted: Candidature, sophie: User) -> None:
    moved_back(admitted, 5)
    asked = move(
        admitted,
        "request_complements",
        actor=sophie,
        payload={
            "items": [{"criterion": "SEC-GOV-01", "expected": "x"}],
            "deadline": (TODAY + timedelta(9)).isoformat(),
        },
    )
    clockwork.correct(asked, 4, TODAY - timedelta(days=9), motive="Envoyée ce jour-là.", actor=sophie, edition=0)
    with pytest.raises(clockwork.Incoherent, match="déjà la date"):
        clockwork.correct(asked, 4, TODAY - timedelta(days=9), motive="Encore.", actor=sophie, edition=1)
    with pytest.raises(clockwork.Incoherent, match="vient d'être rectifié"):
        clockwork.correct(asked, 4, TODAY, motive="Page périmée.", actor=sophie, edition=0)


def test_more_time_moves_the_deadline_of_the_reply_and_no_other(house: House, sophie: User) -> None:
    asked = house.asked()
    later = TODAY + timedelta(days=50)
    payload = {"deadline": later.isoformat(), "previous": "", "motive": "Prestataire indisponible."}
    extended = move(asked, "extend_deadline", actor=sophie, payload=payload)
    assert (extended.deadline, extended.suspended_on) == (later, TODAY)
    play.answer_all(extended, house.people["alice"], comment="Voici.")
    returned = filing.return_complements(extended, actor=house.people["alice"])
    assert returned.deadline == TODAY + timedelta(days=60)


def test_the_database_keeps_facts_as_they_are(house: House) -> None:
    submitted = house.submitted()
    row = submitted.clock_facts.get()
    for change in (lambda: ClockFact.objects.update(on=TODAY), row.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": TODAY + timedelta(days=1)},
        {"edition": 1},
        {"kind": ClockKind.SUSPENSION},
        {"until": TODAY},
        {"rank": 1},
        {"kind": "autre"},
    ],
)
def test_the_database_refuses_an_incoherent_fact(house: House, wrong: dict[str, object]) -> None:
    submitted = house.submitted()
    whole = {"candidature": submitted, "rank": 2, "kind": ClockKind.ADMISSION, "on": TODAY, "entered_on": TODAY}
    with pytest.raises(IntegrityError), transaction.atomic():
        ClockFact.objects.create(**{**whole, **wrong}, event=submitted.clock_facts.get().event)
