"""What an expert is typing of a verdict, before they record it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from evaluation.values import MOTIVE_MAX, Value
from questionnaires.models import Criterion
from referencing.models import Candidature


class DraftVerdict(models.Model):
    """The verdict being typed, read by its author alone. It counts for nothing: no list, report nor export reads it.

    `edition` and `seen` are those of the page it was typed on: recording it says what moved since.
    """

    candidature = models.ForeignKey(Candidature, models.RESTRICT, related_name="draft_verdicts")
    criterion = models.ForeignKey(Criterion, models.RESTRICT, related_name="draft_verdicts")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="draft_verdicts")
    value = models.CharField("verdict", max_length=20, choices=Value, blank=True)
    motive = models.TextField("motif", blank=True, max_length=MOTIVE_MAX)
    expected = models.TextField("complément attendu", blank=True, max_length=MOTIVE_MAX)
    private_note = models.TextField("note interne", blank=True, max_length=MOTIVE_MAX)
    edition = models.PositiveIntegerField(default=0)
    seen = models.CharField("ce qui était affiché", max_length=64, blank=True)
    updated_at = models.DateTimeField("gardé le", auto_now=True)

    class Meta:
        verbose_name = "brouillon de verdict"
        verbose_name_plural = "brouillons de verdict"
        ordering = ("-updated_at",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("candidature", "criterion", "expert"),
                name="draft_verdict_once",
                violation_error_message="Vous avez déjà un brouillon sur ce critère.",
            ),
            models.CheckConstraint(
                condition=models.Q(value="") | models.Q(value__in=Value.values),
                name="draft_verdict_value_known",
                violation_error_message="Choisissez un verdict.",
            ),
        ]

    def __str__(self) -> str:
        return f"brouillon de {self.expert} sur {self.criterion}"
