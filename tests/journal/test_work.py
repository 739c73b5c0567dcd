"""The background process of the embedded default."""

import signal
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from celery import shared_task
from django.core.management import call_command
from django.db import OperationalError
from pytest_django import Settings

from journal import outbox
from journal.management.commands import work
from journal.models import Event

Happen = Callable[..., Event]
React = Callable[..., list[tuple[str, int]]]


@pytest.fixture(autouse=True)
def no_schedule(settings: Settings) -> None:
    settings.CELERY_BEAT_SCHEDULE = {}


RAN: list[str] = []


@shared_task(name="test.tick")
def tick(text: str) -> None:
    RAN.append(text)


@shared_task(name="test.fail")
def fail() -> None:
    raise ZeroDivisionError


@pytest.fixture
def ticks(settings: Settings) -> Iterator[list[str]]:
    """A periodic task every hour, one that fails, one that does not exist, and the bell."""
    settings.CELERY_BEAT_SCHEDULE = {
        "missing": {"task": "test.missing", "schedule": 3600.0},
        "fail": {"task": "test.fail", "schedule": 3600.0},
        "tick": {"task": "test.tick", "schedule": 3600.0, "args": ("tick",)},
        "bell": {"task": outbox.BELL, "schedule": 15.0},
    }
    yield RAN
    RAN.clear()


def test_once_does_what_is_owed_and_leaves(happen: Happen, react: React) -> None:
    calls = react("first", "second")
    happen()

    call_command("work", "--once", stdout=StringIO())

    assert calls == [("first", 1), ("second", 1)]


def test_once_runs_the_periodic_tasks_whatever_some_do(
    db: None, ticks: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    call_command("work", "--once", stdout=StringIO())

    assert ticks == ["tick"]
    unknown, failed = caplog.records
    assert unknown.getMessage() == "tâche périodique inconnue : test.missing"
    assert failed.getMessage().startswith("Task test.fail[")


def test_a_periodic_task_waits_for_its_time(ticks: list[str]) -> None:
    clock = work.Clock()

    clock.tick()
    clock.tick()

    assert ticks == ["tick"]


def test_a_signal_ends_the_work(
    transactional_db: None, happen: Happen, react: React, monkeypatch: pytest.MonkeyPatch
) -> None:
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    calls = react("first", "second")

    def stop_in_the_middle(seq: int) -> None:
        calls.append(("second", seq))
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr("tests.journal.reactions.second", stop_in_the_middle)
    happen()
    happen("test.nothing_follows")
    out = StringIO()

    try:
        call_command("work", stdout=out)
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)

    assert calls == [("first", 1), ("second", 1)]
    assert out.getvalue() == "Travail de fond : en marche.\nTravail de fond : arrêté.\n"


def test_the_work_survives_a_database_that_goes_away(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def gone(**options: object) -> int:
        raise OperationalError("la base ne répond pas")

    monkeypatch.setattr(outbox, "drain", gone)

    assert work._round(work.Clock()) == 0
    assert [entry.getMessage() for entry in caplog.records] == ["le travail de fond continue après une erreur"]
