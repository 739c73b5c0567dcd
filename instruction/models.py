"""What support keeps for its own work: named lists, and the gestures done on many files at once."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from kit.constraints import one_of
from referencing.models import Candidature

LONGEST = 1000  # signs of the filters of a view


class SavedView(models.Model):
    """A list under a name: its filters and its order as the address of the desk writes them. `is_shared`: for all of support."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = models.CharField("nom", max_length=60)
    query = models.CharField("filtres", max_length=LONGEST, blank=True)
    is_shared = models.BooleanField("partagée avec le support", default=False)

    class Meta:
        verbose_name = "vue enregistrée"
        ordering = ("name", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("owner", "name"),
                name="saved_view_named_once",
                violation_error_message="Vous avez déjà une vue de ce nom.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class FirstView(models.Model):
    """The list a person opens on: one of theirs, or one that a colleague shared."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="first_view")
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "vue d'ouverture"

    def __str__(self) -> str:
        return f"{self.person_id} ouvre sur {self.view_id}"


class Gesture(models.TextChoices):
    """What may be done on many files at once."""

    GIVE = "give", "Confier"
    ADMIT = "admit", "Déclarer recevables"
    REMIND = "remind", "Relancer l'éditeur"


class Batch(models.Model):
    """One gesture on many files, asked for once: `key` comes with the form, so that a form sent twice is one batch."""

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    gesture = models.CharField("geste", max_length=10, choices=Gesture)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    takes_over = models.BooleanField("reprend les dossiers des collègues", default=False)
    note = models.TextField("note", max_length=2000, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    asked_at = models.DateTimeField("demandé le")

    class Meta:
        verbose_name = "geste groupé"
        ordering = ("-asked_at", "-pk")
        indexes: ClassVar = [models.Index(fields=("asked_by", "-asked_at"), name="batch_of_person")]
        constraints: ClassVar = [
            one_of("gesture", Gesture, "batch_gesture_known"),
            models.CheckConstraint(
                condition=Q(gesture=Gesture.GIVE, holder__isnull=False) | (~Q(gesture=Gesture.GIVE) & Q(holder=None)),
                name="batch_gives_to_somebody",
                violation_error_message="Confier des dossiers demande de dire à qui.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_gesture_display()} ({self.pk})"

    def tally(self) -> dict[str, int]:
        """Return how many files wait, were done, were refused."""
        found = dict(self.lines.values_list("state").annotate(Count("pk")).order_by())
        return {state.value: found.get(state.value, 0) for state in LineState}


class LineState(models.TextChoices):
    WAITING = "waiting", "à faire"
    DONE = "done", "fait"
    REFUSED = "refused", "refusé"


class BatchLine(models.Model):
    """One file of a batch, and what became of it. `seen` is its version when the recap was read."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines")
    candidature = models.ForeignKey(Candidature, models.RESTRICT, related_name="+")
    seen = models.PositiveIntegerField()
    state = models.CharField("état", max_length=10, choices=LineState, default=LineState.WAITING)
    outcome = models.TextField("résultat", blank=True)

    class Meta:
        verbose_name = "ligne d'un geste groupé"
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("batch", "candidature"), name="batch_line_once"),
            one_of("state", LineState, "batch_line_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.candidature_id} ({self.get_state_display()})"
