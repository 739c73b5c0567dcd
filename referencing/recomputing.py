"""Winding every clock again from its facts: after a change of delay or of calendar, and each night to prove they agree.

Candidatures whose moves left no fact (those older than the clocks) get theirs from the journal and the acts on file.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.fields.json import KeyTextTransform

from journal.models import Event
from journal.record import record
from referencing.clockwork import TOLD, in_force, rows_of, wind
from referencing.models import Candidature, ClockFact
from referencing.stages import FILED

BATCH = 500
KEYS = ("deadline", "date")  # what the facts need of an act
PREFIX = "candidature."
MOVES = [f"{PREFIX}{verb}" for verb in ("submit", *TOLD)]


@dataclass
class Tally:
    """What was done: candidatures looked at, those whose dates changed, facts derived from the journal."""

    files: int = 0
    moved: int = 0
    facts: int = 0


def recompute(*, batch: int = BATCH) -> Tally:
    """Wind every clock, `batch` candidatures at a time, each batch in its own transaction and as many queries."""
    tally, last = Tally(), 0
    while reached := _batch(last, batch, tally):
        last = reached
    if tally.moved or tally.facts:
        with transaction.atomic():
            record("clocks.wound", "horloges", actor=None, data=vars(tally))
    return tally


@transaction.atomic
def _batch(after: int, size: int, tally: Tally) -> int:
    """Wind the candidatures that follow a number; return the last one, 0 when there are none left."""
    found = list(Candidature.objects.at(*FILED).filter(pk__gt=after).order_by("pk").locked()[:size])
    if not found:
        return 0
    rows: dict[int, list[ClockFact]] = defaultdict(list)
    for row in ClockFact.objects.filter(candidature__in=found).in_order():
        rows[row.candidature_id].append(row)
    derived = _derive(found, rows)
    ClockFact.objects.bulk_create(derived, size)
    moved = [one for one in found if wind(one, [row.fact for row in in_force(rows[one.pk])])]
    Candidature.objects.bulk_update(moved, ["deadline", "suspended_on"], size)
    tally.files, tally.moved, tally.facts = (
        tally.files + len(found),
        tally.moved + len(moved),
        tally.facts + len(derived),
    )
    return found[-1].pk


def _derive(found: Sequence[Candidature], rows: dict[int, list[ClockFact]]) -> list[ClockFact]:
    """Return the facts, not saved, of the moves that left none; they join `rows`."""
    by_reference = {one.reference: one for one in found}
    moves = Event.objects.filter(subject__in=by_reference, kind__in=MOVES)
    untold = moves.exclude(Exists(ClockFact.objects.filter(event=OuterRef("pk"))))
    derived: list[ClockFact] = []
    given = {key: KeyTextTransform(key, "act__payload") for key in KEYS}
    for event in untold.annotate(**given).order_by("seq"):
        candidature = by_reference[event.subject]
        own = rows[candidature.pk]
        content: dict[str, Any] = {key: getattr(event, key) for key in KEYS}
        told = rows_of(
            candidature, event.kind.removeprefix(PREFIX), content, event, [row.fact for row in in_force(own)]
        )
        own += told
        derived += told
    return derived
