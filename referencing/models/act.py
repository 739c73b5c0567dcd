"""Facts on file. An act is written once; guards read acts, never a room above."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from journal.models import Event
from kit.constraints import one_of
from referencing.kinds import ActKind, DocumentKind
from referencing.models.candidature import Candidature


def document_path(document: "Document", filename: str) -> str:
    return f"documents/{uuid.uuid4().hex}.pdf"


class DocumentAudience(models.TextChoices):
    EDITOR = "editor", "éditeur et administration"
    INTERNAL = "internal", "administration"


class Document(models.Model):
    """A paper on file, with the hash of its bytes. One per event and kind: printing twice changes nothing."""

    Kind = DocumentKind
    Audience = DocumentAudience

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidature = models.ForeignKey(Candidature, models.RESTRICT, related_name="documents")
    event = models.ForeignKey(Event, models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=12, choices=DocumentKind)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.EDITOR)
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to=document_path, max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(help_text="octets")
    pages = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "document"
        ordering = ("made_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("event", "kind"), name="document_once"),
            one_of("kind", DocumentKind, "document_kind_known"),
            one_of("audience", DocumentAudience, "document_audience_known"),
        ]

    def __str__(self) -> str:
        return self.title


class ActQuerySet(models.QuerySet["Act"]):
    def of_kind(self, kind: ActKind) -> "ActQuerySet":
        return self.filter(kind=kind)

    def of_round(self, candidature: Candidature) -> "ActQuerySet":
        return self.filter(round=candidature.round)


class Act(models.Model):
    """A fact on file: its kind, the round it belongs to, a plain JSON payload, the paper or file that proves it."""

    Kind = ActKind

    candidature = models.ForeignKey(Candidature, models.RESTRICT, related_name="acts")
    kind = models.CharField(max_length=20, choices=ActKind)
    round = models.PositiveSmallIntegerField()
    payload = models.JSONField(default=dict)
    file_sha256 = models.CharField(max_length=64, blank=True)
    document = models.ForeignKey(Document, models.RESTRICT, null=True, related_name="acts")
    event = models.OneToOneField(Event, models.RESTRICT, related_name="act")
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    filed_at = models.DateTimeField()

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = "acte"
        ordering = ("pk",)
        indexes: ClassVar = [models.Index(fields=("candidature", "kind", "round"), name="act_by_kind")]
        constraints: ClassVar = [one_of("kind", ActKind, "act_kind_known")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.candidature})"
