"""From rows to the plain values that the law reads: who sits, who withdrew, is the quorum there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commission import law, rules
from commission.kinds import Mode
from commission.law import Quorum, Seated

if TYPE_CHECKING:
    from accounts.models import User
    from commission.models import AgendaItem, Member, Presence, Seance


def presences_of(seance: Seance) -> list[Presence]:
    """Return the presences of a séance with their people, in the order of the seats; one query."""
    return list(seance.presences.select_related("member__user", "holder__user"))


def seated_from(presences: list[Presence]) -> list[Seated]:
    return [
        Seated(
            id=presence.member_id,
            name=str(presence.member),
            mode=Mode(presence.mode),
            holder=presence.holder_id,
            substitute=presence.substitute,
            ex_officio=presence.member.ex_officio,
        )
        for presence in presences
    ]


def seated(seance: Seance) -> list[Seated]:
    """Return the members of a séance: as announced before it opens, as noted afterwards."""
    return seated_from(presences_of(seance))


def recused_from(item: AgendaItem) -> frozenset[int]:
    """Return the members who withdrew from an item."""
    return frozenset(item.recusals.values_list("member", flat=True))


def quorum_of(seance: Seance, members: list[Seated], recused: frozenset[int] = frozenset()) -> Quorum:
    return law.quorum(members, rules.current(), recused=recused, second_call=seance.second_call_of_id is not None)


def member_of(user: User, seance: Seance) -> Member | None:
    """Return the seat of a person in a séance they are convened to, None for anybody else."""
    presence = seance.presences.filter(member__user=user).select_related("member__user").first()
    return presence.member if presence else None
