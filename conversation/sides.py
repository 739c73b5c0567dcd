"""Who speaks in the thread of a candidature, on which side, and who keeps the internal notes. The readers of this room.

No right of its own: the right to answer makes one of the éditeur's team, the right to admit makes one of the support,
the right to judge makes an expert. Whoever loses it reads nothing more at their next request.
"""

from django.http import Http404

from accounts.models import User
from accounts.roles import Role
from conversation.models import Side
from referencing import access
from referencing.models import Candidature
from referencing.queries import CandidatureQuerySet


def side_of(user: User, candidature: Candidature) -> Side | None:
    """Return the side on which a person speaks about this candidature, None when they do not."""
    if access.may(user, "answer", candidature):
        return Side.EDITOR
    return Side.SUPPORT if access.may(user, "admit", candidature) else None


def may_note(user: User, candidature: Candidature) -> bool:
    """Say whether a person keeps and reads the internal notes: the support and the experts, never the éditeur's team."""
    if access.may(user, "answer", candidature):
        return False
    return access.may(user, "admit", candidature) or access.may(user, "judge", candidature)


def get_conversing(user: User, reference: str) -> tuple[Candidature, Side]:
    """Return a candidature with the side of this person in its thread; 404 for anybody else."""
    candidature = access.get_visible(user, reference)
    side = side_of(user, candidature)
    if side is None:
        raise Http404("fil de messages")
    return candidature, side


def get_noted(user: User, reference: str) -> Candidature:
    """Return a candidature whose internal notes this person may read; 404 for anybody else."""
    candidature = access.get_visible(user, reference)
    if not may_note(user, candidature):
        raise Http404("notes internes")
    return candidature


def side_at_home(user: User) -> Side:
    """Return the side on which a person reads the list of threads: an agent of the support reads those of everybody."""
    return Side.SUPPORT if is_support(user) else Side.EDITOR


def is_support(user: User) -> bool:
    return Role.SUPPORT in access.global_roles(user)


def conversing(user: User) -> CandidatureQuerySet:
    """Return every candidature in whose thread this person speaks, on the side of `side_at_home`."""
    readable = access.visible_to(user)
    if is_support(user):
        return readable.filter(submitted_at__isnull=False)
    return readable.filter(service__organisation__memberships__user=user)
