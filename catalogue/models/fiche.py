"""The fiche as it is being written, before anyone reads it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from catalogue.vocabulary import EconomicModel
from referencing.models import Candidature

# What the public reads, in the order of the fiche; the same names in the draft, the act FICHE and the entry.
PUBLIC_FIELDS = (
    "name",
    "description",
    "long_description",
    "web_url",
    "ios_url",
    "android_url",
    "cgu_url",
    "economic_model",
    "consumer_device",
    "medical_device",
    "finalities",
)


class PublicFields(models.Model):
    """What a service says of itself in the catalogue (fiche of the official application, August 2025)."""

    name = models.CharField("nom du service", max_length=120)
    description = models.CharField("en une phrase", max_length=160, blank=True)
    long_description = models.TextField("présentation", max_length=4000, blank=True)
    web_url = models.URLField("site web", blank=True)
    ios_url = models.URLField("App Store", blank=True)
    android_url = models.URLField("Google Play", blank=True)
    cgu_url = models.URLField("conditions d'utilisation", blank=True)
    economic_model = models.CharField("prix", max_length=25, choices=EconomicModel, blank=True)
    consumer_device = models.BooleanField("relié à un appareil grand public", default=False)
    medical_device = models.BooleanField("dispositif médical", default=False)
    finalities = models.TextField("données échangées et pourquoi, une finalité par ligne", max_length=4000, blank=True)

    class Meta:
        abstract = True


def known_economic_model(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(economic_model="") | models.Q(economic_model__in=sorted(EconomicModel.values)),
        name=name,
        violation_error_message="Ce prix n'est pas l'un de ceux prévus.",
    )


class FicheDraft(PublicFields):
    """The fiche of one candidature. `thematics` and `regions` list codes; no region means the whole country.

    `edition` grows with each save: a save made on an older one is refused.
    """

    candidature = models.OneToOneField(Candidature, models.RESTRICT, related_name="fiche")
    thematics = models.JSONField("thématiques", default=list)
    regions = models.JSONField("régions", default=list)
    edition = models.PositiveIntegerField(default=0)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    updated_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "fiche en préparation"
        constraints: ClassVar = [known_economic_model("fiche_economic_model_known")]

    def __str__(self) -> str:
        return f"fiche {self.candidature}"
