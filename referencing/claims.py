"""Who follows a file at support: take it, take it over, give it, let it go. One holder at a time, never a lock.

Holding a file forbids nothing: whoever acts on the file of a colleague is asked to take it over first
(referencing/middleware.py), says so, and the colleague is told.
"""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from journal.record import record
from referencing import access
from referencing.door import Refused
from referencing.models import Candidature, Claim
from referencing.refusals import Refusal


class Held(Exception):
    """A colleague follows this file; `claim` says who, and since when."""

    def __init__(self, claim: Claim) -> None:
        super().__init__(f"{claim.holder} a déjà ce dossier en charge.")
        self.claim = claim


def claim_of(candidature: Candidature) -> Claim | None:
    return Claim.objects.filter(candidature=candidature).select_related("holder").first()


def agents() -> list[User]:
    """Return the people of support, who may be given a file."""
    return list(User.objects.filter(is_active=True, groups__name=Role.SUPPORT.value))


@transaction.atomic
def take(candidature: Candidature, *, actor: User) -> Claim:
    """Follow a file that nobody follows; nothing changes for whoever follows it already. Raises `Held`, `Refused`."""
    current = _current(candidature, actor)
    if current is None:
        return _hold(candidature, actor, kind="claim.taken", actor=actor)
    if current.holder_id != actor.pk:
        raise Held(current)
    return current


@transaction.atomic
def take_over(candidature: Candidature, *, actor: User) -> Claim:
    """Follow a file instead of whoever does, knowingly. Raises `Refused`."""
    current = _current(candidature, actor)
    if current and current.holder_id == actor.pk:
        return current
    return _hold(candidature, actor, kind="claim.taken_over" if current else "claim.taken", actor=actor, former=current)


@transaction.atomic
def give(candidature: Candidature, holder: User, *, actor: User) -> Claim:
    """Put a file in the hands of a colleague, whoever held it. Raises `Refused`."""
    current = _current(candidature, actor)
    if not holder.is_active or not access.may(holder, "claim", candidature):
        raise Refused([Refusal("holder", f"{holder} ne fait pas partie du support.", "le support")])
    if current and current.holder_id == holder.pk:
        return current
    return _hold(candidature, holder, kind="claim.given", actor=actor, former=current)


@transaction.atomic
def release(candidature: Candidature, *, actor: User) -> None:
    """Let a file go; nothing happens when nobody follows it. Raises `Held` for that of a colleague, `Refused`."""
    current = _current(candidature, actor)
    if current is None:
        return
    if current.holder_id != actor.pk:
        raise Held(current)
    current.delete()
    record("claim.released", candidature.reference, actor=actor, data={"former": actor.pk})


def _current(candidature: Candidature, actor: User) -> Claim | None:
    """Return who follows the file. Its row stays locked until the end: of two who claim at once, one finds the other."""
    if not access.may(actor, "claim", candidature):
        raise Refused([Refusal("right", "Prendre un dossier en charge revient au support.", "le support")])
    Candidature.objects.locked().get(pk=candidature.pk)
    return claim_of(candidature)


def _hold(candidature: Candidature, holder: User, *, kind: str, actor: User, former: Claim | None = None) -> Claim:
    data = {"holder": holder.pk, "former": former.holder_id if former else None}
    claim, _ = Claim.objects.update_or_create(
        candidature=candidature, defaults={"holder": holder, "since": timezone.now()}
    )
    record(kind, candidature.reference, actor=actor, data=data)
    return claim
