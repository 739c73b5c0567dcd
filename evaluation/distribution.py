"""Sharing out the criteria of one file: from « who judges what » to assignments, all or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from evaluation.assignments import propose, unassign
from evaluation.models import Assignment
from referencing.door import Refused
from referencing.models import Candidature
from referencing.refusals import Refusal


@dataclass(frozen=True)
class Scope:
    """What one expert is given: whole domains, then criteria one by one. Both empty only for who coordinates alone."""

    domains: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()


# Code of a criterion → primary keys of the experts who judge it.
Shares = Mapping[str, Iterable[int]]


def scopes(shares: Shares, domains: Mapping[str, Sequence[str]]) -> dict[int, Scope]:
    """Say what each expert is given in as few words as possible: a domain when they have all of it. Pure."""
    given: dict[int, set[str]] = {}
    for code, people in shares.items():
        for expert in people:
            given.setdefault(expert, set()).add(code)
    return {expert: _scope(codes, domains) for expert, codes in given.items()}


def _scope(codes: set[str], domains: Mapping[str, Sequence[str]]) -> Scope:
    whole = tuple(domain for domain, held in domains.items() if held and codes.issuperset(held))
    covered = {code for domain in whole for code in domains[domain]}
    return Scope(whole, tuple(sorted(codes - covered)))


@transaction.atomic
def share_out(
    candidature: Candidature,
    given: Mapping[int, Scope],
    *,
    lead: int,
    motives: Mapping[int, str],
    actor: User,
) -> None:
    """Make the assignments say exactly this: propose, change, and take off those to whom nothing is left.

    An expert who coordinates keeps doing so until the one proposed in their place accepts. Raises `door.Refused`
    with the reasons of everybody; nothing is written then.
    """
    Candidature.objects.locked().get(pk=candidature.pk)
    present = {one.expert_id: one for one in Assignment.objects.filter(candidature=candidature)}
    wanted = {lead: Scope()} | dict(given)
    people = User.objects.in_bulk([*wanted])
    keeper = _keeper(present, lead)
    reasons: list[Refusal] = []
    for expert in sorted(wanted):
        try:
            propose(
                candidature,
                people[expert],
                actor=actor,
                lead=expert in (lead, keeper),
                domains=wanted[expert].domains,
                criteria=wanted[expert].criteria,
                motive=motives.get(expert, ""),
            )
        except Refused as refused:
            reasons += [one for one in refused.refusals if one not in reasons]
    if reasons:
        raise Refused(reasons)
    for expert, assignment in present.items():
        if expert not in wanted and expert != keeper:
            unassign(assignment, actor=actor)


def _keeper(present: Mapping[int, Assignment], lead: int) -> int | None:
    """Return who coordinates until the one proposed accepts; None when that is them, or when nobody does."""
    if lead in present and present[lead].is_active:
        return None
    return next((expert for expert, one in present.items() if one.is_lead and one.is_active), None)
