from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def known_since_the_last_edition(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Which edition changed the words of an old answer is not known: the last one is the safe guess."""
    apps.get_model("questionnaires", "Answer").objects.update(said_edition=models.F("edition"))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("questionnaires", "0001_initial")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="answer",
            name="operation",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="answer",
            name="said_edition",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(known_since_the_last_edition, migrations.RunPython.noop),
    ]
