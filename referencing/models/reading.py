"""How far each person has read a candidature."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from referencing.models.candidature import Candidature


class ReadingMark(models.Model):
    """A bookmark, moved by its person alone, and only forward.

    `seq` is the last event of the journal they had before their eyes, `at` the moment when the page showed it.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="personne")
    candidature = models.ForeignKey(Candidature, models.CASCADE, related_name="reading_marks")
    seq = models.PositiveBigIntegerField("dernier événement lu")
    at = models.DateTimeField("lu le")

    class Meta:
        verbose_name = "repère de lecture"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("person", "candidature"),
                name="reading_mark_once",
                violation_error_message="Cette personne a déjà un repère sur cette candidature.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidature_id} lu jusqu'à {self.seq}"
