"""Two agents who correct the same date at once, and a recomputation beside the door."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from referencing import clockwork, filing
from referencing.models import Candidature
from referencing.recomputing import recompute
from tests.referencing.post import House
from tests.referencing.test_clockwork import moved_back

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TODAY = timezone.localdate()


def at_once(*actions: Callable[[], object]) -> None:
    start = threading.Barrier(len(actions))

    def run(action: Callable[[], object]) -> None:
        try:
            start.wait()
            action()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_of_two_corrections_at_once_one_is_told_to_read_again(house: House) -> None:
    submitted = house.submitted()
    moved_back(submitted, 10)
    told: list[str] = []

    def correct(ago: int) -> None:
        try:
            on = TODAY - timedelta(days=ago)
            clockwork.correct(submitted, 1, on, motive="Erreur.", actor=house.people["sophie"], edition=0)
            told.append("fait")
        except clockwork.Incoherent as fault:
            told.append(str(fault)[:28])

    at_once(lambda: correct(12), lambda: correct(14))
    assert sorted(told) == ["Ce fait vient d'être rectifi", "fait"]
    kept = Candidature.objects.get(pk=submitted.pk)
    (fact,) = clockwork.facts_of(kept)
    assert kept.deadline == fact.on + timedelta(days=15)


def test_a_recomputation_beside_the_door_leaves_one_truth(house: House) -> None:
    submitted = house.submitted()
    at_once(recompute, lambda: filing.admit(submitted, actor=house.people["sophie"]), recompute)
    kept = Candidature.objects.get(pk=submitted.pk)
    assert (kept.stage, kept.deadline) == ("in_evaluation", TODAY + timedelta(days=60))
    assert recompute().moved == 0
