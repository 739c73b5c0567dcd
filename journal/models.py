"""What happened (events), what must follow (deliveries), what was written to whom (letters)."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

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
    """The end of the chain: one row (made by a migration), locked while an event is added."""

    seq = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "tête du journal"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="head_is_one_row")]

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


class DeliveryState(models.TextChoices):
    PENDING = "pending", "à faire"
    RUNNING = "running", "en cours"
    DONE = "done", "fait"
    FAILED = "failed", "en échec"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: datetime) -> "DeliveryQuerySet":
        """Keep what may be tried now: ripe, or left by a worker that died.

        The effects of one event are taken in their declared order: none before the earlier ones have been tried, none
        while one is running. An effect that waits after a failure does not hold the next ones.
        """
        earlier = Delivery.objects.filter(event=OuterRef("event"), pk__lt=OuterRef("pk"))
        first = earlier.filter(Q(state=DeliveryState.RUNNING) | Q(state=DeliveryState.PENDING, attempts=0))
        ripe = Q(state=DeliveryState.PENDING, next_try_at__lte=now)
        abandoned = Q(state=DeliveryState.RUNNING, leased_until__lte=now)
        return self.filter(ripe | abandoned).exclude(Exists(first)).order_by("pk")


class Delivery(models.Model):
    """One effect owed by one event. The row is the work queue; Redis only says « look ».

    `leased_until` tells when a worker that died in the middle (`RUNNING`) is given up and the effect tried again.
    """

    State = DeliveryState

    event = models.ForeignKey(Event, models.RESTRICT, related_name="deliveries")
    reaction = models.CharField(max_length=150)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "suite à donner"
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("event", "reaction"), name="delivery_once"),
            one_of("state", DeliveryState, "delivery_state_known"),
            models.CheckConstraint(
                condition=Q(state="running", leased_until__isnull=False) | (~Q(state="running") & Q(leased_until=None)),
                name="delivery_leased_while_running",
                violation_error_message="Une suite en cours, et elle seule, porte la fin de son bail.",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | (~Q(state="done") & Q(done_at=None)),
                name="delivery_dated_when_done",
                violation_error_message="Une suite faite, et elle seule, porte la date où elle l'a été.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=("next_try_at",), name="delivery_waiting", condition=Q(state__in=["pending", "running"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.reaction} ({self.get_state_display()})"


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self, now: datetime, *, attempts: int) -> "LetterQuerySet":
        """Keep the letters to send now, the oldest first; one tried `attempts` times in vain is left alone."""
        waiting = self.readable().filter(sent_at=None, next_try_at__lte=now, attempts__lt=attempts)
        return waiting.filter(recipient__is_active=True).order_by("pk")

    def readable(self) -> "LetterQuerySet":
        """Keep the letters whose recipient may still read what they are about."""
        return self.filter(withdrawn_at=None)


class Letter(models.Model):
    """A letter as it was written: kept, shown in the file, then sent. Unique per event, kind and recipient.

    `url` is a path of this site, or empty. `next_try_at` is when it may be sent, or sent again after a failure.
    `withdrawn_at` is when the recipient lost the right to read what it is about: neither sent nor shown any more.
    """

    event = models.ForeignKey(Event, models.RESTRICT, related_name="letters")
    kind = models.CharField(max_length=60)
    subject_ref = models.CharField(max_length=80, db_index=True)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="letters")
    title = models.CharField("objet", max_length=250)
    body = models.TextField("texte")
    url = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField("retiré le", null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "courrier"
        ordering = ("-written_at", "-pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=("event", "kind", "recipient"), name="letter_once")]
        indexes: ClassVar = [models.Index(fields=("next_try_at",), name="letter_waiting", condition=Q(sent_at=None))]

    def __str__(self) -> str:
        return self.title
