"""A published version is a fact: the database refuses to change it, save for whether it takes new candidatures.

To be repeated in any later migration that alters one of these tables: SQLite rebuilds them without their triggers.
"""

from django.db import migrations

from journal.append_only import forbid_changes, forbid_changes_but

TABLES = ("variable", "questionnaire", "section", "criterion", "expectedproof", "sourcetext")


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0002_editors_desk"), ("journal", "0002_head_and_guard")]
    operations = [
        forbid_changes_but("questionnaires_version", "is_open"),
        *(forbid_changes(f"questionnaires_{table}") for table in TABLES),
    ]
