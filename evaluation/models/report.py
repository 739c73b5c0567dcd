"""The report while it is being written."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from evaluation.values import MOTIVE_MAX
from referencing.models import Candidature


class DraftReport(models.Model):
    """The report of a round while it is written. The act REPORT is what counts once it is handed in."""

    candidature = models.ForeignKey(Candidature, models.RESTRICT, related_name="draft_reports")
    round = models.PositiveSmallIntegerField("tour")
    synthesis = models.TextField("synthèse", blank=True, max_length=MOTIVE_MAX)
    recommendation = models.TextField("recommandation à la commission", blank=True, max_length=MOTIVE_MAX)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "projet de rapport"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("candidature", "round"), name="draft_report_once_per_round")
        ]

    def __str__(self) -> str:
        return f"rapport {self.candidature}, tour {self.round}"
