"""The archive of the référentiels that support brought in: the file as received, what was found in it, what came of it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from kit.constraints import one_of
from questionnaires.models.referential import Version


def stored_name(received: "ReferentialImport", filename: str) -> str:
    """Store under a random key: the name a person chose never becomes a path."""
    return f"referentiels/{uuid.uuid4().hex}"


class ImportState(models.TextChoices):
    FAULTY = "faulty", "fautes à corriger"
    READY = "ready", "prêt à publier"
    PUBLISHED = "published", "publié"


class ReferentialImport(models.Model):
    """A file that was read. `texts` holds the text files it amounts to, {name: text}, when nothing is wrong with it."""

    State = ImportState

    file = models.FileField("fichier", upload_to=stored_name, max_length=200)
    original_name = models.CharField("nom du fichier", max_length=255)
    size = models.PositiveIntegerField("taille", help_text="octets")
    sha256 = models.CharField("empreinte du fichier", max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    uploaded_at = models.DateTimeField("déposé le", auto_now_add=True)
    state = models.CharField("résultat", max_length=10, choices=ImportState)
    faults = models.JSONField("fautes", default=list, help_text="Chacune {file, line, sentence}.")
    code = models.CharField("code de la version", max_length=60, blank=True)
    title = models.CharField("titre de la version", max_length=200, blank=True)
    texts = models.JSONField("textes", default=dict)
    content_sha256 = models.CharField("empreinte des textes", max_length=64, blank=True)
    version = models.OneToOneField(Version, models.RESTRICT, null=True, related_name="received")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    published_at = models.DateTimeField("publié le", null=True)

    class Meta:
        verbose_name = "import de référentiel"
        ordering = ("-pk",)
        constraints: ClassVar = [
            one_of("state", ImportState, "import_state_known"),
            models.CheckConstraint(
                condition=models.Q(state=ImportState.PUBLISHED, version__isnull=False)
                | (~models.Q(state=ImportState.PUBLISHED) & models.Q(version__isnull=True)),
                name="import_published_has_version",
                violation_error_message="Un import publié dit quelle version il est devenu.",
            ),
        ]

    def __str__(self) -> str:
        return self.original_name
