"""A file that somebody deposited: bytes known by their SHA-256, given to nobody before the antivirus found them safe."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models


def stored_name(file: "ScannedFile", filename: str) -> str:
    """Store under a random key: the name a person chose never becomes a path."""
    return f"preuves/{uuid.uuid4().hex}"


class ScanState(models.TextChoices):
    DISABLED = "disabled", "analyse désactivée"
    PENDING = "pending", "analyse en cours"
    SAFE = "safe", "sans danger"
    INFECTED = "infected", "contient un virus"
    ERROR = "error", "analyse impossible pour l'instant"


class ScannedFile(models.Model):
    """What every deposited file has in common, whichever room keeps it: the antivirus reads them all from here.

    `original_name` is data, shown escaped and sent back as a download name only. `scan_next_at` and `scan_attempts` are
    the queue of the antivirus (questionnaires/scanning.py).
    """

    Scan = ScanState

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(upload_to=stored_name, max_length=200)
    original_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="octets")
    sha256 = models.CharField(max_length=64, db_index=True)
    scan = models.CharField("antivirus", max_length=10, choices=ScanState, default=ScanState.DISABLED)
    scan_detail = models.CharField(max_length=200, blank=True)
    scan_attempts = models.PositiveIntegerField(default=0)
    scan_next_at = models.DateTimeField(null=True)
    scanned_at = models.DateTimeField(null=True)
    deposited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    deposited_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    @property
    def is_served(self) -> bool:
        """Whether its bytes may be given to anybody: safe, or no antivirus was asked to look (embedded default)."""
        return self.scan == ScanState.SAFE or (self.scan == ScanState.DISABLED and not settings.CLAMD_SOCKET)

    @property
    def is_infected(self) -> bool:
        return self.scan == ScanState.INFECTED

    def infection(self) -> tuple[str, str, dict[str, Any]]:
        """Return the event to record when the antivirus finds a virus in it: its kind, its subject, what it says."""
        raise NotImplementedError
