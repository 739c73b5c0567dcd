"""The procès-verbal of a séance."""

import uuid

from django.db import models

from commission.models.seance import Seance
from journal.models import Event


def minutes_path(minutes: "Minutes", filename: str) -> str:
    return f"minutes/{uuid.uuid4().hex}.pdf"


class Minutes(models.Model):
    """The paper, made once when the séance is closed, with the hash of its bytes (CRPA, art. R. 133-13)."""

    seance = models.OneToOneField(Seance, models.RESTRICT, related_name="minutes")
    event = models.OneToOneField(Event, models.RESTRICT, related_name="+")
    file = models.FileField(upload_to=minutes_path, max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text="octets")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "procès-verbal"
        verbose_name_plural = "procès-verbaux"

    def __str__(self) -> str:
        return f"procès-verbal de la {self.seance}"
