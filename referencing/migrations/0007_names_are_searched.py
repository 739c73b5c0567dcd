"""On PostgreSQL, an index of trigrams for each name that the desk searches in the middle of.

`pg_trgm` is a trusted extension: the owner of the database may create it. Where it cannot be had, the search still
works and reads whole tables.
"""

import logging
from typing import Any

from django.db import DatabaseError, migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

INDEXES = {
    "candidature_reference_trgm": ("referencing_candidature", "reference"),
    "service_name_trgm": ("referencing_service", "name"),
    "organisation_name_trgm": ("accounts_organisation", "name"),
}

logger = logging.getLogger(__name__)


def index(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Index names in upper case: what `icontains` compares."""
    if schema_editor.connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError as error:
        logger.warning("pg_trgm n'est pas disponible, la recherche de noms se fera sans index : %s", error)
        return
    for name, (table, column) in INDEXES.items():
        schema_editor.execute(f"CREATE INDEX {name} ON {table} USING gin (upper({column}) gin_trgm_ops)")


def forget(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name in INDEXES:
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("referencing", "0006_follow"),
    ]
    operations = [migrations.RunPython(index, forget)]
