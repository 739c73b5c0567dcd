"""A piece of advice, never an obstacle: a single mandated person who leaves takes the keys away."""

from dataclasses import dataclass

from django.db.models import Count, Q

from accounts.models import Membership, Organisation, User
from teams.models import NudgeDismissal


@dataclass(frozen=True)
class Nudge:
    """An organisation whose mandate rests on one person; `is_mine` when that person is the reader."""

    organisation: Organisation
    is_mine: bool


def nudges_for(user: User) -> list[Nudge]:
    """Return the organisations of a person that a single person may bind, but those they set aside. One query."""
    rows = (
        Membership.objects.filter(user=user, nudge_dismissal=None)
        .select_related("organisation")
        .annotate(mandated=Count("organisation__memberships", filter=Q(organisation__memberships__is_mandated=True)))
        .filter(mandated=1)
    )
    return [Nudge(membership.organisation, membership.is_mandated) for membership in rows]


def dismiss(membership: Membership) -> None:
    """Say no more of it to this person, until somebody else is mandated."""
    NudgeDismissal.objects.get_or_create(membership=membership)
