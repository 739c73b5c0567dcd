"""Scrutins and ballots."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from commission.kinds import Choice
from commission.models.agenda import AgendaItem
from commission.models.member import Member
from kit.constraints import one_of
from referencing.kinds import Opinion

Q = models.Q


class Poll(models.Model):
    """One proposition put to the vote. `reserves` lists {id, text, suspensive, deadline}; `result` is that of the
    tally (`commission.tally.Tally`) with the sentence of the quorum, written when the vote is closed.
    """

    item = models.ForeignKey(AgendaItem, models.RESTRICT, related_name="polls")
    proposition = models.CharField("avis proposé", max_length=25, choices=Opinion)
    reserves = models.JSONField("réserves", default=list)
    presiding = models.ForeignKey(Member, models.RESTRICT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)

    class Meta:
        verbose_name = "scrutin"
        ordering = ("pk",)
        constraints: ClassVar = [
            one_of("proposition", Opinion, "poll_proposition_known"),
            models.UniqueConstraint(
                fields=("item",),
                condition=Q(closed_at__isnull=True),
                name="poll_one_open",
                violation_error_message="Un vote est déjà ouvert sur ce point.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, result__isnull=True)
                | Q(closed_at__isnull=False, result__isnull=False),
                name="poll_closed_has_result",
                violation_error_message="Un scrutin clos porte son résultat.",
            ),
        ]

    def __str__(self) -> str:
        return f"scrutin « {self.get_proposition_display()} », {self.item}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_adopted(self) -> bool:
        outcome: dict[str, Any] = self.result or {}
        return bool(outcome.get("adopted"))


class Ballot(models.Model):
    """The vote of one member in one scrutin, handed in by themselves, the holder of their mandate, or the secretary
    for a substitute. Written once.
    """

    poll = models.ForeignKey(Poll, models.RESTRICT, related_name="ballots")
    member = models.ForeignKey(Member, models.RESTRICT, related_name="ballots")
    cast_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    choice = models.CharField("vote", max_length=7, choices=Choice)
    cast_at = models.DateTimeField()

    class Meta:
        verbose_name = "bulletin"
        ordering = ("pk",)
        constraints: ClassVar = [
            one_of("choice", Choice, "ballot_choice_known"),
            models.UniqueConstraint(
                fields=("poll", "member"),
                name="ballot_once",
                violation_error_message="Ce membre a déjà voté.",
            ),
        ]

    def __str__(self) -> str:
        return f"bulletin de {self.member}"
