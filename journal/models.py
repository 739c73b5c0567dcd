"""What happened (events), what must follow (deliveries), what was written to whom (letters)."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from kit.constraints import one_of


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, subject: str) -> "EventQuerySet":
        return self.filter(subject=subject)

    def newest_first(self) -> "EventQuerySet":
        return self.order_by("-seq")


class Event(models.Model):
    """One fact, never changed. `hash` covers `previous_hash` and every other column (journal/chain.py).

    `subject` is the public reference of what it is about, e.g. "MES-2026-0007"; `data` is plain JSON.
    """

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+"
    )  # RESTRICT: a person who acted cannot vanish from the chain
    data = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "événement"
        ordering = ("seq",)
        indexes: ClassVar = [models.Index(fields=("subject", "seq"), name="event_by_subject")]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.subject}"


class Head(models.Model):
    """The end of the chain: one row, locked while an event is added."""

    seq = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "tête du journal"
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="head_is_one_row")]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash}"


class Delivery(models.Model):
    """One effect owed by one event. The row is the work queue; Redis only says « look »."""

    class State(models.TextChoices):
        PENDING = "pending", "à faire"
        RUNNING = "running", "en cours"
        DONE = "done", "fait"
        FAILED = "failed", "en échec"

    event = models.ForeignKey(Event, models.RESTRICT, related_name="deliveries")
    reaction = models.CharField(max_length=150)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        verbose_name = "suite à donner"
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("event", "reaction"), name="delivery_once"),
            one_of("state", State, "delivery_state_known"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=("next_try_at",), name="delivery_waiting", condition=models.Q(state__in=["pending", "running"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.reaction} ({self.get_state_display()})"


class Letter(models.Model):
    """A letter as it was written: kept, shown in the file, then sent. Unique per event, kind and recipient."""

    event = models.ForeignKey(Event, models.RESTRICT, related_name="letters")
    kind = models.CharField(max_length=60)
    subject_ref = models.CharField(max_length=80, db_index=True)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="letters")
    title = models.CharField("objet", max_length=250)
    body = models.TextField("texte")
    url = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        verbose_name = "courrier"
        ordering = ("-written_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("event", "kind", "recipient"), name="letter_once")
        ]

    def __str__(self) -> str:
        return self.title
