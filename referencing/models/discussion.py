"""What the éditeur's people say to one another about a criterion. No act, no event, no letter: it never leaves them."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from questionnaires.models import Criterion
from referencing.models.candidature import Candidature

LONGEST_REMARK = 4000


class Thread(models.Model):
    """The discussion of one criterion in one candidature: open, then resolved by someone."""

    candidature = models.ForeignKey(Candidature, models.CASCADE, related_name="threads")
    criterion = models.ForeignKey(Criterion, models.RESTRICT, related_name="+")
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    resolved_at = models.DateTimeField("résolue le", null=True)

    class Meta:
        verbose_name = "discussion"
        ordering = ("criterion__section__questionnaire__order", "criterion__section__order", "criterion__order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("candidature", "criterion"), name="thread_once_per_criterion"),
            models.CheckConstraint(
                condition=models.Q(resolved_by__isnull=True, resolved_at__isnull=True)
                | models.Q(resolved_by__isnull=False, resolved_at__isnull=False),
                name="thread_resolution_is_signed",
                violation_error_message="Une discussion résolue dit par qui et quand.",
            ),
        ]

    def __str__(self) -> str:
        return f"discussion {self.pk}"


class Remark(models.Model):
    """One message. `text` is kept and shown as it was typed."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="remarks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    text = models.TextField("message", max_length=LONGEST_REMARK)
    written_at = models.DateTimeField("écrit le", auto_now_add=True)

    class Meta:
        verbose_name = "message"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"message {self.pk}"


class Mention(models.Model):
    """A member named in a message: a notice that waits until they have read the discussion."""

    remark = models.ForeignKey(Remark, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions")
    seen_at = models.DateTimeField("lue le", null=True)

    class Meta:
        verbose_name = "mention"
        ordering = ("-pk",)
        constraints: ClassVar = [models.UniqueConstraint(fields=("remark", "person"), name="mention_once")]

    def __str__(self) -> str:
        return f"mention {self.pk}"


class Reading(models.Model):
    """How far one person has read a discussion: `upto` is the number of the last message seen."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    upto = models.PositiveBigIntegerField("lue jusqu'au message")

    class Meta:
        verbose_name = "lecture"
        constraints: ClassVar = [models.UniqueConstraint(fields=("thread", "person"), name="reading_once")]

    def __str__(self) -> str:
        return f"lecture {self.pk}"
