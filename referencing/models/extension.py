"""More time, asked for by the éditeur while complements are awaited."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from kit.constraints import one_of
from referencing.models.candidature import Candidature

MOTIVE_MAX = 5_000


class ExtensionState(models.TextChoices):
    PENDING = "pending", "En attente de réponse"
    GRANTED = "granted", "Accordée"
    REFUSED = "refused", "Refusée"


class Extension(models.Model):
    """One ask: the date wished and why, then the answer. `deadline` is what it was when it was asked.

    Left without an answer when the éditeur sends the complements back: `round` tells which request it was about.
    """

    State = ExtensionState

    candidature = models.ForeignKey(Candidature, models.RESTRICT, related_name="extensions")
    round = models.PositiveSmallIntegerField("tour")
    deadline = models.DateField("échéance au moment de la demande")
    until = models.DateField("nouvelle échéance demandée")
    motive = models.TextField("motif", max_length=MOTIVE_MAX)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    asked_at = models.DateTimeField("demandée le")
    state = models.CharField("réponse", max_length=10, choices=State, default=State.PENDING)
    granted_until = models.DateField("échéance accordée", null=True)
    answer = models.TextField("motif de la réponse", blank=True, max_length=MOTIVE_MAX)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    answered_at = models.DateTimeField("répondue le", null=True)

    class Meta:
        verbose_name = "demande de délai"
        verbose_name_plural = "demandes de délai"
        ordering = ("pk",)
        constraints: ClassVar = [
            one_of("state", ExtensionState, "extension_state_known"),
            models.UniqueConstraint(
                fields=("candidature", "round"),
                condition=models.Q(state=ExtensionState.PENDING),
                name="extension_one_pending",
                violation_error_message="Une demande de délai attend déjà une réponse.",
            ),
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("deadline")) & ~models.Q(motive=""),
                name="extension_asks_for_more",
                violation_error_message="Une demande de délai donne une date postérieure à l'échéance, et son motif.",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ExtensionState.PENDING, answered_by=None, answered_at=None)
                | (
                    models.Q(answered_by__isnull=False, answered_at__isnull=False)
                    & (
                        models.Q(state=ExtensionState.GRANTED, granted_until__gt=models.F("deadline"))
                        | (models.Q(state=ExtensionState.REFUSED, granted_until=None) & ~models.Q(answer=""))
                    )
                ),
                name="extension_answer_is_whole",
                violation_error_message="Une réponse dit qui la donne, et une date accordée ou un motif de refus.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidature}, jusqu'au {self.until:%d/%m/%Y}"
