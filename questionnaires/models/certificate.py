"""A certificate of conformity of the ANS, given once for a sheet: what it is, its file, what support thought of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kit.constraints import one_of
from questionnaires.models.sheet import Sheet
from questionnaires.models.vault import EvidenceRevision


class CertificateKind(models.TextChoices):
    DMN = "DMN", "Dispositif médical numérique (DMN)"
    TLC = "TLC", "Téléconsultation (TLC)"


class CertificateReview(models.TextChoices):
    TO_CHECK = "to_check", "À vérifier par le support"
    ACCEPTED = "accepted", "Vérifié par le support"
    REFUSED = "refused", "Refusé par le support"


class Certificate(models.Model):
    """One certificate of a kind for a sheet. `edition` is a code of `Version.certifications`.

    It counts as soon as it is given, until support refuses it: recevabilité is not decided before they looked.
    """

    Kind = CertificateKind
    Review = CertificateReview

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="certificates")
    kind = models.CharField("certificat", max_length=3, choices=CertificateKind)
    number = models.CharField("numéro", max_length=60)
    issuer = models.CharField("délivré par", max_length=120)
    product = models.CharField("produit certifié", max_length=120)
    product_version = models.CharField("version du produit", max_length=60)
    edition = models.CharField("référentiel de certification", max_length=40)
    issued_on = models.DateField("délivré le")
    valid_until = models.DateField("valable jusqu'au")
    revision = models.ForeignKey(EvidenceRevision, models.RESTRICT, related_name="certificates")
    review = models.CharField("vérification", max_length=10, choices=CertificateReview, default=Review.TO_CHECK)
    motive = models.TextField("motif du refus", blank=True, max_length=2000)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    checked_at = models.DateTimeField("vérifié le", null=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "certificat ANS"
        verbose_name_plural = "certificats ANS"
        ordering = ("kind",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("sheet", "kind"),
                name="certificate_once_per_kind",
                violation_error_message="Un certificat de cette nature est déjà joint à la candidature.",
            ),
            one_of("kind", CertificateKind, "certificate_kind_known"),
            one_of("review", CertificateReview, "certificate_review_known"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("issued_on")),
                name="certificate_dates_in_order",
                violation_error_message="Un certificat expire après avoir été délivré.",
            ),
            models.CheckConstraint(
                condition=Q(review=CertificateReview.TO_CHECK) | Q(checked_by__isnull=False, checked_at__isnull=False),
                name="certificate_checked_by_someone",
                violation_error_message="Une vérification dit qui l'a faite et quand.",
            ),
            models.CheckConstraint(
                condition=~Q(review=CertificateReview.REFUSED) | ~Q(motive=""),
                name="certificate_refused_with_motive",
                violation_error_message="Un refus dit pourquoi.",
            ),
        ]

    def __str__(self) -> str:
        return f"Certificat {self.kind} n° {self.number}"

    @property
    def is_refused(self) -> bool:
        return self.review == self.Review.REFUSED
