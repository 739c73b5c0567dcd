"""A file joined to a message: examined and read by the antivirus as a proof is, without being one."""

from typing import Any

from django.db import models

from conversation.models.message import Message
from questionnaires.models import ScannedFile


class Attachment(ScannedFile):
    """Bytes sent by one side to the other. They enter nobody's vault, no dossier and no export."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")

    class Meta:
        verbose_name = "pièce jointe"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.original_name

    def infection(self) -> tuple[str, str, dict[str, Any]]:
        data = {"message": self.message_id, "attachment": str(self.public_id)}
        return "conversation.infected", self.message.candidature.reference, data
