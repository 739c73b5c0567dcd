"""Which criteria two experts judge, what each weighs, and the scale of a version; the guards are put back after."""

from django.db import migrations, models

from journal.append_only import forbid_changes, forbid_changes_but, lifted

GUARDS = (forbid_changes_but("questionnaires_version", "is_open"), forbid_changes("questionnaires_criterion"))


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0003_published_versions_are_final"),
    ]

    operations = [
        *(lifted(guard) for guard in GUARDS),
        migrations.AddField(
            model_name="criterion",
            name="double_evaluation",
            field=models.BooleanField(
                default=False,
                help_text="Deux experts le jugent, sans se lire avant d'avoir jugé.",
                verbose_name="double évaluation",
            ),
        ),
        migrations.AddField(
            model_name="criterion",
            name="weight",
            field=models.PositiveSmallIntegerField(
                default=1,
                help_text="Ce qu'il pèse dans la note d'aide à la décision ; 0 : il n'y compte pas.",
                verbose_name="poids",
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="scale",
            field=models.JSONField(
                default=dict,
                help_text="Ce que vaut chaque verdict et les seuils, comme les écrit questionnaires.scales.Scale.",
                verbose_name="barème",
            ),
        ),
        *GUARDS,
    ]
