"""Rows for the pages: the séances, items and lists that a person may read. 404 alike for unknown and forbidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q
from django.http import Http404
from django.utils import timezone

from accounts.roles import Role
from accounts.services import roles_of
from commission.kinds import Mode, SeanceState
from commission.models import AgendaItem, Member, Poll, Presence, Seance
from referencing import access
from referencing.models import Candidature
from referencing.stages import Stage

if TYPE_CHECKING:
    from accounts.models import User
    from commission.models.member import MemberQuerySet
    from commission.queries import SeanceQuerySet
    from referencing.queries import CandidatureQuerySet


def seance_for(user: User, number: str) -> Seance:
    """Return a séance the person may read; 404 alike for unknown and forbidden."""
    rows = Seance.objects.visible_to(user).select_related(
        "presiding__user", "secretary", "second_call_of", "second_call", "minutes"
    )
    seance = rows.filter(number=number).first()
    if seance is None:
        raise Http404("seance")
    return seance


def secretary_only(user: User) -> None:
    """404 to anybody but a secretary."""
    if Role.SECRETARY not in access.global_roles(user):
        raise Http404("secretariat")


def seance_to_run(user: User, number: str) -> Seance:
    """Return a séance to the secretary; 404 to anybody else."""
    secretary_only(user)
    return seance_for(user, number)


def item_to_run(user: User, number: str, order: int) -> AgendaItem:
    """Return an item to the secretary; 404 to anybody else."""
    secretary_only(user)
    return item_for(user, number, order)


def at_the_table(member: Member | None, is_secretary: bool) -> None:
    """404 to whoever neither sits in a séance nor runs it."""
    if member is None and not is_secretary:
        raise Http404("deport")


def latest_poll(item: AgendaItem, shown: str = "") -> Poll:
    """Return the latest scrutin of an item, or the one that was `shown`; 404 when there was none."""
    polls = item.polls.filter(pk=int(shown)) if shown.isdecimal() else item.polls.order_by("-pk")
    poll = polls.first()
    if poll is None:
        raise Http404("scrutin")
    return poll


def scrutin_of(item: AgendaItem, voice: int, shown: str = "") -> tuple[Poll, Member]:
    """Return a scrutin of an item, as `latest_poll`, and one of the members convened; 404 when either is unknown."""
    member = others_convened(item.seance).filter(pk=voice).first()
    if member is None:
        raise Http404("voix")
    return latest_poll(item, shown), member


def seat_of(user: User, seance: Seance) -> Presence:
    """Return the presence of a member in a séance they are convened to; 404 to anybody else."""
    presence = seance.presences.filter(member__user=user).select_related("member__user", "holder__user").first()
    if presence is None:
        raise Http404("siege")
    return presence


def item_for(user: User, number: str, order: int) -> AgendaItem:
    seance = seance_for(user, number)
    rows = seance.items.select_related("candidature__service__organisation")
    item = rows.filter(order=order).first()
    if item is None:
        raise Http404("point")
    item.seance = seance
    return item


def item_of(user: User, candidature: Candidature) -> AgendaItem:
    """Return the latest item where a candidature is or was examined, in a séance the person may read; 404 if none."""
    seances = Seance.objects.visible_to(user)
    item = AgendaItem.objects.filter(candidature=candidature, seance__in=seances).order_by("-pk").first()
    if item is None:
        raise Http404("point")
    return item


def seances_of(user: User) -> SeanceQuerySet:
    """Return the séances a person may read, with the number of items and of answers, and their own presence."""
    mine = Presence.objects.filter(member__user=user)
    return (
        Seance.objects.visible_to(user)
        .select_related("presiding__user")
        .annotate(
            item_count=Count("items", distinct=True),
            answers=Count("presences", filter=~Q(presences__mode=Mode.UNANSWERED), distinct=True),
            convened=Count("presences", distinct=True),
        )
        .prefetch_related(Prefetch("presences", mine, to_attr="mine"))
    )


def ready_for_commission(user: User) -> CandidatureQuerySet:
    """Return the evaluated candidatures that wait for a séance, the longest waiting first."""
    return access.visible_to(user).at(Stage.EVALUATED).with_names().order_by("stage_since", "pk")


def seances_to_fill() -> SeanceQuerySet:
    """Return the séances whose ordre du jour may still change."""
    return Seance.objects.filter(state=SeanceState.PLANNED).order_by("starts_at", "pk")


def others_convened(seance: Seance, member: Member | None = None) -> MemberQuerySet:
    """Return the members convened to a séance, but this one."""
    rows = Member.objects.filter(presences__seance=seance).select_related("user")
    return rows.exclude(pk=member.pk) if member else rows


def may_preside(seance: Seance) -> MemberQuerySet:
    """Return the members who may preside and are there."""
    there = {"presences__seance": seance, "presences__mode__in": [Mode.PRESENT, Mode.REMOTE]}
    return Member.objects.filter(can_preside=True, **there).select_related("user")


def still_bound(item: AgendaItem) -> MemberQuerySet:
    """Return the members of the séance who have not withdrawn from an item."""
    return others_convened(item.seance).exclude(recusals__item=item)


def to_convene(seance: Seance) -> MemberQuerySet:
    """Return the members in office on the day of a séance."""
    return Member.objects.sitting(timezone.localdate(seance.starts_at))


def ever_sat(user: User) -> bool:
    """Say whether a person is or was a member of the commission, or was given the capacity of one."""
    return Role.MEMBER in roles_of(user)
