"""What follows an event: at least once, in order, tried again, given up aloud; two workers never on one delivery."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from journal import outbox, tasks
from journal.models import Delivery, Event
from journal.record import record
from tests.journal.clock import let_pass

Happen = Callable[..., Event]
Calls = list[tuple[str, int]]
React = Callable[..., Calls]


def states() -> list[str]:
    return list(Delivery.objects.values_list("state", flat=True))


def test_the_reactions_run_once_in_the_declared_order(happen: Happen, react: React) -> None:
    calls = react("second", "first")
    happen()
    happen()

    assert (outbox.drain(), outbox.drain()) == (4, 0)
    assert calls == [("second", 1), ("first", 1), ("second", 2), ("first", 2)]
    assert states() == ["done"] * 4
    assert not Delivery.objects.filter(done_at=None).exists()


def test_only_so_many_are_taken_at_once(happen: Happen, react: React) -> None:
    calls = react("first", "second")
    happen()

    assert outbox.drain(limit=1) == 1
    assert calls == [("first", 1)]


def test_no_time_means_nothing_new(happen: Happen, react: React) -> None:
    calls = react("first")
    happen()

    assert outbox.drain(seconds=0) == 0
    assert calls == []


def test_a_failure_is_kept_and_tried_again_later_and_later(happen: Happen, react: React) -> None:
    calls = react("broken")
    happen()

    waits = []
    for _ in range(5):
        before = timezone.now()
        assert outbox.drain() == 1
        assert outbox.drain() == 0
        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.leased_until) == ("pending", None)
        assert delivery.last_error == "ValueError : le papier manque"
        waits.append((delivery.next_try_at - before) // timedelta(seconds=1))
        let_pass(hours=1)

    assert waits == [15, 60, 300, 1800, 1800]
    assert calls == [("broken", 1)] * 5


def test_after_six_attempts_it_is_given_up_and_said(
    happen: Happen, react: React, caplog: pytest.LogCaptureFixture
) -> None:
    calls = react("broken")
    happen()
    for _ in range(6):
        outbox.drain()
        let_pass(hours=1)

    assert outbox.drain() == 0
    assert states() == ["failed"]
    assert len(calls) == 6
    assert [entry.getMessage() for entry in caplog.records if entry.levelno == logging.ERROR] == [
        "suite abandonnée : tests.journal.reactions.broken de l'événement 1"
    ]


def test_a_reaction_that_does_not_exist_is_a_failure_too(happen: Happen, react: React) -> None:
    react("unknown")
    happen()

    outbox.drain()

    assert Delivery.objects.get().last_error.startswith("ImportError : ")


def test_a_failure_does_not_hold_the_others(happen: Happen, react: React) -> None:
    calls = react("broken", "first")
    happen()

    assert outbox.drain() == 2
    assert calls == [("broken", 1), ("first", 1)]
    assert states() == ["pending", "done"]


def test_a_worker_that_died_is_replaced_after_its_lease(happen: Happen, react: React) -> None:
    calls = react("killed", "first")
    happen()
    happen("test.nothing_follows")

    with pytest.raises(SystemExit):
        outbox.drain()

    assert states() == ["running", "pending"]
    assert outbox.drain() == 0  # what comes after waits for what is perhaps still running
    let_pass(seconds=301)
    with pytest.raises(SystemExit):
        outbox.drain()
    assert calls == [("killed", 1), ("killed", 1)]


def test_an_effect_that_kills_every_worker_is_given_up(
    happen: Happen, react: React, caplog: pytest.LogCaptureFixture
) -> None:
    calls = react("killed", "first")
    happen()
    for _ in range(6):
        with pytest.raises(SystemExit):
            outbox.drain()
        let_pass(seconds=301)

    assert outbox.drain() == 1
    assert calls == [("killed", 1)] * 6 + [("first", 1)]
    assert states() == ["failed", "done"]
    assert [entry.getMessage() for entry in caplog.records] == [
        "suite abandonnée : tests.journal.reactions.killed de l'événement 1"
    ]


def test_a_worker_back_from_the_dead_does_not_close_the_attempt_of_another(happen: Happen, react: React) -> None:
    react("first")
    happen()
    late = outbox._claim()
    let_pass(seconds=301)
    current = outbox._claim()
    assert late is not None
    assert current is not None

    outbox._postpone(late, ValueError("trop tard"))
    assert states() == ["running"]
    outbox._perform(current)
    assert states() == ["done"]


def test_a_reaction_runs_outside_any_transaction(
    transactional_db: None, happen: Happen, react: React, monkeypatch: pytest.MonkeyPatch
) -> None:
    react("first")
    seen = []
    monkeypatch.setattr("tests.journal.reactions.first", lambda seq: seen.append(connection.in_atomic_block))
    happen()

    outbox.drain()

    assert seen == [False]


def test_a_worker_empties_the_outbox(happen: Happen, react: React) -> None:
    calls = react("first")
    happen()

    tasks.drain()

    assert calls == [("first", 1)]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_workers_share_the_work_without_doing_it_twice(react: React) -> None:
    calls = react("first", "second")
    for _ in range(20):
        with transaction.atomic():
            record("test.happened", "MES-2026-0001", actor=None, data={})

    def work(rank: int) -> int:
        try:
            return outbox.drain()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        tried = sum(pool.map(work, range(8))) + outbox.drain()

    assert tried == 40
    assert sorted(calls) == sorted((name, seq) for name in ("first", "second") for seq in range(1, 21))
    for seq in range(1, 21):
        assert [name for name, number in calls if number == seq] == ["first", "second"]
