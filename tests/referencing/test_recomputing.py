"""Every clock wound again from its facts, and the facts of before the clocks found in the journal."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from journal.models import Event
from questionnaires.models import Version
from referencing import tasks
from referencing.door import move
from referencing.models import Candidature, ClockFact
from referencing.recomputing import Tally, recompute
from tests import play
from tests.journal.tamper import tampering
from tests.referencing.post import House

TODAY = timezone.localdate()


def forget() -> list[Any]:
    """Bring the house back before the clocks: no fact at all. Return what they were."""
    told = [*ClockFact.objects.in_order().values_list("candidature", "rank", "kind", "on", "until", "event")]
    with tampering("referencing_clockfact"):
        ClockFact.objects.all()._raw_delete("default")
    return told


def test_nothing_changes_when_all_agrees(house: House) -> None:
    house.returned()
    before = Event.objects.count()
    assert recompute() == Tally(files=1, moved=0, facts=0)
    assert Event.objects.count() == before


@pytest.mark.parametrize("road", ["submitted", "incomplete", "returned", "asked", "published", "opined"])
def test_facts_are_found_again_in_the_journal(house: House, road: str) -> None:
    candidature = getattr(house, road)()
    told, kept = forget(), Candidature.objects.values("deadline", "suspended_on").get()
    Candidature.objects.update(suspended_on=None)
    recompute()
    found = ClockFact.objects.in_order().values_list("candidature", "rank", "kind", "on", "until", "event")
    assert list(found) == told
    assert Candidature.objects.values("deadline", "suspended_on").get() == kept
    assert recompute() == Tally(files=1)
    assert candidature.pk == told[0][0]


def test_a_change_of_delay_reaches_every_file_and_is_recorded(house: House, settings) -> None:
    assigned = house.assigned()
    settings.PROCEDURE = settings.PROCEDURE | {"evaluation_days": 45, "evaluation_unit": "jours"}
    tasks.wind_clocks()
    assigned.refresh_from_db()
    assert assigned.deadline == TODAY + timedelta(days=45)
    assert Event.objects.get(kind="clocks.wound").data == {"files": 1, "moved": 1, "facts": 0}


def test_more_time_survives_a_recomputation(house: House, sophie: User) -> None:
    later = TODAY + timedelta(days=50)
    payload = {"deadline": later.isoformat(), "previous": "", "motive": "Prestataire indisponible."}
    asked = move(house.asked(), "extend_deadline", actor=sophie, payload=payload)
    assert recompute().moved == 0
    asked.refresh_from_db()
    assert asked.deadline == later


def test_the_command_says_what_it_did(house: House) -> None:
    house.submitted()
    Candidature.objects.update(deadline=None)
    out = StringIO()
    call_command("recompute_clocks", stdout=out)
    assert out.getvalue().replace("\u00a0", " ") == (
        "1 candidature relue : 1 échéance changée, 0 fait retrouvé dans le journal.\n"
    )


@pytest.mark.parametrize("number", [2, 5])
def test_a_batch_costs_the_same_whatever_it_holds(alice: User, simple_version: Version, number: int) -> None:
    for rank in range(number):
        play.submitted(alice, simple_version, name=f"Service {rank}")
    forget()
    Candidature.objects.update(deadline=None)
    with CaptureQueriesContext(connection) as captured:
        recompute(batch=10)
    asked = [query["sql"] for query in captured if query["sql"].startswith(("SELECT", "INSERT", "UPDATE"))]
    assert len(asked) == 9  # five for the batch, one that finds no other, three for the journal
