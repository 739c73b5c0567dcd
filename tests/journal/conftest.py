"""What the tests of the journal share: events to record, reactions that answer."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from accounts.models import User
from journal.models import Event
from journal.record import record
from tests.journal import reactions


@pytest.fixture
def author(db: None) -> User:
    return User.objects.create_user("autrice@exemple.fr", full_name="Anne Autrice")


@pytest.fixture
def happen(db: None) -> Callable[..., Event]:
    """Return a function that records one event in a transaction of its own."""

    def record_one(kind: str = "test.happened", subject: str = "MES-2026-0001", **data: Any) -> Event:
        with transaction.atomic():
            return record(kind, subject, actor=data.pop("actor", None), data=data)

    return record_one


@pytest.fixture
def react(settings: Settings) -> Iterator[Callable[..., list[tuple[str, int]]]]:
    """Return a function that names the reactions of « test.happened », and returns the list of their calls."""
    reactions.calls.clear()

    def to(*names: str) -> list[tuple[str, int]]:
        settings.REACTIONS = {"test.happened": tuple(f"tests.journal.reactions.{name}" for name in names)}
        return reactions.calls

    yield to
    reactions.calls.clear()
