"""A sheet: one service's answers to one version. The hall (referencing) opens, freezes and reopens it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from kit.constraints import one_of
from questionnaires.models.referential import Criterion, Version
from questionnaires.models.vault import EvidenceRevision
from questionnaires.na_reasons import Reason, find


class SheetWriting(models.TextChoices):
    OPEN = "open", "ouverte"
    TARGETED = "targeted", "ouverte sur quelques critères"
    CLOSED = "closed", "figée"


class Sheet(models.Model):
    """Answers to one version. `revision` grows with each change of the orientation.

    `given` is what people answered, kept even when a question is no longer asked. `facts` is what it means:
    derived variables added, questions no longer asked counted as « non ». Everything reads `facts`. `frozen_on` is the
    day of the dépôt: certificates are judged on it as long as the whole sheet is not open again.
    """

    Writing = SheetWriting

    version = models.ForeignKey(Version, models.RESTRICT, related_name="sheets")
    given = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    orientation_done = models.BooleanField(default=False)
    oriented_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    writing = models.CharField(max_length=10, choices=SheetWriting, default=SheetWriting.OPEN)
    frozen_on = models.DateField("figée le", null=True)
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


class AnswerStanding(models.TextChoices):
    CURRENT = "current", "comptée"
    ASIDE = "aside", "mise de côté"
    BACK = "back", "à relire"


class AnswerMark(models.TextChoices):
    DONE = "done", "Terminé"
    REVIEW = "review", "À revoir"


class Answer(models.Model):
    """What the éditeur says of one criterion. `edition` grows with each change, proofs included.

    `standing` follows the orientation: an answer is set aside while its criterion is not asked, then comes back to be
    read again. It repeats what the facts say, for lists that count in SQL; a page reads the overview.
    `carried_from` says where an answer written elsewhere came from, {origin, codes, reasons}; `to_confirm` that nobody
    has read it again since.
    `said_edition` is the edition of the last change of what is said: a save made from an older one is refused, while a
    proof given meanwhile disturbs nobody. `operation` names the request that made that change, so that it is known
    when it comes again (questionnaires/sheets/answering.py).
    `mark` is what people of the team say of it, whatever is missing: it is theirs, and leaves `edition` alone.
    """

    Value = AnswerValue
    Standing = AnswerStanding
    Mark = AnswerMark

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(Criterion, models.RESTRICT, related_name="answers")
    value = models.CharField("réponse", max_length=15, choices=AnswerValue, blank=True)
    comment = models.TextField("explication", blank=True, max_length=20_000)
    na_reason = models.CharField("motif de « Non applicable »", max_length=40, blank=True)
    edition = models.PositiveIntegerField(default=0)
    standing = models.CharField("situation", max_length=10, choices=AnswerStanding, default=AnswerStanding.CURRENT)
    to_confirm = models.BooleanField("à confirmer", default=False)
    carried_from = models.JSONField("reprise de", default=dict)
    said_edition = models.PositiveIntegerField(default=0)
    operation = models.UUIDField(null=True, editable=False)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)
    mark = models.CharField("état", max_length=10, choices=AnswerMark, blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    marked_at = models.DateTimeField("état donné le", null=True)

    class Meta:
        verbose_name = "réponse"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("sheet", "criterion"), name="answer_once"),
            one_of("standing", AnswerStanding, "answer_standing_known"),
            models.CheckConstraint(
                condition=models.Q(value="") | models.Q(value__in=sorted(AnswerValue.values)),
                name="answer_value_known",
                violation_error_message="Cette valeur n'est pas l'une de celles prévues.",
            ),
            models.CheckConstraint(
                condition=models.Q(na_reason="") | models.Q(value=AnswerValue.NOT_APPLICABLE),
                name="answer_reason_only_when_not_applicable",
                violation_error_message="Un motif n'accompagne que la réponse « Non applicable ».",
            ),
            models.CheckConstraint(
                condition=models.Q(mark="", marked_by__isnull=True, marked_at__isnull=True)
                | models.Q(mark__in=sorted(AnswerMark.values), marked_by__isnull=False, marked_at__isnull=False),
                name="answer_mark_is_signed",
                violation_error_message="L'état d'une réponse dit qui l'a donné et quand.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id} {self.value}"

    @property
    def reason(self) -> Reason | None:
        """Why the criterion does not apply, None for any other answer."""
        return find(self.criterion.reasons, self.na_reason) if self.na_reason else None


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
