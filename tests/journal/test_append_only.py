"""The database itself refuses to change what happened."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.state import ProjectState

from journal.append_only import forbid_changes
from journal.chain import GENESIS, Mark
from journal.models import Event, Head
from journal.record import record
from tests.journal.tamper import locked_tables, tampering

Happen = Callable[..., Event]


def test_the_events_are_locked(db: None) -> None:
    assert "journal_event" in locked_tables()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_event SET kind = 'test.other'",
        "UPDATE journal_event SET seq = seq + 10 WHERE seq = 1",
        "DELETE FROM journal_event",
    ],
)
def test_the_database_refuses_a_change(happen: Happen, statement: str) -> None:
    event = happen()

    with pytest.raises(IntegrityError, match="journal_event : ajout seul"), transaction.atomic():
        connection.cursor().execute(statement)

    assert list(Event.objects.all()) == [event]


def test_the_orm_is_refused_too(happen: Happen) -> None:
    event = happen()

    with pytest.raises(IntegrityError, match="ajout seul"), transaction.atomic():
        event.save(update_fields=["kind"])
    with pytest.raises(IntegrityError, match="ajout seul"), transaction.atomic():
        event.delete()


@pytest.mark.postgres
def test_postgresql_refuses_truncate(happen: Happen) -> None:
    happen()
    connection.check_constraints()

    with pytest.raises(IntegrityError, match="journal_event : ajout seul"), transaction.atomic():
        connection.cursor().execute("TRUNCATE journal_event CASCADE")


def test_a_tamperer_who_owns_the_database_locks_it_again(happen: Happen) -> None:
    happen()

    with tampering():
        Event.objects.update(kind="test.other")

    assert locked_tables() != []
    with pytest.raises(IntegrityError, match="ajout seul"), transaction.atomic():
        Event.objects.update(kind="test.again")


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_is_like_a_new_one() -> None:
    before = locked_tables()
    with transaction.atomic():
        record("test.happened", "MES-2026-0001", actor=None, data={})

    call_command("flush", interactive=False, verbosity=0)

    head = Head.objects.get()
    assert (Mark(head.seq, head.hash), locked_tables()) == (Mark(0, GENESIS), before)


@pytest.mark.django_db(transaction=True)
def test_the_lock_can_be_undone_and_made_again() -> None:
    operation, state = forbid_changes("journal_event"), ProjectState()

    with connection.schema_editor() as editor:
        operation.database_backwards("journal", editor, state, state)
    assert "journal_event" not in locked_tables()

    with connection.schema_editor() as editor:
        operation.database_forwards("journal", editor, state, state)
    assert "journal_event" in locked_tables()
