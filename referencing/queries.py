"""The vocabulary of lists of candidatures."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from referencing.stages import FINAL, OPEN, Stage

if TYPE_CHECKING:
    from referencing.models import Candidature  # noqa: F401 named as text below: the model imports this module


class CandidatureQuerySet(models.QuerySet["Candidature"]):
    def locked(self) -> "CandidatureQuerySet":
        """Lock the rows read, and only them."""
        return self.select_for_update(of=("self",))

    def at(self, *stages: Stage) -> "CandidatureQuerySet":
        return self.filter(stage__in=stages)

    def open(self) -> "CandidatureQuerySet":
        return self.filter(stage__in=OPEN)

    def closed(self) -> "CandidatureQuerySet":
        return self.filter(stage__in=FINAL)

    def late(self, today: date) -> "CandidatureQuerySet":
        return self.open().filter(deadline__lt=today)

    def with_names(self) -> "CandidatureQuerySet":
        """Bring what a line of a list shows, in the same query."""
        return self.select_related("service__organisation")

    def soonest_first(self) -> "CandidatureQuerySet":
        return self.order_by(models.F("deadline").asc(nulls_last=True), "stage_since", "pk")
