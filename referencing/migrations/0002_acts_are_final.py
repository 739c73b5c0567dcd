"""Acts are facts: the database refuses to change or delete them."""

from django.db import migrations

from journal.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("referencing", "0001_initial")]
    operations = [forbid_changes("referencing_act")]
