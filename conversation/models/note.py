"""What the support and the experts note for themselves about a candidature. No éditeur ever reads one."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from referencing.models import Candidature

LONGEST_NOTE = 5_000


class Note(models.Model):
    """An internal note, kept as typed and never changed. It shares nothing with a message, not even a table."""

    candidature = models.ForeignKey(Candidature, models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    text = models.TextField("note interne", max_length=LONGEST_NOTE)
    key = models.UUIDField("clé du formulaire", default=uuid.uuid4)
    written_at = models.DateTimeField("écrite le")

    class Meta:
        verbose_name = "note interne"
        ordering = ("-pk",)
        indexes: ClassVar = [models.Index(fields=("candidature", "-id"), name="note_newest")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("candidature", "author", "key"),
                name="note_once_per_form",
                violation_error_message="Cette note est déjà gardée.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""), name="note_says_something", violation_error_message="Une note dit quelque chose."
            ),
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"
