"""A draft that went from a version of the référentiel to another: the former sheet is kept as it was."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from questionnaires.models import Sheet
from referencing.models.candidature import Candidature


class Upgrade(models.Model):
    """`former` is the sheet left behind, frozen; `sheet` the one that took its place.

    Undone, they have changed places: `former` is answered again, and `sheet` is the one kept frozen.
    """

    candidature = models.ForeignKey(Candidature, models.RESTRICT, related_name="upgrades")
    former = models.ForeignKey(Sheet, models.RESTRICT, related_name="left_by")
    sheet = models.ForeignKey(Sheet, models.RESTRICT, related_name="opened_by")
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    accepted_at = models.DateTimeField("acceptée le", auto_now_add=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    undone_at = models.DateTimeField("annulée le", null=True)

    class Meta:
        verbose_name = "changement de version"
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(former=models.F("sheet")),
                name="upgrade_leads_elsewhere",
                violation_error_message="Un changement de version mène à une autre feuille.",
            ),
            models.UniqueConstraint(
                fields=("sheet",),
                name="upgrade_opens_its_sheet",
                violation_error_message="Cette feuille vient déjà d'un autre changement de version.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidature_id} : {self.former_id} → {self.sheet_id}"

    @property
    def archived(self) -> Sheet:
        """The sheet that is not answered any more."""
        return self.former if self.undone_at is None else self.sheet
