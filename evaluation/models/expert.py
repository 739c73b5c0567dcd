"""What an expert knows, for whom they work, and the interests they declare."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.models import check_siren
from evaluation.domains import Domain
from kit.constraints import in_order, one_of

DEFAULT_CAPACITY = 120


class ExpertProfile(models.Model):
    """The profile an expert keeps of themselves, read by support. `competences` lists `Domain` values.

    `capacity` is how many criteria they accept to have left to judge at one time, all files together.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="expert_profile")
    competences = models.JSONField("compétences", default=list, blank=True)
    employer = models.CharField("employeur", max_length=200, blank=True)
    employer_siren = models.CharField("SIREN de l'employeur", max_length=9, blank=True, validators=[check_siren])
    capacity = models.PositiveSmallIntegerField(
        "critères à juger en même temps",
        default=DEFAULT_CAPACITY,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
    )
    away_from = models.DateField("absence du", null=True, blank=True)
    away_until = models.DateField("au", null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "profil d'expert"
        constraints: ClassVar = [
            in_order("away_from", "away_until", "expert_away_in_order", "L'absence finit après avoir commencé."),
            models.CheckConstraint(
                condition=Q(away_from__isnull=True, away_until__isnull=True)
                | Q(away_from__isnull=False, away_until__isnull=False),
                name="expert_away_has_both",
                violation_error_message="Une absence a un premier et un dernier jour.",
            ),
        ]

    def __str__(self) -> str:
        return f"profil de {self.user}"

    @property
    def domains(self) -> list[Domain]:
        """The competences that the house knows, in the order of `Domain`."""
        return [domain for domain in Domain if domain.value in self.competences]


class Nature(models.TextChoices):
    """The kinds of link of a déclaration d'intérêts, in short."""

    EMPLOYMENT = "employment", "Emploi ou mandat social"
    SERVICE = "service", "Conseil, prestation ou expertise rémunérée"
    FUNDING = "funding", "Financement de travaux ou de recherche"
    SHARES = "shares", "Participation au capital"
    FAMILY = "family", "Lien familial ou proche"
    OTHER = "other", "Autre lien"


class Interest(models.Model):
    """A link of an expert with an organisation, named by its SIREN or by its name."""

    Nature = Nature

    expert = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="interests")
    name = models.CharField("organisation", max_length=200)
    siren = models.CharField("SIREN", max_length=9, blank=True, validators=[check_siren])
    nature = models.CharField("nature du lien", max_length=12, choices=Nature)
    since = models.DateField("depuis le")
    until = models.DateField("jusqu'au", null=True, blank=True)
    declared_at = models.DateTimeField("déclaré le", auto_now_add=True)

    class Meta:
        verbose_name = "intérêt déclaré"
        ordering = ("-since", "-pk")
        constraints: ClassVar = [
            one_of("nature", Nature, "interest_nature_known"),
            in_order("since", "until", "interest_in_order", "Un lien finit après avoir commencé."),
        ]

    def __str__(self) -> str:
        return f"{self.get_nature_display()} — {self.name}"
