"""A scrutin: opened by the secretary, one ballot per voice, closed and counted."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from commission import law, locks, rules, seating, tally
from commission.kinds import Choice, ItemState
from commission.law import Seated
from commission.models import AgendaItem, Ballot, Member, Poll
from commission.refusing import because, is_secretary, refuse_if, secretary_reasons
from journal.record import record
from referencing.refusals import Refusal

Reserves = Sequence[Mapping[str, Any]]


def poll_opening_reasons(item: AgendaItem) -> list[Refusal]:
    """Return why no proposition can be put to the vote on this item now."""
    if not item.seance.is_running or item.state != ItemState.OPEN:
        return [because("item", "Ce point n'est pas en cours d'examen.")]
    reasons = []
    polls = list(item.polls.all())
    if any(poll.is_open for poll in polls):
        reasons.append(because("poll", "Un vote est déjà ouvert sur ce point."))
    if any(poll.is_adopted for poll in polls):
        reasons.append(because("adopted", "Une proposition est déjà adoptée : rendez l'avis."))
    quorum = seating.quorum_of(item.seance, seating.seated(item.seance), seating.recused_from(item))
    if not quorum.reached:
        reasons.append(because("quorum", quorum.sentence))
    return reasons


@transaction.atomic
def open_poll(item: AgendaItem, *, proposition: str, actor: User, reserves: Reserves = ()) -> Poll:
    """Put an avis to the vote. `reserves` are {text, suspensive, deadline}; they are numbered R1, R2…"""
    fresh = locks.item(item)
    problems = [because("proposition", sentence) for sentence in law.proposition_problems(proposition, reserves)]
    refuse_if(secretary_reasons(actor) + poll_opening_reasons(fresh) + problems)
    seance = fresh.seance
    recused = seating.recused_from(fresh)
    poll = Poll.objects.create(
        item=fresh,
        proposition=proposition,
        reserves=[{**reserve, "id": f"R{rank}"} for rank, reserve in enumerate(reserves, start=1)],
        presiding_id=None if seance.presiding_id in recused else seance.presiding_id,
        opened_at=timezone.now(),
    )
    data = {"item": fresh.candidature.reference, "proposition": proposition, "reserves": len(reserves)}
    record("seance.poll_opened", seance.subject, actor=actor, data=data)
    return poll


@transaction.atomic
def cast(poll: Poll, member: Member, choice: Choice, *, actor: User) -> Ballot:
    """Hand in the ballot of a member: by themselves, by the holder of their mandate, by the secretary for a substitute.

    The scrutin is locked: of two ballots for the same voice, one is refused. A ballot does not change.
    """
    locked = locks.poll(poll)
    refuse_if(ballot_reasons(locked, member, actor))
    return Ballot.objects.create(poll=locked, member=member, choice=choice, cast_by=actor, cast_at=timezone.now())


def ballot_reasons(poll: Poll, member: Member, actor: User) -> list[Refusal]:
    """Return why this person may not hand in this member's ballot; [] when they may."""
    if not poll.is_open:
        return [because("closed", "Le vote est clos : votre bulletin n'a pas été enregistré.")]
    members = seating.seated(poll.item.seance)
    recused = seating.recused_from(poll.item)
    if member.pk not in _voices_of(actor, poll, members, recused):
        return [because("right", _why_not(actor, member, poll, members, recused))]
    if Ballot.objects.filter(poll=poll, member=member).exists():
        return [because("voted", f"Le vote de {member} est déjà enregistré : un vote ne se change pas.")]
    return []


def poll_closing_reasons(poll: Poll) -> list[Refusal]:
    """Return why a scrutin cannot be closed: it already is. Voices still awaited hold nothing back."""
    return [] if poll.is_open else [because("closed", "Ce vote est déjà clos.")]


@transaction.atomic
def close_poll(poll: Poll, *, actor: User) -> Poll:
    """Close a scrutin and count it. A proposition that fails leaves the item open: another may be put to the vote."""
    locks.seance(poll.item.seance)
    locked = locks.poll(poll)
    refuse_if(secretary_reasons(actor) + poll_closing_reasons(locked))
    members = seating.seated(locked.item.seance)
    recused = seating.recused_from(locked.item)
    ballots = {ballot.member_id: Choice(ballot.choice) for ballot in locked.ballots.all()}
    # Whoever voted was there when they did, even if they have left since.
    entitled = {member.id for member in law.taking_part(members, recused)} | set(ballots)
    quorum = seating.quorum_of(locked.item.seance, members, recused)
    found = tally.count(ballots, entitled, rules.current(), quorum=quorum, presiding=locked.presiding_id)
    locked.closed_at = timezone.now()
    locked.result = {**found.as_json(), "quorum": quorum.sentence}
    locked.save(update_fields=["closed_at", "result"])
    data = {"item": locked.item.candidature.reference, "proposition": locked.proposition, **found.as_json()}
    record("seance.poll_closed", locked.item.seance.subject, actor=actor, data=data)
    return locked


def _voices_of(actor: User, poll: Poll, members: list[Seated], recused: frozenset[int]) -> set[int]:
    """Return the members whose ballot this person may hand in."""
    voices = {member.id for member in law.collected_by_secretary(members, recused)} if is_secretary(actor) else set()
    own = seating.member_of(actor, poll.item.seance)
    return voices | set(law.standing(own.pk, members, recused).carries) if own else voices


def _why_not(actor: User, member: Member, poll: Poll, members: list[Seated], recused: frozenset[int]) -> str:
    if is_secretary(actor):
        return "Le secrétariat ne recueille que la voix d'un suppléant."
    own = seating.member_of(actor, poll.item.seance)
    if own is None:
        return "Vous ne siégez pas à cette séance."
    standing = law.standing(own.pk, members, recused)
    return standing.sentence if own == member or not standing.may_vote else f"Vous ne portez pas la voix de {member}."
