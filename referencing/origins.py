"""Why a candidature takes up a former one, and what the database keeps true of it."""

from django.db import models

from referencing.stages import OPEN


class Motive(models.TextChoices):
    RENEWAL = "renewal", "Renouvellement"
    CHANGE = "change", "Modification majeure"
    SISTER = "sister", "Produit frère"


# Those that concern the service already published.
SAME_SERVICE = (Motive.RENEWAL, Motive.CHANGE)

ORIGIN_CONSTRAINTS = (
    models.CheckConstraint(
        condition=models.Q(motive="", origin__isnull=True)
        | models.Q(motive__in=sorted(Motive.values), origin__isnull=False),
        name="candidature_origin_has_motive",
        violation_error_message="Une candidature reprise d'une autre dit de laquelle et pourquoi.",
    ),
    models.UniqueConstraint(
        fields=("service",),
        condition=models.Q(motive__in=sorted(SAME_SERVICE), stage__in=OPEN),
        name="candidature_one_renewal_open",
        violation_error_message="Une reprise est déjà ouverte pour ce service.",
    ),
)
