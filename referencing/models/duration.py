"""What each step of the procedure took for past files: a small table that the clock fills."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class StepDuration(models.Model):
    """Median and ninth decile of one step, in days, over `files` past files; both unknown while they are too few."""

    step = models.CharField("étape", max_length=15, unique=True)
    files = models.PositiveIntegerField("dossiers comptés")
    median = models.PositiveSmallIntegerField("médiane", null=True)
    ninth = models.PositiveSmallIntegerField("neuvième décile", null=True)
    counted_on = models.DateField("compté le")

    class Meta:
        verbose_name = "durée constatée"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(median=None, ninth=None) | Q(median__isnull=False, ninth__gte=F("median")),
                name="step_duration_is_whole",
                violation_error_message="La médiane et le neuvième décile vont ensemble, dans cet ordre.",
            )
        ]

    def __str__(self) -> str:
        return self.step
