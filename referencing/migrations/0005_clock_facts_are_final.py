"""The facts of the clocks are corrected by another row: the database refuses to change or delete them."""

from django.db import migrations

from journal.append_only import forbid_changes


class Migration(migrations.Migration):
    dependencies = [("referencing", "0004_clocks")]
    operations = [forbid_changes("referencing_clockfact")]
