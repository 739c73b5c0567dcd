"""The day of a séance: opened, presided, closed, or found without its quorum."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from commission import agenda, locks, seating
from commission.kinds import ATTENDING, SeanceState
from commission.models import Member, Poll, Presence, Seance
from commission.refusing import because, refuse_if, secretary_reasons
from commission.seances import day_of, state_reasons
from journal.record import record
from referencing.refusals import Refusal


def opening_reasons(seance: Seance) -> list[Refusal]:
    """Return why a séance cannot be opened now, whoever presides."""
    members = seating.presences_of(seance)
    quorum = seating.quorum_of(seance, seating.seated_from(members))
    reasons = _roll_reasons(seance, members)
    if not reasons and not quorum.reached:
        reasons.append(
            because("quorum", f"{quorum.sentence} La commission ne peut pas délibérer (CRPA, art. R. 133-10).")
        )
    return reasons


@transaction.atomic
def open_seance(seance: Seance, *, presiding: Member, actor: User) -> Seance:
    locked = locks.seance(seance)
    refuse_if(secretary_reasons(actor) + opening_reasons(locked) + presiding_reasons(locked, presiding))
    locked.state, locked.presiding, locked.opened_at = SeanceState.OPEN, presiding, timezone.now()
    locked.quorum = seating.quorum_of(locked, seating.seated(locked)).sentence
    locked.save(update_fields=["state", "presiding", "opened_at", "quorum"])
    locked.presences.filter(mode__in=ATTENDING).update(arrived_at=locked.opened_at)
    record("seance.opened", locked.subject, actor=actor, data={"presiding": presiding.seat})
    return locked


@transaction.atomic
def preside(seance: Seance, *, presiding: Member, actor: User) -> Seance:
    """Hand the presidency to another member who may preside; not while a vote is open."""
    locked = locks.seance(seance)
    reasons = secretary_reasons(actor) + state_reasons(locked, SeanceState.OPEN) + presiding_reasons(locked, presiding)
    refuse_if(reasons + _poll_reasons(locked))
    locked.presiding = presiding
    locked.save(update_fields=["presiding"])
    record("seance.presiding", locked.subject, actor=actor, data={"presiding": presiding.seat})
    return locked


def closing_reasons(seance: Seance) -> list[Refusal]:
    reasons = state_reasons(seance, SeanceState.OPEN)
    for item in seance.items.live().select_related("candidature"):
        reasons.append(because("item", f"Le point {item.order} ({item.candidature}) n'est ni conclu ni ajourné."))
    return reasons


@transaction.atomic
def close_seance(seance: Seance, *, actor: User) -> Seance:
    """Close a séance whose every item is concluded or adjourned. The procès-verbal leaves by the outbox."""
    locked = locks.seance(seance)
    refuse_if(secretary_reasons(actor) + closing_reasons(locked))
    return _close(locked, actor)


def want_of_quorum_reasons(seance: Seance) -> list[Refusal]:
    """Return why the lack of quorum cannot be recorded: the roll is not called, or the quorum is there."""
    members = seating.presences_of(seance)
    quorum = seating.quorum_of(seance, seating.seated_from(members))
    reasons = [] if seance.is_running else _roll_reasons(seance, members)
    if not reasons and quorum.reached:
        reasons.append(because("quorum", quorum.sentence))
    return reasons + _poll_reasons(seance)


@transaction.atomic
def close_without_quorum(seance: Seance, *, actor: User) -> Seance:
    """Adjourn everything left and close: a second convocation on the same ordre du jour asks no quorum."""
    locked = locks.seance(seance)
    refuse_if(secretary_reasons(actor) + want_of_quorum_reasons(locked))
    for item in locked.items.live():
        agenda.adjourn_item(item, actor=actor, motive=agenda.WANT_OF_QUORUM)
    locked.quorum, locked.without_quorum = seating.quorum_of(locked, seating.seated(locked)).sentence, True
    locked.save(update_fields=["quorum", "without_quorum"])
    return _close(locked, actor)


def presiding_reasons(seance: Seance, member: Member) -> list[Refusal]:
    presence = seance.presences.filter(member=member).first()
    if not member.can_preside:
        return [because("presiding", f"{member} ne peut pas présider : seuls les coprésidents le peuvent.")]
    if presence is None or presence.mode not in ATTENDING:
        return [because("presiding", f"{member} n'est pas en séance et ne peut pas la présider.")]
    return []


def _roll_reasons(seance: Seance, presences: list[Presence]) -> list[Refusal]:
    reasons = state_reasons(seance, SeanceState.CONVENED)
    if day_of(seance) > timezone.localdate():
        reasons.append(because("day", "La séance ne peut pas commencer avant le jour de la convocation."))
    waiting = [str(presence.member) for presence in presences if presence.noted_at is None]
    if waiting:
        reasons.append(because("roll", f"Faites l'appel : il reste à noter {', '.join(waiting)}."))
    return reasons


def _close(locked: Seance, actor: User) -> Seance:
    locked.state, locked.closed_at = SeanceState.CLOSED, timezone.now()
    locked.save(update_fields=["state", "closed_at"])
    record("seance.closed", locked.subject, actor=actor, data={"without_quorum": locked.without_quorum})
    return locked


def _poll_reasons(seance: Seance) -> list[Refusal]:
    voting = Poll.objects.filter(item__seance=seance, closed_at__isnull=True).exists()
    return [because("poll", "Un vote est ouvert : closez-le d'abord.")] if voting else []
