"""What experts answered to the propositions made to them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from evaluation.values import MOTIVE_MAX
from kit.constraints import one_of
from referencing.models import Candidature


class ReplyKind(models.TextChoices):
    ACCEPTED = "accepted", "a accepté et déclaré n'avoir aucun intérêt"
    DECLINED = "declined", "a décliné"
    RECUSED = "recused", "s'est déporté"


class ReplyQuerySet(models.QuerySet["Reply"]):
    def recusals(self) -> "ReplyQuerySet":
        return self.filter(kind=ReplyKind.RECUSED)

    def refusals(self) -> "ReplyQuerySet":
        """Keep the answers that left the file without this expert."""
        return self.exclude(kind=ReplyKind.ACCEPTED)


class Reply(models.Model):
    """One answer of an expert about one candidature, never changed.

    `text` is the motive of who declines, or the interest declared; `statement` the sentence attested by who accepts.
    A déport holds for ever: the same person is never proposed the same candidature again.
    """

    Kind = ReplyKind

    candidature = models.ForeignKey(Candidature, models.RESTRICT, related_name="expert_replies")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="expert_replies")
    kind = models.CharField("réponse", max_length=10, choices=ReplyKind)
    text = models.TextField("motif ou intérêt", blank=True, max_length=MOTIVE_MAX)
    statement = models.TextField("déclaration", blank=True)
    at = models.DateTimeField("le")

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = "réponse d'expert"
        ordering = ("-at", "-pk")
        constraints: ClassVar = [
            one_of("kind", ReplyKind, "reply_kind_known"),
            models.UniqueConstraint(
                fields=("candidature", "expert"),
                condition=Q(kind="recused"),
                name="reply_one_recusal",
                violation_error_message="Cette personne s'est déjà déportée de cette candidature.",
            ),
            models.CheckConstraint(
                condition=Q(kind="accepted") | ~Q(text=""),
                name="reply_says_why",
                violation_error_message="Décliner ou se déporter se motive.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="accepted") | ~Q(statement=""),
                name="reply_attests",
                violation_error_message="Accepter, c'est attester n'avoir aucun intérêt avec l'éditeur.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert} {self.get_kind_display()}"
