"""The head of an empty chain, and the lock on the events."""

from django.db import migrations

from journal.append_only import forbid_changes
from journal.chain import GENESIS


def make_head(apps, schema_editor):
    apps.get_model("journal", "Head").objects.get_or_create(pk=1, defaults={"seq": 0, "hash": GENESIS})


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [
        migrations.RunPython(make_head, migrations.RunPython.noop),
        forbid_changes("journal_event"),
    ]
