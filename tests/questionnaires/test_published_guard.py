"""A published version never changes: the database says so itself, to whoever goes round the models."""

import pytest
from django.db import IntegrityError, connection, transaction

from questionnaires.models import Version

pytestmark = pytest.mark.django_db

TABLES = ("version", "variable", "questionnaire", "section", "criterion", "expectedproof", "sourcetext")


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE questionnaires_{} SET id = id", "DELETE FROM questionnaires_{}"])
def test_the_database_refuses_to_rewrite_or_forget(full_version: Version, table: str, statement: str):
    with pytest.raises(IntegrityError, match="ajout seul"):
        run(statement.format(table))


@pytest.mark.parametrize("column", ["title", "code", "content_sha256", "lineage", "rules", "source", "effective_on"])
def test_no_column_of_a_version_is_left_open_but_one(full_version: Version, column: str):
    with pytest.raises(IntegrityError, match="ajout seul"):
        run(f"UPDATE questionnaires_version SET {column} = {column}, is_open = is_open")  # noqa: S608


def test_a_version_still_closes_and_opens_again(full_version: Version):
    for is_open in (False, True):
        full_version.is_open = is_open
        full_version.save(update_fields=["is_open"])
        assert Version.objects.get(pk=full_version.pk).is_open is is_open


@pytest.mark.postgres
def test_the_tables_are_not_emptied_either(full_version: Version):
    connection.check_constraints()  # the version of this test is not committed yet
    with pytest.raises(IntegrityError, match="ajout seul"):
        run("TRUNCATE questionnaires_version CASCADE")
