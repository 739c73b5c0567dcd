"""How long each step took for past files, the days when the éditeur was awaited left out: what one may honestly expect.

Counted from the facts by the clock, kept in a small table, never from less than `EXPECTATION_FILES` files.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.conf import settings
from django.db import transaction

from referencing.calendar import add_months
from referencing.clocks import REPLIES, ClockKind, Fact, legs_of
from referencing.models import ClockFact, StepDuration

# step → (its name, the legs it is made of, the fact that ends it)
STEPS: dict[str, tuple[str, tuple[str, ...], ClockKind]] = {
    "admissibility": ("Recevabilité", ("admissibility",), ClockKind.ADMISSION),
    "evaluation": ("Évaluation", ("evaluation",), ClockKind.REPORT),
    "commission": ("Commission", ("scheduling", "commission"), ClockKind.OPINION),
    "decision": ("Décision", ("decision",), ClockKind.DECISION),
    "whole": (
        "Du dépôt à la décision",
        ("admissibility", "evaluation", "scheduling", "commission", "decision"),
        ClockKind.DECISION,
    ),
}


@dataclass(frozen=True)
class Step:
    """What a step usually takes. `median` and `ninth` (days) are None while too few files went through it."""

    key: str
    label: str
    files: int
    median: int | None
    ninth: int | None


@dataclass(frozen=True)
class Usual:
    """What the whole procedure usually takes, step by step, as last counted."""

    steps: list[Step]
    counted_on: date

    @property
    def is_known(self) -> bool:
        return any(step.median is not None for step in self.steps)


def durations_of(facts: Iterable[Fact]) -> dict[str, tuple[date, int]]:
    """Return, for each step that one file has finished, the day it ended and the days it took. Pure."""
    facts = list(facts)
    ends = {fact.kind: fact.on for fact in sorted(facts, key=lambda one: one.rank)}
    legs = [leg for leg in legs_of(facts) if leg.key not in REPLIES]
    found = {}
    for key, (_, own, ending) in STEPS.items():
        if ending in ends:
            end = ends[ending]
            found[key] = (end, sum(leg.days(end) for leg in legs if leg.key in own and leg.start <= end))
    return found


def quantile(days: Sequence[int], share: float) -> int:
    """Return the smallest figure that at least `share` of the files did not exceed (nearest rank). Pure."""
    ordered = sorted(days)
    return ordered[max(-(-len(ordered) * round(share * 100) // 100) - 1, 0)]


def refresh(today: date) -> None:
    """Count again every step over the last `EXPECTATION_MONTHS` months. Two reads whatever the number of files."""
    since = add_months(today, -settings.PROCEDURE["expectation_months"])
    lengths: dict[str, list[int]] = defaultdict(list)
    for facts in _by_file():
        for key, (ended_on, length) in durations_of(facts).items():
            if ended_on >= since:
                lengths[key].append(length)
    with transaction.atomic():
        for key in STEPS:
            days, enough = lengths[key], len(lengths[key]) >= settings.PROCEDURE["expectation_files"]
            figures = {"median": quantile(days, 0.5), "ninth": quantile(days, 0.9)} if enough else {}
            values = {"median": None, "ninth": None, "files": len(days), "counted_on": today, **figures}
            StepDuration.objects.update_or_create(step=key, defaults=values)


def usual() -> Usual | None:
    """Return what each step usually takes, in order; None before the first count. One query."""
    rows = {row.step: row for row in StepDuration.objects.all()}
    if not rows:
        return None
    kept = [(rows[key], label) for key, (label, _, _) in STEPS.items() if key in rows]
    steps = [Step(row.step, label, row.files, row.median, row.ninth) for row, label in kept]
    return Usual(steps, max(row.counted_on for row in rows.values()))


def _by_file() -> Iterator[list[Fact]]:
    """Yield the facts that count of each candidature, one at a time."""
    rows = ClockFact.objects.in_order().values_list("candidature", "rank", "kind", "on", "until")
    for _, group in groupby(rows.iterator(chunk_size=5000), key=lambda row: row[0]):
        latest = {rank: Fact(ClockKind(kind), on, rank, until) for _, rank, kind, on, until in group}
        yield [latest[rank] for rank in sorted(latest)]
