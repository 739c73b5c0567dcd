"""One event: chained, owed, announced after commit, or nothing at all."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from journal import outbox
from journal.chain import GENESIS, Mark, Row
from journal.models import Delivery, Event, Head
from journal.record import record
from journal.verification import verify
from tests.journal.chains import json_data

Happen = Callable[..., Event]


def rows() -> list[Row]:
    return [Row(*columns) for columns in Event.objects.order_by("seq").values_list(*Row._fields)]


def head() -> Mark:
    return Mark(*Head.objects.values_list("seq", "hash").get())


def test_a_new_journal_is_empty(db: None) -> None:
    assert (rows(), head()) == ([], Mark(0, GENESIS))


def test_an_event_keeps_what_happened(happen: Happen, author: User) -> None:
    event = happen("candidature.submit", "MES-2026-0007", actor=author, round=1, from_="draft")

    kept = Event.objects.get()
    assert (kept.seq, kept.kind, kept.subject, kept.actor, kept.data) == (
        1,
        "candidature.submit",
        "MES-2026-0007",
        author,
        {"round": 1, "from_": "draft"},
    )
    assert (kept.at, kept.previous_hash, kept.hash) == (event.at, GENESIS, event.hash)
    assert head() == Mark(1, event.hash)


def test_events_are_chained(happen: Happen, author: User) -> None:
    events = [happen(rank=rank, ratio=rank / 3, huge=1e23, text="« é »\t\u2028", actor=author) for rank in range(5)]

    assert [row.previous_hash for row in rows()] == [GENESIS, *(event.hash for event in events[:-1])]
    assert verify(rows(), head()) == []


@hypothesis_settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(json_data())
def test_the_database_gives_back_what_was_hashed(happen: Happen, data: dict[str, Any]) -> None:
    happen(**{f"« {key} »": value for key, value in data.items()})

    assert verify(rows(), head()) == []


def test_an_event_outside_a_transaction_is_refused(transactional_db: None) -> None:
    with pytest.raises(transaction.TransactionManagementError, match="dans la transaction"):
        record("test.happened", "MES-2026-0001", actor=None, data={})

    assert rows() == []


def test_an_undone_transaction_leaves_no_trace(happen: Happen, react: Callable[..., object]) -> None:
    react("first")
    before = happen()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("test.happened", "MES-2026-0001", actor=None, data={})
        raise ZeroDivisionError

    assert head() == Mark(1, before.hash)
    assert Delivery.objects.count() == 1


def test_each_reaction_is_owed_once_in_the_declared_order(happen: Happen, react: Callable[..., object]) -> None:
    react("second", "first")

    event = happen()
    happen("test.nothing_follows")

    assert list(Delivery.objects.values_list("event", "reaction", "state", "next_try_at")) == [
        (event.seq, "tests.journal.reactions.second", "pending", event.at),
        (event.seq, "tests.journal.reactions.first", "pending", event.at),
    ]


def test_the_bell_rings_after_commit(
    happen: Happen, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        happen()

    assert callbacks == [outbox.ring]


def test_recording_costs_the_same_whatever_the_length(
    happen: Happen, django_assert_num_queries: Callable[..., object]
) -> None:
    for _ in range(3):
        with transaction.atomic(), django_assert_num_queries(3):  # type: ignore[attr-defined]
            record("test.happened", "MES-2026-0001", actor=None, data={})


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_twenty_writers_at_once_make_one_chain() -> None:
    def write(rank: int) -> None:
        try:
            for _ in range(5):
                with transaction.atomic():
                    record("test.happened", f"MES-2026-{rank:04}", actor=None, data={"rank": rank})
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(write, range(20)))

    assert head().seq == 100
    assert verify(rows(), head()) == []
