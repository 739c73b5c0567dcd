"""The thread of a candidature, between the éditeur's team and the support: its messages, and who has read each."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from accounts.models import User
from kit.constraints import one_of
from referencing.models import Candidature

LONGEST_MESSAGE = 10_000


class Side(models.TextChoices):
    """The two ends of the thread. The support speaks as one body, whoever writes."""

    EDITOR = "editor", "l'éditeur"
    SUPPORT = "support", "le support"

    @property
    def other(self) -> "Side":
        return Side.SUPPORT if self == Side.EDITOR else Side.EDITOR


class MessageQuerySet(models.QuerySet["Message"]):
    def unread_by(self, reader: User, side: Side) -> "MessageQuerySet":
        """Keep what waits for a reader of this side: written by the other one, and not marked as read.

        Each person of the team reads for themselves. The support is one body: what an agent has read is read.
        """
        receipts = Receipt.objects.filter(message=OuterRef("pk"))
        read = receipts.filter(side=Side.SUPPORT) if side == Side.SUPPORT else receipts.filter(person=reader)
        return self.filter(~Exists(read), side=side.other)

    def unanswered(self) -> "MessageQuerySet":
        """Keep the messages of éditeurs that end their thread: nobody of the support has written since."""
        return self.filter(side=Side.EDITOR, pk=Subquery(Message.latest_of(OuterRef("candidature"))))


class Message(models.Model):
    """One message, kept and shown as it was typed, never changed. `key` is that of the form: sent twice, kept once."""

    Side = Side

    candidature = models.ForeignKey(Candidature, models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    side = models.CharField("écrit par", max_length=10, choices=Side)
    text = models.TextField("message", max_length=LONGEST_MESSAGE)
    key = models.UUIDField("clé du formulaire", default=uuid.uuid4)
    written_at = models.DateTimeField("écrit le")

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message"
        ordering = ("pk",)
        indexes: ClassVar = [models.Index(fields=("candidature", "id"), name="message_in_thread")]
        constraints: ClassVar = [
            one_of("side", Side, "message_side_known"),
            models.UniqueConstraint(
                fields=("candidature", "author", "key"),
                name="message_once_per_form",
                violation_error_message="Ce message est déjà envoyé.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="message_says_something",
                violation_error_message="Un message dit quelque chose.",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    @staticmethod
    def latest_of(candidature: "OuterRef | F") -> "models.QuerySet[Message, int]":
        """The number of the last message of a thread, for a subquery."""
        return Message.objects.filter(candidature=candidature).order_by("-pk").values_list("pk", flat=True)[:1]


class Receipt(models.Model):
    """A person said that they had read a message, or answered it. Written once, never changed."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="receipts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    side = models.CharField("lu par", max_length=10, choices=Side)
    read_at = models.DateTimeField("lu le")

    class Meta:
        verbose_name = "accusé de lecture"
        ordering = ("read_at", "pk")
        constraints: ClassVar = [
            one_of("side", Side, "receipt_side_known"),
            models.UniqueConstraint(
                fields=("message", "person"),
                name="receipt_once",
                violation_error_message="Cette personne a déjà lu ce message.",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.message_id} lu par {self.person_id}"
