"""Double evaluation: the opinion of each of two experts, what they say to each other, and what support waives."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from evaluation.models.judgement import Judgement
from evaluation.values import MOTIVE_MAX
from questionnaires.models import Criterion
from referencing.models import Candidature


class Appraisal(Judgement):
    """The opinion of one expert on a criterion that two judge. Nobody else reads it before both have given theirs.

    That rule is kept by `evaluation.double`, which alone reads these rows.
    """

    class Meta(Judgement.Meta):
        verbose_name = "appréciation"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("candidature", "criterion", "round", "expert"),
                name="appraisal_once_per_expert",
                violation_error_message="Cet expert a déjà rendu son appréciation dans ce tour.",
            ),
            *Judgement.Meta.constraints,
        ]


class DivergenceNote(models.Model):
    """A word of those who evaluate, on a criterion whose two appraisals are known. Never read by the éditeur."""

    candidature = models.ForeignKey(Candidature, models.RESTRICT, related_name="divergence_notes")
    criterion = models.ForeignKey(Criterion, models.RESTRICT, related_name="+")
    round = models.PositiveSmallIntegerField("tour")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    text = models.TextField("note", max_length=MOTIVE_MAX)
    written_at = models.DateTimeField("écrite le", auto_now_add=True)

    class Meta:
        verbose_name = "note de divergence"
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(text=""),
                name="divergence_note_says_something",
                violation_error_message="Une note dit quelque chose.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion}, par {self.author}"


class SecondWaiver(models.Model):
    """Support gives up the second opinion on one criterion of a candidature, and says why: one expert is enough."""

    candidature = models.ForeignKey(Candidature, models.RESTRICT, related_name="second_waivers")
    criterion = models.ForeignKey(Criterion, models.RESTRICT, related_name="+")
    motive = models.TextField("motif", max_length=MOTIVE_MAX)
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    waived_at = models.DateTimeField("levée le", auto_now_add=True)

    class Meta:
        verbose_name = "levée de la double évaluation"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("candidature", "criterion"),
                name="second_waiver_once",
                violation_error_message="La double évaluation de ce critère est déjà levée.",
            ),
            models.CheckConstraint(
                condition=~models.Q(motive=""),
                name="second_waiver_has_motive",
                violation_error_message="La levée de la double évaluation est motivée.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.criterion)
