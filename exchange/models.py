"""Reports of technical tests: rows beside the stage, never stages. The acts they lead to are in the hall."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from kit.constraints import one_of
from questionnaires.models import EvidenceRevision
from referencing.models import Candidature


class Milestone(models.TextChoices):
    """The three milestones of the tests, in order (guide of référencement, end of 2024)."""

    UNIT = "unit", "Tests unitaires"
    END_TO_END = "end_to_end", "Tests de bout en bout"
    CONNECTION = "connection", "Raccordement"


class ReportState(models.TextChoices):
    DEPOSITED = "deposited", "Déposé"
    ACCEPTED = "accepted", "Accepté"
    REFUSED = "refused", "À reprendre"


class TestReport(models.Model):
    """One deposit for one milestone: a file in the vault, a summary, and what the support said of it.

    `apis` lists "mesures", "documents", "agenda": those the éditeur declared on the day of the deposit. Unit tests are
    not examined here: the experts judge them with the rest, so they stay « déposé ».
    """

    State = ReportState

    candidature = models.ForeignKey(Candidature, models.RESTRICT, related_name="test_reports")
    milestone = models.CharField("jalon", max_length=10, choices=Milestone)
    apis = models.JSONField("API éprouvées", default=list)
    summary = models.TextField("bilan", max_length=5000)
    revision = models.ForeignKey(EvidenceRevision, models.RESTRICT, related_name="test_reports")
    deposited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    deposited_at = models.DateTimeField("déposé le")
    state = models.CharField("état", max_length=10, choices=ReportState, default=ReportState.DEPOSITED)
    motive = models.TextField("motif", blank=True, max_length=5000)
    examined_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    examined_at = models.DateTimeField("examiné le", null=True)

    class Meta:
        verbose_name = "rapport de tests"
        ordering = ("-deposited_at", "-pk")
        indexes: ClassVar = [models.Index(fields=("candidature", "milestone"), name="test_report_by_milestone")]
        constraints: ClassVar = [
            one_of("milestone", Milestone, "test_report_milestone_known"),
            one_of("state", ReportState, "test_report_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(motive=""),
                name="test_report_refused_says_why",
                violation_error_message="Un rapport renvoyé à l'éditeur dit pourquoi.",
            ),
            models.CheckConstraint(
                condition=models.Q(state="deposited", examined_at__isnull=True, examined_by__isnull=True)
                | models.Q(~models.Q(state="deposited"), examined_at__isnull=False, examined_by__isnull=False),
                name="test_report_examination_whole",
                violation_error_message="Un rapport examiné porte un nom et une date.",
            ),
            models.UniqueConstraint(
                fields=("candidature", "milestone"),
                condition=models.Q(state="accepted"),
                name="test_report_accepted_once",
                violation_error_message="Ce jalon est déjà accepté.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_milestone_display()} ({self.candidature})"
