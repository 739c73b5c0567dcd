"""The ordre du jour, those who withdraw from an item, those who want their disagreement written down."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from commission.kinds import LIVE, ItemState
from commission.models.member import Member
from commission.models.seance import Seance
from kit.constraints import one_of
from referencing.models import Candidature


class ItemQuerySet(models.QuerySet["AgendaItem"]):
    def live(self) -> "ItemQuerySet":
        """Items neither concluded nor adjourned."""
        return self.filter(state__in=LIVE)


class AgendaItem(models.Model):
    """A candidature on the ordre du jour of a séance."""

    State = ItemState

    seance = models.ForeignKey(Seance, models.RESTRICT, related_name="items")
    candidature = models.ForeignKey(Candidature, models.RESTRICT, related_name="agenda_items")
    order = models.PositiveSmallIntegerField("rang")
    state = models.CharField("état", max_length=10, choices=ItemState, default=ItemState.PENDING)
    rapporteur = models.CharField("rapporteur", max_length=150, blank=True)
    motive = models.TextField("motif de l'ajournement", blank=True, max_length=2000)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "point de l'ordre du jour"
        ordering = ("order",)
        constraints: ClassVar = [
            one_of("state", ItemState, "item_state_known"),
            models.UniqueConstraint(fields=("seance", "order"), name="item_order_once"),
            models.UniqueConstraint(
                fields=("seance", "candidature"),
                name="item_once_per_seance",
                violation_error_message="Cette candidature est déjà à l'ordre du jour de la séance.",
            ),
            models.UniqueConstraint(
                fields=("candidature",),
                condition=models.Q(state__in=sorted(LIVE)),
                name="item_live_once",
                violation_error_message="Cette candidature est déjà inscrite à une séance.",
            ),
            models.UniqueConstraint(
                fields=("seance",),
                condition=models.Q(state=ItemState.OPEN),
                name="item_one_open",
                violation_error_message="Un autre point est en cours d'examen.",
            ),
        ]

    def __str__(self) -> str:
        return f"point {self.order}, {self.candidature}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE


class Recusal(models.Model):
    """A member withdraws from an item for a personal interest (CRPA, art. R. 133-12). Final for that item."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="recusals")
    member = models.ForeignKey(Member, models.RESTRICT, related_name="recusals")
    motive = models.TextField("motif", max_length=2000)
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "déport"
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("item", "member"),
                name="recusal_once",
                violation_error_message="Ce membre s'est déjà déporté de ce point.",
            )
        ]

    def __str__(self) -> str:
        return f"déport de {self.member}, {self.item}"


class Dissent(models.Model):
    """« Tout membre peut demander qu'il soit fait mention de son désaccord avec l'avis rendu » (R. 133-13)."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="dissents")
    member = models.ForeignKey(Member, models.RESTRICT, related_name="dissents")
    statement = models.TextField("mention portée au procès-verbal", blank=True, max_length=2000)
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name = "mention de désaccord"
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("item", "member"),
                name="dissent_once",
                violation_error_message="Votre désaccord figure déjà au procès-verbal.",
            )
        ]

    def __str__(self) -> str:
        return f"désaccord de {self.member}, {self.item}"
