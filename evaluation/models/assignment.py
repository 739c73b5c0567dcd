"""Who evaluates which questionnaires of a candidature."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from referencing.models import Candidature


class Assignment(models.Model):
    """An expert on a candidature. `questionnaires` lists codes; an empty list means all of them."""

    candidature = models.ForeignKey(Candidature, models.RESTRICT, related_name="assignments")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="assignments")
    is_lead = models.BooleanField("coordonne l'évaluation", default=False)
    questionnaires = models.JSONField("questionnaires confiés", default=list, blank=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    assigned_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "affectation"
        ordering = ("-is_lead", "expert__full_name", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("candidature", "expert"),
                name="assignment_once",
                violation_error_message="Cette personne est déjà affectée à la candidature.",
            ),
            models.UniqueConstraint(
                fields=("candidature",),
                condition=models.Q(is_lead=True),
                name="assignment_one_lead",
                violation_error_message="Une candidature a un seul expert coordonnateur.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert} — {self.candidature}"

    def covers(self, questionnaire: str) -> bool:
        """Say whether this expert judges the criteria of a questionnaire; the lead judges all of them."""
        return self.is_lead or not self.questionnaires or questionnaire in self.questionnaires
