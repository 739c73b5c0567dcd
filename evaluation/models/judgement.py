"""What an expert finds on a criterion, whether it settles it (Verdict) or is one opinion of two (Appraisal)."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from evaluation.values import MOTIVE_MAX, SPEAKS_FOR_ITSELF, Value
from kit.constraints import one_of
from questionnaires.models import Criterion
from referencing.models import Candidature


class Judgement(models.Model):
    """A value and its motive on one criterion in one round, pinned to what was on file.

    `pins` lists the sha-256 of the proofs judged, sorted; `answer_edition` is that of the answer (0 without answer).
    `edition` grows with each change, from one round to the next: a stale save is refused.
    """

    Value = Value

    candidature = models.ForeignKey(Candidature, models.RESTRICT, related_name="%(class)ss")
    criterion = models.ForeignKey(Criterion, models.RESTRICT, related_name="%(class)ss")
    round = models.PositiveSmallIntegerField("tour")
    value = models.CharField("verdict", max_length=20, choices=Value)
    motive = models.TextField("motif", blank=True, max_length=MOTIVE_MAX)
    expected = models.TextField("complément attendu", blank=True, max_length=MOTIVE_MAX)
    private_note = models.TextField("note interne", blank=True, max_length=MOTIVE_MAX)
    pins = models.JSONField("empreintes des preuves jugées", default=list)
    answer_edition = models.PositiveIntegerField(default=0)
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="%(class)ss")
    judged_at = models.DateTimeField("jugé le")
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
        ordering = ("criterion", "round")
        constraints: ClassVar = [
            one_of("value", Value, "%(class)s_value_known"),
            models.CheckConstraint(
                condition=models.Q(value__in=sorted(SPEAKS_FOR_ITSELF)) | ~models.Q(motive=""),
                name="%(class)s_has_motive",
                violation_error_message="Un verdict autre que « Conforme » ou « Sans objet » doit être motivé.",
            ),
            models.CheckConstraint(
                condition=~models.Q(value=Value.COMPLEMENT_NEEDED) | ~models.Q(expected=""),
                name="%(class)s_complement_says_what",
                violation_error_message="Une demande de complément dit ce qu'il doit apporter.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} : {self.get_value_display()}"
