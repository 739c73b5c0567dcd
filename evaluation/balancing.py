"""What the page of assignment shows of a candidature and of the pool, and the proposition made from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from accounts.models import User
from evaluation import experts
from evaluation.conflicts import Conflict
from evaluation.domains import Domain
from evaluation.double import ENOUGH, needs_second
from evaluation.grid import Grid, Line, grid
from evaluation.loads import Load, loads
from evaluation.models import Assignment, ExpertProfile, Reply
from evaluation.proposal import Candidate, Need, Proposal, propose
from kit.templatetags.french import short_date
from referencing.models import Candidature


@dataclass(frozen=True)
class Colleague:
    """An expert of the pool as support sees them before a candidature. `here` is their assignment to it, if any."""

    expert: User
    profile: ExpertProfile
    load: Load
    conflicts: tuple[Conflict, ...]
    declined: Reply | None
    here: Assignment | None

    @property
    def may_be_chosen(self) -> bool:
        return not any(conflict.forbids for conflict in self.conflicts)

    @property
    def needs_motive(self) -> bool:
        return self.may_be_chosen and bool(self.conflicts)

    @property
    def competences(self) -> list[str]:
        return [str(domain.label) for domain in self.profile.domains]

    def knows(self, domain: str) -> bool:
        return domain in self.profile.competences

    def is_away(self, today: date) -> bool:
        """Whether they are away today. An absence to come is shown, and judged by support."""
        first, last = self.profile.away_from, self.profile.away_until
        return first is not None and last is not None and first <= today <= last

    def barred(self, today: date) -> str:
        """Say why a proposition leaves them out, "" when it does not; support may still choose them by hand."""
        if self.conflicts:
            return self.conflicts[0].sentence
        if self.declined:
            return f"A décliné le {short_date(self.declined.at)}."
        if self.is_away(today):
            return f"En congé jusqu'au {short_date(self.profile.away_until)}."
        return ""


@dataclass(frozen=True)
class Part:
    """The criteria of one domain in a file."""

    domain: Domain
    lines: tuple[Line, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(line.code for line in self.lines)


@dataclass(frozen=True)
class Table:
    """All that is needed to share out one file. `assignments` are the accepted ones and those proposed."""

    candidature: Candidature
    parts: tuple[Part, ...]
    assignments: tuple[Assignment, ...]
    colleagues: tuple[Colleague, ...]

    def charged_with(self, line: Line) -> list[int]:
        """Return the experts to whom a criterion was given by name, in the order of their acceptance."""
        return [one.expert_id for one in self.assignments if one.is_charged_with(line) or _is_whole(one)]

    @property
    def lead(self) -> int | None:
        """Return who coordinates, or will once they accept."""
        leads = [one for one in self.assignments if one.is_lead]
        return max(leads, key=lambda one: (not one.is_active, one.pk)).expert_id if leads else None


def table_of(candidature: Candidature, whole: Grid | None = None) -> Table:
    """Read the file and the pool. A constant number of queries, whatever the number of experts."""
    whole = whole or grid(candidature)
    people = experts.pool()
    assignments = tuple(Assignment.objects.filter(candidature=candidature).select_related("expert").order_by("pk"))
    return Table(candidature, parts_of(whole), assignments, _colleagues(candidature, people, assignments))


def seats_of(line: Line) -> int:
    """Return how many experts a criterion asks for."""
    return ENOUGH if needs_second(line) else 1


def parts_of(whole: Grid) -> tuple[Part, ...]:
    """Return the domains of a file, in the order of `Domain`."""
    lines = {domain: tuple(line for line in whole.lines if line.domain == domain) for domain in Domain}
    return tuple(Part(domain, found) for domain, found in lines.items() if found)


def proposed(table: Table, *, afresh: bool = False) -> Proposal:
    """Propose experts for what nobody was given yet; what is shared out already stays as it is, and weighs.

    `afresh` proposes for the whole file, as if nobody were there.
    """
    today = timezone.localdate()
    own = {} if afresh else _own(table)
    candidates = [
        Candidate(
            key=one.expert.pk,
            name=str(one.expert),
            competences=frozenset(one.profile.competences),
            capacity=one.profile.capacity,
            load=one.load.criteria + own.get(one.expert.pk, 0),
            files=one.load.files + bool(one.here),
            barred=one.barred(today),
        )
        for one in table.colleagues
    ]
    return propose(candidates, [need for part in table.parts for need in _needs(table, part, afresh=afresh)])


def _colleagues(
    candidature: Candidature, people: Sequence[User], assignments: Sequence[Assignment]
) -> tuple[Colleague, ...]:
    conflicts = experts.seen_conflicts(people, candidature)
    refused = Reply.objects.filter(candidature=candidature, kind=Reply.Kind.DECLINED).order_by("at")
    declined = {reply.expert_id: reply for reply in refused}
    carried = loads(people, but=candidature)
    here = {one.expert_id: one for one in assignments}
    found = [
        Colleague(
            expert=one,
            profile=experts.profile_of(one),
            load=carried.get(one.pk, Load()),
            conflicts=tuple(conflicts[one.pk]),
            declined=None if one.pk in here else declined.get(one.pk),
            here=here.get(one.pk),
        )
        for one in people
    ]
    return tuple(sorted(found, key=lambda one: (not one.may_be_chosen, one.load.criteria, one.expert.full_name)))


def _needs(table: Table, part: Part, *, afresh: bool) -> list[Need]:
    """One need for each number of experts still missing on the criteria of a domain."""
    missing: dict[int, list[str]] = {}
    for line in part.lines:
        seats = seats_of(line) - (0 if afresh else len(table.charged_with(line)))
        missing.setdefault(seats, []).append(line.code)
    return [
        Need(part.domain, str(part.domain.label), tuple(codes), seats)
        for seats, codes in sorted(missing.items())
        if seats > 0
    ]


def _own(table: Table) -> dict[int, int]:
    """How many criteria of this very file each expert was given already."""
    given: dict[int, int] = {}
    for part in table.parts:
        for line in part.lines:
            for expert in table.charged_with(line):
                given[expert] = given.get(expert, 0) + line.is_left
    return given


def _is_whole(one: Assignment) -> bool:
    """Whether somebody who does not coordinate judges the whole file."""
    return one.judges_everything and not one.is_lead
