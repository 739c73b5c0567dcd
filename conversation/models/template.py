"""Ready-made texts of the support, with variables from a closed list (conversation/variables.py)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from conversation.models.message import LONGEST_MESSAGE


class MessageTemplate(models.Model):
    """A text that an agent starts from. `edition` grows with each change: two agents never overwrite one another."""

    title = models.CharField("titre", max_length=120)
    body = models.TextField("texte", max_length=LONGEST_MESSAGE)
    is_offered = models.BooleanField("proposé au support", default=True)
    edition = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    updated_at = models.DateTimeField("modifié le")

    class Meta:
        verbose_name = "modèle de message"
        ordering = (Lower("title"), "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("title"), name="template_title_once", violation_error_message="Un modèle porte déjà ce titre."
            )
        ]

    def __str__(self) -> str:
        return self.title
