"""Déport: a member with a personal interest takes no part in an item, and reads it no more (CRPA, art. R. 133-12)."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from commission import locks
from commission.kinds import SeanceState
from commission.models import AgendaItem, Ballot, Member, Recusal
from commission.refusing import because, is_secretary, refuse_if
from journal.record import record
from referencing import access
from referencing.refusals import Refusal

EVALUATED_IT = "Évaluateur de ce dossier."
DECLARED_AN_INTEREST = "Intérêt avec l'éditeur, déclaré comme expert."


def recusal_reasons(item: AgendaItem, member: Member) -> list[Refusal]:
    """Return why a member can no longer withdraw from an item."""
    reasons = []
    if item.seance.state not in (SeanceState.CONVENED, SeanceState.OPEN) or not item.is_live:
        reasons.append(because("item", "Ce point n'est plus à examiner."))
    if not item.seance.presences.filter(member=member).exists():
        reasons.append(because("member", f"{member} ne siège pas à cette séance."))
    if item.recusals.filter(member=member).exists():
        reasons.append(because("recused", f"Le déport de {member} est déjà enregistré."))
    took_part = Q(member=member) | Q(cast_by=member.user)
    if Ballot.objects.filter(took_part, poll__item=item).exists():
        reasons.append(
            because("voted", f"{member} a déjà pris part à un vote sur ce point : le déport n'est plus possible.")
        )
    return reasons


@transaction.atomic
def declare_recusal(item: AgendaItem, member: Member, *, motive: str, actor: User) -> Recusal:
    """Record a déport, declared by the member or written down by the secretary, and close the file to them at once."""
    fresh = locks.item(item)
    locks.open_polls(fresh.seance)
    reasons = recusal_reasons(fresh, member)
    if actor != member.user and not is_secretary(actor):
        reasons.append(because("right", "Un déport est déclaré par le membre lui-même ou noté par le secrétariat."))
    if not motive.strip():
        reasons.append(because("motive", "Dites en une phrase quel intérêt conduit au déport."))
    refuse_if(reasons)
    recusal = Recusal.objects.create(
        item=fresh, member=member, motive=motive.strip(), declared_at=timezone.now(), declared_by=actor
    )
    access.revoke(member.user, fresh.candidature, Role.MEMBER)
    data = {"item": fresh.candidature.reference, "seat": member.seat}
    record("seance.recusal", fresh.seance.subject, actor=actor, data=data)
    return recusal


@transaction.atomic
def withdraw_beforehand(item: AgendaItem, members: Sequence[Member], *, actor: User) -> None:
    """Withdraw those who cannot take part, before the candidature opens to the others. Harmless twice."""
    _carry(item, members)
    _withdraw_evaluators(item, members, actor)


def _carry(item: AgendaItem, members: Sequence[Member]) -> None:
    """A déport is a person's: it outlives the item and the mandate under which it was declared."""
    told = Recusal.objects.filter(item__candidature=item.candidature).select_related("member").order_by("-pk")
    first = {recusal.member.user_id: recusal for recusal in told}
    bound = set(item.recusals.values_list("member", flat=True))
    Recusal.objects.bulk_create(
        Recusal(
            item=item,
            member=member,
            motive=earlier.motive,
            declared_at=earlier.declared_at,
            declared_by_id=earlier.declared_by_id,
        )
        for member in members
        if member.pk not in bound and (earlier := first.get(member.user_id))
    )


def _withdraw_evaluators(item: AgendaItem, members: Sequence[Member], actor: User) -> None:
    """Whoever evaluated a candidature, even if they were taken off it since, gives no avis on their own work.

    An interest declared as an expert holds for the member too.
    """
    judged = Q(assignments__in=item.candidature.assignments.active()) | Q(verdicts__candidature=item.candidature)
    reasons = dict.fromkeys(User.objects.filter(judged).values_list("pk", flat=True), EVALUATED_IT)
    interested = item.candidature.expert_replies.recusals().values_list("expert", flat=True)
    reasons |= dict.fromkeys(interested, DECLARED_AN_INTEREST)
    bound = set(item.recusals.values_list("member", flat=True))
    for member in members:
        if member.user_id in reasons and member.pk not in bound:
            Recusal.objects.create(
                item=item,
                member=member,
                motive=reasons[member.user_id],
                declared_at=timezone.now(),
                declared_by=actor,
            )
            data = {"item": item.candidature.reference, "seat": member.seat}
            record("seance.recusal", item.seance.subject, actor=actor, data=data)
