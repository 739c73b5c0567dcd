"""The vault of an organisation: a proof is deposited once and used many times, each revision known by its bytes."""

import datetime as dt
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.models import Organisation
from kit.constraints import in_order, one_of
from questionnaires.models.referential import ProofKind

ISSUED_AFTER_COLLECTED = "Une preuve est recueillie le jour où elle est délivrée, ou après."
ISSUED_AFTER_EXPIRY = "Une preuve expire après avoir été délivrée."
COLLECTED_AFTER_EXPIRY = "Cette preuve avait déjà expiré le jour où elle a été recueillie."


class Evidence(models.Model):
    """A proof as people name it (« Certificat HDS »). Its bytes and its dates are in its revisions."""

    organisation = models.ForeignKey(Organisation, models.RESTRICT, related_name="evidence")
    title = models.CharField("intitulé", max_length=200)
    kind = models.CharField("nature", max_length=10, choices=ProofKind)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "preuve"
        ordering = ("title", "pk")
        constraints: ClassVar = [one_of("kind", ProofKind, "evidence_kind_known")]

    def __str__(self) -> str:
        return self.title


def stored_name(revision: "EvidenceRevision", filename: str) -> str:
    """Store under a random key: the name a person chose never becomes a path."""
    return f"preuves/{uuid.uuid4().hex}"


class ScanState(models.TextChoices):
    DISABLED = "disabled", "analyse désactivée"
    PENDING = "pending", "analyse en cours"
    SAFE = "safe", "sans danger"
    INFECTED = "infected", "contient un virus"
    ERROR = "error", "analyse impossible pour l'instant"


class EvidenceRevision(models.Model):
    """One set of bytes, with its dates. `original_name` is data, shown escaped and sent back as a download name only.

    A public link is kept as the bytes of its address (`text/uri-list`), so that a verdict is pinned to it as to a file.
    `scan_next_at` and `scan_attempts` are the queue of the antivirus (questionnaires/scanning.py).
    """

    Scan = ScanState

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField(default=1)
    file = models.FileField(upload_to=stored_name, max_length=200)
    original_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="octets")
    sha256 = models.CharField(max_length=64, db_index=True)
    address = models.URLField("adresse", max_length=500, blank=True)
    issued_on = models.DateField("délivrée le", null=True, blank=True)
    collected_on = models.DateField("recueillie le", null=True, blank=True)
    expires_on = models.DateField("expire le", null=True, blank=True, db_index=True)
    scan = models.CharField("antivirus", max_length=10, choices=ScanState, default=ScanState.DISABLED)
    scan_detail = models.CharField(max_length=200, blank=True)
    scan_attempts = models.PositiveIntegerField(default=0)
    scan_next_at = models.DateTimeField(null=True)
    scanned_at = models.DateTimeField(null=True)
    deposited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    deposited_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "révision de preuve"
        ordering = ("evidence", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("evidence", "number"), name="revision_number_once"),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="revision_not_empty"),
            one_of("scan", ScanState, "revision_scan_known"),
            in_order("issued_on", "collected_on", "revision_issued_before_collected", ISSUED_AFTER_COLLECTED),
            in_order("issued_on", "expires_on", "revision_issued_before_expiry", ISSUED_AFTER_EXPIRY),
            in_order("collected_on", "expires_on", "revision_collected_before_expiry", COLLECTED_AFTER_EXPIRY),
        ]

    def __str__(self) -> str:
        return f"{self.evidence.title} ({self.original_name})"

    @property
    def is_served(self) -> bool:
        """Whether its bytes may be given to anybody: safe, or no antivirus was asked to look (embedded default)."""
        return self.scan == ScanState.SAFE or (self.scan == ScanState.DISABLED and not settings.CLAMD_SOCKET)

    @property
    def is_infected(self) -> bool:
        return self.scan == ScanState.INFECTED

    @property
    def is_link(self) -> bool:
        return bool(self.address)

    def has_expired(self, today: dt.date) -> bool:
        return self.expires_on is not None and self.expires_on < today
