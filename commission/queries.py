"""The vocabulary of lists of séances, and the one place that says who may read one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from accounts.roles import Role
from commission.kinds import SeanceState
from referencing import access

if TYPE_CHECKING:
    from commission.models.seance import Seance  # noqa: F401 — named in the type of the queryset
    from referencing.access import AnyUser

# Global roles that read every séance; members read those they are convened to.
STAFF = (Role.SECRETARY, Role.SUPPORT, Role.AUDITOR)


class SeanceQuerySet(models.QuerySet["Seance"]):
    def visible_to(self, user: AnyUser) -> SeanceQuerySet:
        """Every séance for the staff; for a member in office, those they are or were convened to."""
        if not user.is_authenticated:
            return self.none()
        if any(role in STAFF for role in access.global_roles(user)):
            return self.all()
        today = timezone.localdate()
        # The mandate of today may not be the one that sat: whoever is renewed keeps their past séances.
        mine = models.Q(
            presences__member__user=user,
            presences__member__user__commission_mandates__mandate_from__lte=today,
            presences__member__user__commission_mandates__mandate_to__gte=today,
        )
        return self.filter(mine).exclude(state=SeanceState.PLANNED).distinct()

    def locked(self) -> SeanceQuerySet:
        return self.select_for_update(of=("self",))

    def ahead(self) -> SeanceQuerySet:
        """Not closed yet, the soonest first."""
        return self.exclude(state=SeanceState.CLOSED).order_by("starts_at", "pk")

    def closed(self) -> SeanceQuerySet:
        """The latest first."""
        return self.filter(state=SeanceState.CLOSED).order_by("-starts_at", "-pk")
