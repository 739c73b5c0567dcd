from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0001_initial")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="user",
            name="answers_by",
            field=models.CharField(
                choices=[("criterion", "Un critère par page"), ("section", "Une section par page")],
                default="criterion",
                max_length=10,
                verbose_name="présentation des critères",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("answers_by__in", ["criterion", "section"])),
                name="user_answers_by_known",
                violation_error_message="Cette valeur n'est pas l'une de celles prévues.",
            ),
        ),
    ]
