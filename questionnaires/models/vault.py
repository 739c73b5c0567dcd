"""The vault of an organisation: a proof is deposited once and used many times, each revision known by its bytes."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models

from accounts.models import Organisation
from kit.constraints import in_order, one_of
from questionnaires.models.referential import ProofKind
from questionnaires.models.scanned import ScannedFile, ScanState

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


class EvidenceRevision(ScannedFile):
    """One set of bytes of a proof, with its dates.

    A public link is kept as the bytes of its address (`text/uri-list`), so that a verdict is pinned to it as to a file.
    """

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField(default=1)
    address = models.URLField("adresse", max_length=500, blank=True)
    issued_on = models.DateField("délivrée le", null=True, blank=True)
    collected_on = models.DateField("recueillie le", null=True, blank=True)
    expires_on = models.DateField("expire le", null=True, blank=True, db_index=True)

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
    def is_link(self) -> bool:
        return bool(self.address)

    def has_expired(self, today: dt.date) -> bool:
        return self.expires_on is not None and self.expires_on < today

    def infection(self) -> tuple[str, str, dict[str, Any]]:
        data = {"revision": str(self.public_id), "organisation": self.evidence.organisation.siren}
        return "evidence.infected", f"preuve-{self.evidence_id}", data
