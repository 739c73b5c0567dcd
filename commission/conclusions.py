"""From an adopted proposition to the avis, and the disagreements that members want written down."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from commission import law, locks, seating
from commission.kinds import ItemState, Mode, SeanceState
from commission.models import AgendaItem, Dissent, Member, Poll, Presence
from commission.refusing import because, refuse_if, secretary_reasons
from referencing import door
from referencing.door import Refused
from referencing.models import Candidature
from referencing.refusals import Refusal


def conclusion_reasons(item: AgendaItem) -> list[Refusal]:
    """Return why the avis cannot be given now: no proposition is adopted."""
    if not item.seance.is_running or item.state != ItemState.OPEN:
        return [because("item", "Ce point n'est pas en cours d'examen.")]
    polls = list(item.polls.all())
    if any(poll.is_open for poll in polls):
        return [because("poll", "Un vote est ouvert : closez-le d'abord.")]
    if not any(poll.is_adopted for poll in polls):
        return [because("adopted", "Aucune proposition n'est adoptée : ouvrez un vote, ou ajournez l'examen.")]
    return []


@transaction.atomic
def conclude_item(item: AgendaItem, *, actor: User, seen: int | None = None) -> Candidature:
    """Give the avis that the commission adopted: files the act AVIS and moves the candidature."""
    fresh = locks.item(item)
    refuse_if(secretary_reasons(actor) + conclusion_reasons(fresh))
    adopted = next(poll for poll in fresh.polls.all() if poll.is_adopted)
    payload = opinion_payload(fresh, adopted)
    moved = door.move(fresh.candidature, "give_opinion", actor=actor, payload=payload, seen=seen)
    fresh.state = ItemState.CLOSED
    fresh.save(update_fields=["state"])
    return moved


def opinion_payload(item: AgendaItem, poll: Poll) -> dict[str, Any]:
    """Return the act AVIS: what was decided, how, and who took part (CRPA, art. R. 133-13)."""
    presences = seating.presences_of(item.seance)
    recused = seating.recused_from(item)
    heard = {member.id for member in law.taking_part(seating.seated_from(presences), recused)}
    result = dict(poll.result or {})
    return {
        "opinion": poll.proposition,
        "reserves": poll.reserves,
        "quorum": result.pop("quorum"),
        "tally": result,
        "seance": item.seance.number,
        "date": timezone.localdate(item.seance.starts_at).isoformat(),
        "present": [_present(p) for p in presences if p.member_id in heard and p.mode != Mode.REPRESENTED],
        "represented": [_represented(p) for p in presences if p.member_id in heard and p.mode == Mode.REPRESENTED],
        "recused": [_named(p) for p in presences if p.member_id in recused],
    }


@transaction.atomic
def record_dissent(item: AgendaItem, *, actor: User, statement: str = "") -> Dissent:
    """Write a member's disagreement with the avis into the procès-verbal, at their request (CRPA, art. R. 133-13)."""
    fresh = locks.item(item)
    member = seating.member_of(actor, fresh.seance)
    if member is None:
        raise Refused([because("member", "Vous ne siégez pas à cette séance.")])
    refuse_if(dissent_reasons(fresh, member))
    return Dissent.objects.create(item=fresh, member=member, statement=statement.strip(), asked_at=timezone.now())


def dissent_reasons(item: AgendaItem, member: Member) -> list[Refusal]:
    """Return why a member's disagreement cannot be written down now."""
    if item.state != ItemState.CLOSED:
        return [because("item", "L'avis n'est pas encore rendu.")]
    reasons = []
    if item.seance.state == SeanceState.CLOSED:
        reasons.append(because("closed", "La séance est close et son procès-verbal établi."))
    if item.recusals.filter(member=member).exists():
        reasons.append(because("recused", "Vous vous êtes déporté de ce point."))
    if item.dissents.filter(member=member).exists():
        reasons.append(because("again", "Votre désaccord figure déjà au procès-verbal."))
    return reasons


def _named(presence: Presence) -> dict[str, str]:
    return {"name": str(presence.member), "title": presence.member.title}


def _present(presence: Presence) -> dict[str, str]:
    return {**_named(presence), "mode": presence.mode, "substitute": presence.substitute}


def _represented(presence: Presence) -> dict[str, str]:
    return {**_named(presence), "by": str(presence.holder)}
