"""What only a test may do to an append-only table: undo the lock of the database, then put it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from journal.append_only import protecting, releasing
from journal.chain import GENESIS

LOCKED_TABLES = {
    "postgresql": "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%\\_append\\_only'",
    "sqlite": "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%\\_append\\_only\\_%' ESCAPE '\\'",
}
# Triggers that leave a column open: their own text is the only thing that knows which.
SEALS = {
    "postgresql": "SELECT 'DROP TRIGGER ' || tgname || ' ON ' || tgrelid::regclass::text, pg_get_triggerdef(oid)"
    " FROM pg_trigger WHERE tgname LIKE '%\\_sealed\\_%' ORDER BY tgname",
    "sqlite": "SELECT 'DROP TRIGGER ' || name, sql FROM sqlite_master"
    " WHERE type = 'trigger' AND name LIKE '%\\_sealed\\_%' ESCAPE '\\' ORDER BY name",
}


@contextmanager
def tampering(table: str = "journal_event") -> Iterator[None]:
    """Let the rows of an append-only table be changed, as someone who owns the database could."""
    connection.check_constraints()  # PostgreSQL alters no table that has foreign keys still to check
    _run(releasing(connection.vendor, table))
    yield
    connection.check_constraints()
    _run(protecting(connection.vendor, table))


def locked_tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(LOCKED_TABLES[connection.vendor])
        return sorted(table for (table,) in cursor.fetchall())


def seals() -> list[tuple[str, str]]:
    """Return the statements that undo each seal, and those that put it back."""
    with connection.cursor() as cursor:
        cursor.execute(SEALS[connection.vendor])
        return list(cursor.fetchall())


def let_tests_flush() -> None:
    """Make Django's flush, which ends each transactional test, leave the journal as a new database has it.

    For every connection: beside the event loop of a browser, Django opens another one for the same thread.
    """
    operations = type(connection.ops)
    flush = operations.sql_flush

    def sql_flush(self: Any, style: Any, tables: list[str], **options: Any) -> list[str]:
        locked, sealed = locked_tables(), seals()
        statements = [statement for table in locked for statement in releasing(connection.vendor, table)]
        statements += [undo for undo, _ in sealed]
        statements += flush(self, style, tables, **options)
        statements += [put_back for _, put_back in sealed]
        statements += [statement for table in locked for statement in protecting(connection.vendor, table)]
        if "journal_head" in tables:
            statements.append(f"INSERT INTO journal_head (id, seq, hash) VALUES (1, 0, '{GENESIS}')")  # noqa: S608
        return statements

    operations.sql_flush = sql_flush  # type: ignore[method-assign, assignment]


def _run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
