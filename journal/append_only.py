"""Tables that only grow: the database itself refuses UPDATE, DELETE and TRUNCATE, whoever asks.

Some tables keep one column that may change, as a published version that closes: `forbid_changes_but` leaves it open.

These operations go in the migration that follows the creation of the table, and again in any later migration that
alters it: SQLite rebuilds an altered table without its triggers.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% : ajout seul', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION append_only()
"""
SQLITE_TRIGGER = """
CREATE TRIGGER {table}_append_only_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} : ajout seul'); END
"""
POSTGRESQL_SEALS = (
    """
CREATE TRIGGER {table}_sealed_update BEFORE UPDATE OF {columns} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION append_only()
""",
    """
CREATE TRIGGER {table}_sealed_delete BEFORE DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION append_only()
""",
)
SQLITE_SEALS = (
    """
CREATE TRIGGER {table}_sealed_update BEFORE UPDATE OF {columns} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} : ajout seul'); END
""",
    """
CREATE TRIGGER {table}_sealed_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} : ajout seul'); END
""",
)


def forbid_changes(table: str) -> migrations.RunPython:
    """Return the migration operation that makes a table append-only; IntegrityError is what a change gets."""
    return migrations.RunPython(_operation(protecting, table), _operation(releasing, table))


def forbid_changes_but(table: str, *columns: str) -> migrations.RunPython:
    """Return the operation that makes a table append-only, save for the columns named, which may be rewritten."""

    def seal(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for statement in _sealing(schema_editor, table, columns):
            schema_editor.execute(statement, params=None)

    def unseal(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        where = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {table}_sealed_{verb}{where}", params=None)

    return migrations.RunPython(seal, unseal)


def lifted(guard: migrations.RunPython) -> migrations.RunPython:
    """Return the operation that undoes a guard: put before what alters its table, which is then forbidden again."""
    return migrations.RunPython(guard.reverse_code or migrations.RunPython.noop, guard.code)


def _sealing(schema_editor: BaseDatabaseSchemaEditor, table: str, open_columns: Sequence[str]) -> list[str]:
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    closed = ", ".join(f'"{column.name}"' for column in described if column.name not in open_columns)
    if connection.vendor == "postgresql":
        return [POSTGRESQL_FUNCTION, *(seal.format(table=table, columns=closed) for seal in POSTGRESQL_SEALS)]
    return [seal.format(table=table, columns=closed) for seal in SQLITE_SEALS]


def protecting(vendor: str, table: str) -> list[str]:
    """Return the SQL statements that forbid changes to a table."""
    if vendor == "postgresql":
        return [POSTGRESQL_FUNCTION, POSTGRESQL_TRIGGER.format(table=table)]
    return [SQLITE_TRIGGER.format(table=table, verb=verb) for verb in ("update", "delete")]


def releasing(vendor: str, table: str) -> list[str]:
    """Return the SQL statements that allow changes again: for a migration undone, and for tests that tamper."""
    if vendor == "postgresql":
        return [f"DROP TRIGGER {table}_append_only ON {table}"]
    return [f"DROP TRIGGER {table}_append_only_{verb}" for verb in ("update", "delete")]


def _operation(
    statements: Callable[[str, str], list[str]], table: str
) -> Callable[[Any, BaseDatabaseSchemaEditor], None]:
    def run(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for statement in statements(schema_editor.connection.vendor, table):
            schema_editor.execute(statement, params=None)

    return run
