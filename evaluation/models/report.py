"""The report while it is being written, and what it said at each save that matters."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from evaluation.values import MOTIVE_MAX
from kit.constraints import one_of
from referencing.models import Candidature


class DraftReport(models.Model):
    """The report of a round while it is written. The act REPORT is what counts once it is handed in.

    `operation` is the name of the request that wrote it last, when a page saved by itself.
    """

    candidature = models.ForeignKey(Candidature, models.RESTRICT, related_name="draft_reports")
    round = models.PositiveSmallIntegerField("tour")
    synthesis = models.TextField("synthèse", blank=True, max_length=MOTIVE_MAX)
    recommendation = models.TextField("recommandation à la commission", blank=True, max_length=MOTIVE_MAX)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)
    edition = models.PositiveIntegerField(default=1)
    operation = models.UUIDField("dernier envoi", null=True, editable=False)

    class Meta:
        verbose_name = "projet de rapport"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("candidature", "round"), name="draft_report_once_per_round")
        ]

    def __str__(self) -> str:
        return f"rapport {self.candidature}, tour {self.round}"


class Origin(models.TextChoices):
    """Why a version of the report was kept."""

    SAVED = "saved", "Enregistrement"
    HANDED_OVER = "handed_over", "Texte repris par une autre personne"
    SKELETON = "skeleton", "Trame proposée"
    RESTORED = "restored", "Retour à une version"
    FILED = "filed", "Remise du rapport"


class ReportVersion(models.Model):
    """What the report said when somebody saved it, changed hands, took up another version, or handed it in.

    Written once, never changed: going back makes a new version, whose `source` is the number of the one taken up.
    """

    Origin = Origin

    candidature = models.ForeignKey(Candidature, models.RESTRICT, related_name="report_versions")
    round = models.PositiveSmallIntegerField("tour")
    number = models.PositiveIntegerField("numéro")
    synthesis = models.TextField("synthèse", blank=True, max_length=MOTIVE_MAX)
    recommendation = models.TextField("recommandation à la commission", blank=True, max_length=MOTIVE_MAX)
    origin = models.CharField("origine", max_length=12, choices=Origin)
    source = models.PositiveIntegerField("version reprise", null=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    written_at = models.DateTimeField("écrite le")

    class Meta:
        verbose_name = "version du rapport"
        ordering = ("-number",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("candidature", "number"),
                name="report_version_numbered_once",
                violation_error_message="Cette version du rapport existe déjà.",
            ),
            one_of("origin", Origin, "report_version_origin_known"),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"
