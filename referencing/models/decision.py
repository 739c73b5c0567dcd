"""The minister's decision and the tripartite convention (CSP, art. R. 1111-38)."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from kit.constraints import one_of
from referencing.models.candidature import Candidature


class DecisionOutcome(models.TextChoices):
    ACCEPT = "accept", "Référencer le service"
    REJECT = "reject", "Refuser le référencement"


class Decision(models.Model):
    """A draft decision. Whoever prepares it may not sign it; grounds are due in law and in fact (CRPA L. 211-5)."""

    Outcome = DecisionOutcome

    candidature = models.OneToOneField(Candidature, models.RESTRICT, related_name="decision")
    outcome = models.CharField("sens", max_length=6, choices=Outcome)
    grounds_law = models.TextField("motifs de droit", max_length=20_000)
    grounds_fact = models.TextField("motifs de fait", max_length=20_000)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    prepared_at = models.DateTimeField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "décision"
        constraints: ClassVar = [
            one_of("outcome", DecisionOutcome, "decision_outcome_known"),
            models.CheckConstraint(
                condition=models.Q(signed_by__isnull=True) | ~models.Q(signed_by=models.F("prepared_by")),
                name="decision_signed_by_another",
                violation_error_message="La décision doit être signée par une autre personne que celle qui l'a préparée.",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_by__isnull=True, signed_at__isnull=True)
                | models.Q(signed_by__isnull=False, signed_at__isnull=False),
                name="decision_signature_whole",
                violation_error_message="Une signature porte un nom et une date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} ({self.candidature})"


class Convention(models.Model):
    """The convention of an accepted service. `months` is its length; the default is a setting (docs/procedure.md)."""

    candidature = models.OneToOneField(Candidature, models.RESTRICT, related_name="convention")
    starts_on = models.DateField("prend effet le")
    months = models.PositiveSmallIntegerField("durée en mois")
    data_categories = models.TextField("catégories de données accessibles", blank=True, max_length=5000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "convention"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(months__gte=1, months__lte=60),
                name="convention_length",
                violation_error_message="La durée est comprise entre 1 et 60 mois.",
            )
        ]

    def __str__(self) -> str:
        return f"convention {self.candidature}"


class SigningParty(models.TextChoices):
    EDITOR = "editor", "Éditeur"
    MINISTER = "minister", "Ministre chargé de la santé"
    CNAM = "cnam", "Caisse nationale de l'assurance maladie"


class Signature(models.Model):
    """A signature recorded on a convention. The three parties sign: éditeur, minister, Cnam."""

    Party = SigningParty

    convention = models.ForeignKey(Convention, models.CASCADE, related_name="signatures")
    party = models.CharField("partie", max_length=10, choices=Party)
    name = models.CharField("signataire", max_length=150)
    quality = models.CharField("qualité", max_length=150)
    signed_on = models.DateField("signée le")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "signature"
        ordering = ("signed_on", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("convention", "party"),
                name="signature_once_per_party",
                violation_error_message="Cette partie a déjà signé.",
            ),
            one_of("party", SigningParty, "signature_party_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_party_display()} — {self.name}"
