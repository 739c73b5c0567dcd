"""The request for complements while it is written: its deadline, its message, and the files that go with it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from evaluation.values import MOTIVE_MAX
from questionnaires.models import ScannedFile
from referencing.models import Candidature


class ComplementDraft(models.Model):
    """One draft a round. What is asked is not here: the verdicts say it, criterion by criterion.

    `edition` grows with each save: a stale one is refused. Nothing of it is left once the request is sent: the act
    holds what was asked.
    """

    candidature = models.ForeignKey(Candidature, models.RESTRICT, related_name="+")
    round = models.PositiveSmallIntegerField("tour")
    deadline = models.DateField("échéance")
    message = models.TextField("message", blank=True, max_length=MOTIVE_MAX)
    edition = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "demande de compléments en préparation"
        verbose_name_plural = "demandes de compléments en préparation"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("candidature", "round"),
                name="complement_draft_once_per_round",
                violation_error_message="Cette demande de compléments est déjà en préparation.",
            )
        ]

    def __str__(self) -> str:
        return f"compléments de {self.candidature}, tour {self.round}"


class RequestFile(ScannedFile):
    """A file that goes with the request of a round: examined and read by the antivirus as a proof is, without being one.

    The act quotes it once sent: from then on it stays, and the éditeur may open it.
    """

    candidature = models.ForeignKey(Candidature, models.RESTRICT, related_name="request_files")
    round = models.PositiveSmallIntegerField("tour")

    class Meta:
        verbose_name = "pièce jointe à une demande"
        verbose_name_plural = "pièces jointes à une demande"
        ordering = ("pk",)
        indexes: ClassVar = [models.Index(fields=("candidature", "round"), name="request_file_of_round")]

    def __str__(self) -> str:
        return self.original_name

    @property
    def quoted(self) -> dict[str, str | int]:
        """What the act keeps of it: enough to find it, to name it, and to prove its bytes."""
        return {
            "public_id": str(self.public_id),
            "original_name": self.original_name,
            "media_type": self.media_type,
            "size": self.size,
            "sha256": self.sha256,
        }

    def infection(self) -> tuple[str, str, dict[str, Any]]:
        return "evaluation.request_infected", self.candidature.reference, {"file": str(self.public_id)}
