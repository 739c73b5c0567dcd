"""The vault of an organisation: a proof is deposited once and used many times, each revision known by its bytes."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.models import Organisation
from kit.constraints import one_of
from questionnaires.models.referential import ProofKind


class Evidence(models.Model):
    """A proof as people name it (« Certificat HDS »). Its bytes are in its revisions."""

    organisation = models.ForeignKey(Organisation, models.RESTRICT, related_name="evidence")
    title = models.CharField("intitulé", max_length=200)
    kind = models.CharField("nature", max_length=10, choices=ProofKind)
    expires_on = models.DateField("expire le", null=True, blank=True)
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


class EvidenceRevision(models.Model):
    """One set of bytes. `original_name` is data, shown escaped and sent back as a download name only."""

    Scan = ScanState

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField(default=1)
    file = models.FileField(upload_to=stored_name, max_length=200)
    original_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="octets")
    sha256 = models.CharField(max_length=64, db_index=True)
    scan = models.CharField(max_length=10, choices=ScanState, default=ScanState.DISABLED)
    deposited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    deposited_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "révision de preuve"
        ordering = ("evidence", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("evidence", "number"), name="revision_number_once"),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="revision_not_empty"),
            one_of("scan", ScanState, "revision_scan_known"),
        ]

    def __str__(self) -> str:
        return f"{self.evidence.title} ({self.original_name})"
