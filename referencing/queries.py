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

    def filed(self) -> "CandidatureQuerySet":
        return self.filter(submitted_at__isnull=False)

    def closed(self) -> "CandidatureQuerySet":
        return self.filter(stage__in=FINAL)

    def late(self, today: date) -> "CandidatureQuerySet":
        return self.open().filter(deadline__lt=today)

    def named(self, text: str) -> "CandidatureQuerySet":
        """Keep those whose reference, service or éditeur holds a text.

        Three searches joined by their numbers rather than one « or »: each reads the index of its own table.
        """
        every = self.model._default_manager.order_by().values("pk")
        return self.filter(
            pk__in=every.filter(reference__icontains=text).union(
                every.filter(service__name__icontains=text),
                every.filter(service__organisation__name__icontains=text),
            )
        )

    def of_editor(self, text: str) -> "CandidatureQuerySet":
        """Keep those of the éditeurs whose name holds a text, or whose SIREN begins so (spaces do not count)."""
        digits = "".join(text.split())
        if digits.isascii() and digits.isdigit():
            return self.filter(service__organisation__siren__startswith=digits)
        return self.filter(service__organisation__name__icontains=text)

    def with_names(self) -> "CandidatureQuerySet":
        """Bring what a line of a list shows, in the same query."""
        return self.select_related("service__organisation")

    def soonest_first(self) -> "CandidatureQuerySet":
        return self.order_by(models.F("deadline").asc(nulls_last=True), "stage_since", "pk")
