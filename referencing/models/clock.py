"""The facts that the clocks are read from: a date in the world, and apart from it the day when it was entered."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from journal.models import Event
from kit.constraints import in_order, one_of
from referencing.clocks import ClockKind, Fact
from referencing.models.candidature import Candidature

DATED = (ClockKind.SUSPENSION, ClockKind.EXTENSION, ClockKind.SCHEDULING)  # those that give a last day


class ClockFactQuerySet(models.QuerySet["ClockFact"]):
    def in_order(self) -> "ClockFactQuerySet":
        """In the order of the procedure, each fact before its corrections."""
        return self.order_by("candidature", "rank", "edition")


class ClockFact(models.Model):
    """A fact of the procedure, on its own date. Never changed: a correction is another row of the same rank.

    The latest `edition` of a rank is the one that counts; the former ones remain to be read.
    """

    Kind = ClockKind

    candidature = models.ForeignKey(Candidature, models.RESTRICT, related_name="clock_facts")
    rank = models.PositiveSmallIntegerField("rang")
    edition = models.PositiveSmallIntegerField("rectification", default=0)
    kind = models.CharField("fait", max_length=12, choices=ClockKind)
    on = models.DateField("date du fait")
    until = models.DateField("échéance donnée", null=True)
    entered_on = models.DateField("inscrit le")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    motive = models.TextField("motif", max_length=2000, blank=True)
    event = models.ForeignKey(Event, models.RESTRICT, related_name="+")

    objects = ClockFactQuerySet.as_manager()

    class Meta:
        verbose_name = "fait d'horloge"
        ordering = ("candidature", "rank", "edition")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("candidature", "rank", "edition"),
                name="clock_fact_once",
                violation_error_message="Ce fait vient d'être inscrit ou rectifié par quelqu'un d'autre.",
            ),
            one_of("kind", ClockKind, "clock_fact_kind_known"),
            in_order(
                "on", "entered_on", "clock_fact_not_ahead", "Un fait ne peut pas être daté après son inscription."
            ),
            models.CheckConstraint(
                condition=Q(edition=0) | (~Q(motive="") & Q(entered_by__isnull=False)),
                name="clock_fact_correction_has_motive",
                violation_error_message="Une rectification dit pourquoi, et par qui elle est faite.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[*DATED], until__isnull=False) | (~Q(kind__in=[*DATED]) & Q(until=None)),
                name="clock_fact_gives_a_last_day",
                violation_error_message="Une demande, une prolongation et une inscription à une séance, et elles seules, donnent une date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.candidature})"

    @property
    def fact(self) -> Fact:
        return Fact(ClockKind(self.kind), self.on, self.rank, self.until)
