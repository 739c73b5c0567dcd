"""The ordre du jour: putting candidatures on it, passing from one item to the next, taking them off."""

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from accounts.models import User
from commission import locks, recusals, tally
from commission.kinds import ItemState, SeanceState
from commission.members import close_to_members, open_to_members
from commission.models import AgendaItem, Member, Poll, Seance
from commission.refusing import because, refuse_if, secretary_reasons
from journal.record import record
from referencing import door
from referencing.models import Candidature
from referencing.refusals import Refusal
from referencing.stages import Stage

WANT_OF_QUORUM = "Quorum non atteint : l'examen est renvoyé à une seconde convocation (CRPA, art. R. 133-10)."
WITHDRAWN = "Candidature retirée par l'éditeur."


def entry_reasons(seance: Seance) -> list[Refusal]:
    """Return why nothing more can be put on this ordre du jour: it left with the convocation."""
    if seance.state == SeanceState.PLANNED:
        return []
    return [
        because(
            "agenda", "L'ordre du jour est parti avec la convocation : il ne peut plus changer (CRPA, art. R. 133-8)."
        )
    ]


@transaction.atomic
def put_on_agenda(
    seance: Seance, candidature: Candidature, *, actor: User, rapporteur: str = "", seen: int | None = None
) -> AgendaItem:
    """Put an evaluated candidature on the ordre du jour and open it to the members in office on the day.

    Whoever withdrew when the same candidature was on an earlier ordre du jour stays withdrawn; whoever evaluated it
    is withdrawn.
    """
    locked = locks.seance(seance)
    refuse_if(entry_reasons(locked))
    day = timezone.localdate(locked.starts_at)
    payload = {"seance": locked.number, "date": day.isoformat()}
    moved = door.move(candidature, "schedule", actor=actor, payload=payload, seen=seen)
    last = locked.items.aggregate(last=Max("order"))["last"] or 0
    item = AgendaItem.objects.create(seance=locked, candidature=moved, order=last + 1, rapporteur=rapporteur)
    members = list(Member.objects.sitting(day))
    recusals.withdraw_beforehand(item, members, actor=actor)
    open_to_members(item, members)
    return item


@transaction.atomic
def open_item(item: AgendaItem, *, actor: User) -> AgendaItem:
    """Pass to an item: it becomes what every screen shows."""
    fresh = locks.item(item)
    refuse_if(secretary_reasons(actor) + item_opening_reasons(fresh))
    fresh.state = ItemState.OPEN
    fresh.save(update_fields=["state"])
    record("seance.item_opened", fresh.seance.subject, actor=actor, data={"item": fresh.candidature.reference})
    return fresh


def item_opening_reasons(item: AgendaItem) -> list[Refusal]:
    reasons = []
    if not item.seance.is_running:
        reasons.append(because("state", "La séance n'est pas ouverte."))
    if item.state != ItemState.PENDING:
        reasons.append(because("item", f"Ce point est « {item.get_state_display().lower()} »."))
    current = item.seance.items.filter(state=ItemState.OPEN).exclude(pk=item.pk).first()
    if current:
        reasons.append(
            because("current", f"Le point {current.order} est en cours : concluez-le ou ajournez-le d'abord.")
        )
    return reasons


def adjournment_reasons(item: AgendaItem) -> list[Refusal]:
    reasons = []
    if not item.is_live or item.seance.state == SeanceState.CLOSED:
        reasons.append(
            because("item", f"Ce point est « {item.get_state_display().lower()} » : il n'y a plus rien à ajourner.")
        )
    if Poll.objects.filter(item=item, closed_at__isnull=True).exists():
        reasons.append(because("poll", "Un vote est ouvert : closez-le d'abord."))
    return reasons


@transaction.atomic
def adjourn_item(item: AgendaItem, *, actor: User, motive: str, seen: int | None = None) -> None:
    """Take a candidature off the ordre du jour with a motive: it goes back to « évaluée », closed to the members."""
    fresh = locks.item(item)
    refuse_if(adjournment_reasons(fresh))
    door.move(
        fresh.candidature, "adjourn", actor=actor, payload={"motive": motive, "seance": fresh.seance.number}, seen=seen
    )
    _take_off(fresh, motive)


@transaction.atomic
def drop(item: AgendaItem) -> None:
    """Take off an item whose candidature was withdrawn by its éditeur; an open scrutin is void."""
    fresh = locks.item(item)
    if not fresh.is_live:
        return
    # Another item may be at the vote: its scrutin goes on.
    for poll in [one for one in locks.open_polls(fresh.seance) if one.item_id == fresh.pk]:
        poll.closed_at, poll.result = timezone.now(), tally.void(WITHDRAWN)
        poll.save(update_fields=["closed_at", "result"])
    _take_off(fresh, WITHDRAWN)


def left_for_want_of_quorum(first: Seance, second: Seance) -> set[int]:
    """Return the candidatures that a second convocation must take up again.

    Those withdrawn, put on another ordre du jour or settled since are left out: they can no longer be on this one.
    """
    left = first.items.filter(state=ItemState.ADJOURNED, motive=WANT_OF_QUORUM)
    free = Q(candidature__stage=Stage.EVALUATED) | Q(candidature__in=second.items.values("candidature"))
    return set(left.filter(free).values_list("candidature", flat=True))


def _take_off(item: AgendaItem, motive: str) -> None:
    """Before the convocation the item never was; afterwards it stays on the ordre du jour, adjourned."""
    close_to_members(item)
    if item.seance.state == SeanceState.PLANNED:
        item.delete()
        return
    item.state, item.motive = ItemState.ADJOURNED, motive
    item.save(update_fields=["state", "motive"])
