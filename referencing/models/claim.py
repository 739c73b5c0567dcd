"""Who, at support, follows a candidature; and the drafts that support prepares for an éditeur."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from referencing.models.candidature import Candidature
from teams.models import Invitation


class Claim(models.Model):
    """The agent of support who follows a candidature. No row: nobody does. Who did before is in the journal."""

    candidature = models.OneToOneField(Candidature, models.CASCADE, related_name="claim")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="claims", verbose_name="en charge"
    )
    since = models.DateTimeField("depuis")

    class Meta:
        verbose_name = "prise en charge"
        ordering = ("-since", "-pk")

    def __str__(self) -> str:
        return f"{self.candidature_id} en charge de {self.holder_id}"


class EntrustedDraft(models.Model):
    """A draft that support opened for an éditeur: support's until somebody of the éditeur takes it, theirs afterwards.

    `invitation` is the offer of a place in the team, when nobody of the organisation had an account yet.
    """

    candidature = models.OneToOneField(Candidature, models.CASCADE, related_name="entrusted")
    email = models.EmailField("adresse de la personne qui reprendra le brouillon")
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    prepared_at = models.DateTimeField("ouvert le")
    invitation = models.ForeignKey(Invitation, models.SET_NULL, null=True, related_name="+")
    offered_at = models.DateTimeField("proposé le", null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    taken_at = models.DateTimeField("repris le", null=True)

    class Meta:
        verbose_name = "brouillon préparé par le support"
        ordering = ("-prepared_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(taken_at=None, taken_by=None) | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="entrusted_taking_whole",
                violation_error_message="Un brouillon repris dit par qui et quand.",
            ),
            models.CheckConstraint(
                condition=Q(taken_at=None) | Q(offered_at__isnull=False),
                name="entrusted_taken_was_offered",
                violation_error_message="Un brouillon ne se reprend qu'une fois proposé à l'éditeur.",
            ),
        ]

    def __str__(self) -> str:
        return f"brouillon {self.candidature_id} préparé pour {self.email}"
