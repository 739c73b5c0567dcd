"""Who, in the éditeur's team, answers a section when it is not the trade that the référentiel says."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.models import Membership
from accounts.roles import Profile
from referencing.models.candidature import Candidature


class SectionAssignment(models.Model):
    """A section of one candidature given to another profile, or to a member by name.

    Without a row, each criterion belongs to the profile of the référentiel; so it does again when the member leaves.
    """

    candidature = models.ForeignKey(Candidature, models.CASCADE, related_name="section_assignments")
    questionnaire = models.SlugField("questionnaire", max_length=40)
    section = models.SlugField("section", max_length=40)
    profile = models.CharField("profil", max_length=8, choices=Profile, blank=True)
    member = models.ForeignKey(Membership, models.CASCADE, null=True, related_name="+")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    assigned_at = models.DateTimeField()

    class Meta:
        verbose_name = "section confiée"
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("candidature", "questionnaire", "section"),
                name="section_assigned_once",
                violation_error_message="Cette section est déjà confiée.",
            ),
            models.CheckConstraint(
                condition=models.Q(profile="", member__isnull=False)
                | models.Q(profile__in=sorted(Profile.values), member=None),
                name="section_assigned_to_one",
                violation_error_message="Une section est confiée à un profil ou à une personne, pas aux deux.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire}/{self.section} ({self.candidature_id})"
