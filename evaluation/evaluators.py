"""Who evaluated, and what was theirs: for the report, whose copy for the éditeur tells the roles alone."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import Any

from accounts.models import User
from accounts.roles import Role
from evaluation.grid import Grid


@dataclass(frozen=True)
class Evaluator:
    """One person of the evaluation: `role` in words, `domains` the titles of the questionnaires they judge."""

    name: str
    quality: str
    role: str
    domains: tuple[str, ...]

    @property
    def signed(self) -> str:
        return ", ".join(part for part in (self.name, self.quality) if part)

    @property
    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "domains": list(self.domains)}


def evaluators_of(whole: Grid) -> list[Evaluator]:
    """Return the experts assigned, the lead first, then those who judged and left."""
    people: dict[int, User] = {one.expert.pk: one.expert for one in whole.assignments}
    domains: dict[int, list[str]] = defaultdict(list)
    for group in whole.groups():
        judges = {person.pk: person for line in group.lines if line.verdict for person in line.verdict.people}
        for pk in dict.fromkeys([*(one.expert_id for one in group.experts), *judges]):
            domains[pk].append(group.title)
        people |= {pk: person for pk, person in judges.items() if pk not in people}
    leads = {one.expert_id for one in whole.assignments if one.is_lead}
    return [
        Evaluator(
            name=str(person),
            quality=person.quality,
            role=str((Role.LEAD if pk in leads else Role.EXPERT).label),
            domains=tuple(domains[pk]),
        )
        for pk, person in people.items()
    ]
