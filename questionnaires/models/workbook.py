"""A workbook that waits between its dry run and its confirmation."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from questionnaires.models.sheet import Sheet


class PendingImport(models.Model):
    """What a person's workbook says of one sheet, kept a short while: one at a time, theirs alone.

    The lines are kept rather than the file: it is read once, and nothing of it outlives the confirmation.
    """

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="pending_imports", verbose_name="feuille")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="personne")
    reading = models.JSONField("lignes lues", help_text="questionnaires.workbooks.intake.Reading")
    made_at = models.DateTimeField("reçu le", auto_now_add=True)
    expires_at = models.DateTimeField("gardé jusqu'au", db_index=True)

    class Meta:
        verbose_name = "import en attente"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("sheet", "user"),
                name="pending_import_once",
                violation_error_message="Un tableur de cette personne attend déjà pour cette candidature.",
            )
        ]

    def __str__(self) -> str:
        return f"import {self.pk} sur la feuille {self.sheet_id}"
