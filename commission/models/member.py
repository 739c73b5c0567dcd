"""Members and their dated mandates."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models

from commission.kinds import OFFICES, Seat
from kit.constraints import one_of


class MemberQuerySet(models.QuerySet["Member"]):
    def sitting(self, day: date) -> "MemberQuerySet":
        """Members whose mandate covers a day, with their person."""
        return self.filter(mandate_from__lte=day, mandate_to__gte=day).select_related("user")


class Member(models.Model):
    """One person on one seat for one mandate. A person renewed has a second row; a row that sat is never removed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="commission_mandates")
    seat = models.CharField("siège", max_length=10, choices=Seat)
    title = models.CharField("qualité", max_length=150, help_text="Imprimée au procès-verbal.")
    ex_officio = models.BooleanField("siège en raison d'une fonction", default=False)
    can_preside = models.BooleanField("peut présider", default=False)
    mandate_from = models.DateField("mandat à compter du")
    mandate_to = models.DateField("jusqu'au")

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "membre de la commission"
        verbose_name_plural = "membres de la commission"
        ordering = ("pk",)
        constraints: ClassVar = [
            one_of("seat", Seat, "member_seat_known"),
            models.UniqueConstraint(
                fields=("seat", "mandate_from"),
                name="member_once_per_seat",
                violation_error_message="Un mandat commence déjà ce jour-là sur ce siège.",
            ),
            models.UniqueConstraint(
                fields=("user", "mandate_from"),
                name="member_sits_once",
                violation_error_message="Cette personne commence déjà un mandat ce jour-là.",
            ),
            models.CheckConstraint(
                condition=models.Q(mandate_to__gt=models.F("mandate_from")),
                name="member_mandate_in_order",
                violation_error_message="Le mandat doit finir après avoir commencé.",
            ),
            models.CheckConstraint(
                condition=models.Q(ex_officio=False) | models.Q(seat__in=sorted(OFFICES)),
                name="member_office_seat",
                violation_error_message="Ce siège n'est pas tenu en raison d'une fonction (CRPA, art. R. 133-3).",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)
