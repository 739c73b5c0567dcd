"""A sheet: one service's answers to one version. The hall (referencing) opens, freezes and reopens it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from kit.constraints import one_of
from questionnaires.models.referential import Criterion, Version
from questionnaires.models.vault import EvidenceRevision


class SheetWriting(models.TextChoices):
    OPEN = "open", "ouverte"
    TARGETED = "targeted", "ouverte sur quelques critères"
    CLOSED = "closed", "figée"


class Sheet(models.Model):
    """Answers to one version. `revision` grows with each change of the orientation.

    `given` is what people answered, kept even when a question is no longer asked. `facts` is what it means:
    derived variables added, questions no longer asked counted as « non ». Everything reads `facts`.
    """

    Writing = SheetWriting

    version = models.ForeignKey(Version, models.RESTRICT, related_name="sheets")
    given = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    orientation_done = models.BooleanField(default=False)
    oriented_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    writing = models.CharField(max_length=10, choices=SheetWriting, default=SheetWriting.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "feuille de réponses"
        constraints: ClassVar = [one_of("writing", SheetWriting, "sheet_writing_known")]

    def __str__(self) -> str:
        return f"feuille {self.pk}"


class Reopening(models.Model):
    """A criterion that may be answered again while the rest of the sheet is frozen.

    `edition` is that of its answer when it was reopened: a larger one since means it was answered.
    """

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="reopenings")
    criterion = models.ForeignKey(Criterion, models.RESTRICT, related_name="+")
    edition = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "critère rouvert"
        constraints: ClassVar = [models.UniqueConstraint(fields=("sheet", "criterion"), name="reopening_once")]

    def __str__(self) -> str:
        return str(self.criterion)


class AnswerValue(models.TextChoices):
    MET = "met", "Conforme"
    NOT_MET = "not_met", "Non conforme"
    NOT_APPLICABLE = "not_applicable", "Non applicable"


class Answer(models.Model):
    """What the éditeur says of one criterion. `edition` grows with each change, proofs included: a stale save is refused.

    `carried_from` names what an answer was carried over from; while `to_confirm`, nobody has vouched for it here.
    """

    Value = AnswerValue

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(Criterion, models.RESTRICT, related_name="answers")
    value = models.CharField("réponse", max_length=15, choices=AnswerValue, blank=True)
    comment = models.TextField("explication", blank=True, max_length=20_000)
    edition = models.PositiveIntegerField(default=0)
    to_confirm = models.BooleanField("à confirmer", default=False)
    carried_from = models.CharField("reprise de", max_length=40, blank=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "réponse"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("sheet", "criterion"), name="answer_once"),
            models.CheckConstraint(
                condition=models.Q(value="") | models.Q(value__in=sorted(AnswerValue.values)),
                name="answer_value_known",
                violation_error_message="Cette valeur n'est pas l'une de celles prévues.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id} {self.value}"


class EvidenceUse(models.Model):
    """A proof given for an answer, at one exact revision."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="uses")
    revision = models.ForeignKey(EvidenceRevision, models.RESTRICT, related_name="uses")
    note = models.CharField("où regarder", max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "preuve jointe"
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("answer", "revision"),
                name="evidence_used_once",
                violation_error_message="Cette preuve est déjà jointe à ce critère.",
            )
        ]

    def __str__(self) -> str:
        return str(self.revision)
