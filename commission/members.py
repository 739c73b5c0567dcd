"""Appointing members, ending their mandates, and opening them the candidatures of an ordre du jour."""

from datetime import date

from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from accounts.services import give_role, role_group
from commission.kinds import OFFICES, Seat
from commission.models import AgendaItem, Member
from commission.refusing import because, refuse_if
from evaluation.models import Assignment
from journal.record import record
from kit.templatetags.french import short_date
from referencing import access


@transaction.atomic
def appoint(
    user: User, seat: Seat, *, title: str, mandate_from: date, mandate_to: date, actor: User | None = None
) -> Member:
    """Put a person on a seat for a dated mandate. Raises `Refused` when the seat is taken in that period.

    The two co-presidents sit by reason of their office: they may be substituted, and preside.
    """
    taken = Member.objects.filter(seat=seat, mandate_from__lte=mandate_to, mandate_to__gte=mandate_from).first()
    if taken:
        sentence = f"Ce siège est tenu par {taken} jusqu'au {short_date(taken.mandate_to)}."
        refuse_if([because("seat", sentence)])
    member = Member.objects.create(
        user=user,
        seat=seat,
        title=title,
        ex_officio=seat in OFFICES,
        can_preside=seat in OFFICES,
        mandate_from=mandate_from,
        mandate_to=mandate_to,
    )
    give_role(user, Role.MEMBER)
    data = {"seat": str(seat.value), "from": mandate_from.isoformat(), "to": mandate_to.isoformat()}
    record("commission.appointed", "COMMISSION", actor=actor, data=data)
    return member


@transaction.atomic
def close_ended_mandates(today: date) -> int:
    """Take every file back from the people whose last mandate ended before `today`; return how many. Harmless twice."""
    pool = role_group(Role.MEMBER)
    sat = User.objects.filter(groups=pool, commission_mandates__isnull=False)
    ended = list(sat.exclude(commission_mandates__mandate_to__gte=today).distinct())
    for user in ended:
        seen = access.visible_to(user).filter(agenda_items__isnull=False)
        # What they evaluate they read as experts: they were withdrawn from it as members.
        for candidature in seen.exclude(assignments__in=Assignment.objects.active().filter(expert=user)).distinct():
            access.revoke(user, candidature, Role.MEMBER)
        user.groups.remove(pool)
        seats = list(user.commission_mandates.values_list("seat", flat=True))
        record("commission.mandate_ended", "COMMISSION", actor=None, data={"seats": seats})
    return len(ended)


def open_to_members(item: AgendaItem, members: list[Member]) -> None:
    """Let members read the candidature of an item, except those who withdrew from it."""
    recused = set(item.recusals.values_list("member__user", flat=True))
    for member in members:
        if member.user_id not in recused:
            access.grant(member.user, item.candidature, Role.MEMBER)


def close_to_members(item: AgendaItem) -> None:
    """Take the candidature of an item back from every member, but from those who read it as experts."""
    sat = User.objects.filter(commission_mandates__isnull=False).distinct()
    for user in sat.exclude(assignments__in=item.candidature.assignments.active()):
        access.revoke(user, item.candidature, Role.MEMBER)
