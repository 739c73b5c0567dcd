"""Files on their way: what tus (1.0.0) has received of each, part by part, until a form takes it or it expires."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.models import Organisation, User


class UploadQuerySet(models.QuerySet["Upload"]):
    def of(self, organisation: Organisation, user: User) -> "UploadQuerySet":
        """Those that one person sends for one organisation: nobody resumes the file of somebody else."""
        return self.filter(organisation=organisation, user=user)

    def alive(self, now: datetime) -> "UploadQuerySet":
        return self.filter(expires_at__gt=now)

    def arrived(self) -> "UploadQuerySet":
        return self.filter(offset=models.F("length"))


class Upload(models.Model):
    """One file being sent: `offset` of its `length` bytes have arrived, in `parts` that follow one another."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="uploads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField("nom", max_length=255)
    length = models.PositiveBigIntegerField(help_text="octets")
    offset = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "téléversement"
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(offset__lte=models.F("length")),
                name="upload_within_length",
                violation_error_message="Un fichier ne reçoit pas plus d'octets qu'annoncé.",
            ),
            models.CheckConstraint(
                condition=models.Q(length__gt=0),
                name="upload_not_empty",
                violation_error_message="Un fichier vide ne s'envoie pas.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_arrived(self) -> bool:
        return self.offset == self.length


def part_name(part: "UploadPart", filename: str) -> str:
    return f"televersements/{uuid.uuid4().hex}"


class UploadPart(models.Model):
    """The bytes of one request, kept apart: a stored file cannot grow in object storage."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="parts")
    start = models.PositiveBigIntegerField(help_text="rang du premier octet")
    size = models.PositiveBigIntegerField(help_text="octets")
    file = models.FileField(upload_to=part_name, max_length=200)

    class Meta:
        verbose_name = "morceau de téléversement"
        ordering = ("upload", "start")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("upload", "start"),
                name="upload_part_once",
                violation_error_message="Ce morceau a déjà été reçu.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.upload_id} {self.start}+{self.size}"
