"""What experts carry in the files under way: counted from the rows, without reading any file."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet, Value
from django.db.models.functions import StrIndex, Substr

from accounts.models import User
from evaluation.assignments import ASSIGNABLE
from evaluation.domains import FAMILIES
from evaluation.models import Assignment, Verdict
from referencing.models import Candidature


@dataclass(frozen=True)
class Load:
    """Criteria entrusted that have no verdict in this round, files, and the nearest deadline."""

    criteria: int = 0
    files: int = 0
    nearest: date | None = None


def loads(people: Sequence[User], *, but: Candidature) -> dict[int, Load]:
    """Return what each expert carries besides one candidature, proposed files included. Three queries for all."""
    under_way = Assignment.objects.filter(
        expert__in=[one.pk for one in people], candidature__stage__in=ASSIGNABLE
    ).exclude(candidature=but)
    rows = list(under_way.order_by().select_related("candidature"))
    judged = _judged(rows)
    found: dict[int, Load] = {}
    for one in rows:
        known = found.get(one.expert_id, Load())
        nearest = min((day for day in (known.nearest, one.candidature.deadline) if day), default=None)
        left = max(0, one.size - judged.within(one))
        found[one.expert_id] = Load(known.criteria + left, known.files + 1, nearest)
    return found


@dataclass(frozen=True)
class _Judged:
    """How many criteria have a verdict, by file and domain, and which of those given one by one."""

    by_domain: Counter[tuple[int, str]]
    codes: frozenset[tuple[int, str]]

    def within(self, one: Assignment) -> int:
        """Return how many criteria of an assignment are judged, by whoever it was."""
        file = one.candidature_id
        if not (one.domains or one.criteria):
            return sum(number for (other, _), number in self.by_domain.items() if other == file)
        whole = sum(self.by_domain[file, domain] for domain in one.domains)
        return whole + sum((file, code) in self.codes for code in one.criteria)


def _judged(rows: Iterable[Assignment]) -> _Judged:
    rows = list(rows)
    now = Verdict.objects.filter(round=F("candidature__round")).order_by()
    by_domain: Counter[tuple[int, str]] = Counter()
    for file, family, number in _by_family(now.filter(candidature__in={one.candidature_id for one in rows})):
        by_domain[file, FAMILIES.get(family, family)] += number
    named = [one for one in rows if one.criteria]
    codes = now.filter(
        candidature__in={one.candidature_id for one in named},
        criterion__code__in={code for one in named for code in one.criteria},
    )
    return _Judged(by_domain, frozenset(codes.values_list("candidature", "criterion__code")))


def _by_family(verdicts: "QuerySet[Verdict]") -> Iterable[tuple[int, str, int]]:
    """Count verdicts by file and by the family that opens the code of their criterion."""
    family = Substr("criterion__code", 1, StrIndex("criterion__code", Value("-")) - 1)
    return verdicts.annotate(family=family).values_list("candidature", "family").annotate(number=Count("pk"))
