"""Writing the facts of the clocks, and keeping beside each candidature what they say: the deadline, the suspension.

The door writes those of each verb; support may correct the date of one, with a motive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from journal.record import record
from kit.templatetags.french import long_date
from referencing.clocks import REPLIES, ClockKind, Fact, deadline_of, due_on, legs_of, suspended_on
from referencing.delays import rules, silence_begins
from referencing.locking import locked_with_sheet
from referencing.models import Candidature, ClockFact

if TYPE_CHECKING:
    from accounts.models import User
    from journal.models import Event

Told = list[tuple[ClockKind, date, date | None]]  # kind, date of the fact, last day that it gives
GIVERS = (ClockKind.RECEPTION, ClockKind.RESUMPTION)


class Incoherent(ValueError):
    """A date that the other facts contradict; the message is for the person."""


def told_by(verb: str, day: date, content: Mapping[str, Any], past: Sequence[Fact]) -> Told:
    """Return the facts that a verb of the lifecycle, done on `day`, tells after those of the past. Pure.

    A dossier is complete since the day its last piece was received, even when that is found later; an avis is dated
    of its séance. No date goes before that of the fact before it.
    """
    kinds = _kinds_of(verb, is_first=not past)
    earliest = past[-1].on if past else day
    given = date.fromisoformat(content["date"]) if verb == "give_opinion" and content.get("date") else day
    on = min(day, max(given, earliest))
    last_day = date.fromisoformat(content[LAST_DAY[verb]]) if verb in LAST_DAY else None
    received = max((fact.on for fact in past if fact.kind in GIVERS), default=on)
    return [(kind, received if kind == ClockKind.COMPLETENESS else on, last_day) for kind in kinds]


# verb → key of its act that holds the last day given.
LAST_DAY = {
    "declare_incomplete": "deadline",
    "request_complements": "deadline",
    "extend_deadline": "deadline",
    "schedule": "date",
}
TOLD: dict[str, tuple[ClockKind, ...]] = {
    "declare_incomplete": (ClockKind.SUSPENSION,),
    "declare_inadmissible": (ClockKind.CLOSURE,),
    "admit": (ClockKind.COMPLETENESS, ClockKind.ADMISSION),
    "request_complements": (ClockKind.SUSPENSION,),
    "extend_deadline": (ClockKind.EXTENSION,),
    "return_complements": (ClockKind.RESUMPTION,),
    "conclude_evaluation": (ClockKind.REPORT,),
    "schedule": (ClockKind.SCHEDULING,),
    "adjourn": (ClockKind.ADJOURNMENT,),
    "give_opinion": (ClockKind.OPINION,),
    "accept": (ClockKind.DECISION,),
    "reject": (ClockKind.DECISION, ClockKind.CLOSURE),
    "publish": (ClockKind.CLOSURE,),
    "withdraw": (ClockKind.CLOSURE,),
    "expire": (ClockKind.CLOSURE,),
}


def _kinds_of(verb: str, *, is_first: bool) -> tuple[ClockKind, ...]:
    if verb == "submit":
        return (ClockKind.RECEPTION,) if is_first else (ClockKind.RESUMPTION,)
    return TOLD[verb]


def in_force(rows: Iterable[ClockFact]) -> list[ClockFact]:
    """Return the latest edition of each fact, in the order of the procedure. Pure: rows of one candidature."""
    kept: dict[int, ClockFact] = {}
    for row in rows:
        if row.rank not in kept or row.edition > kept[row.rank].edition:
            kept[row.rank] = row
    return [kept[rank] for rank in sorted(kept)]


def facts_of(candidature: Candidature, until: Event | None = None) -> list[Fact]:
    """Return the facts that count, in one query; with `until`, those known when that event happened."""
    rows = candidature.clock_facts.all()
    if until:
        rows = rows.filter(event__lte=until.pk)
    return [row.fact for row in in_force(rows)]


def deadline_at(candidature: Candidature, event: Event) -> date | None:
    """Return the deadline as it was once an event had happened: what a letter about it says."""
    return deadline_of(facts_of(candidature, event), rules())


def silent_on(candidature: Candidature, event: Event) -> date:
    """Return the day when silence becomes a decision, as known once an event had happened: what a receipt says.

    Silence that accepts runs from the last piece received, while nobody has yet found the dossier complete
    (CRPA, art. L. 231-1, L. 231-4 and L. 114-5).
    """
    facts = facts_of(candidature, event)
    received = [fact.on for fact in facts if fact.kind in GIVERS]
    begun = [fact.on for fact in facts if fact.kind == silence_begins()]
    start = min(begun) if begun else max(received)
    return due_on(
        rules()["silence"], start, [leg for leg in legs_of(facts) if leg.key in REPLIES and leg.start >= start]
    )


def rows_of(
    candidature: Candidature, verb: str, content: Mapping[str, Any], event: Event, past: list[Fact]
) -> list[ClockFact]:
    """Return the rows, not saved, of what a verb tells after the facts of the past."""
    day, rank = timezone.localdate(event.at), past[-1].rank + 1 if past else 1
    return [
        ClockFact(
            candidature=candidature,
            rank=rank + number,
            kind=kind,
            on=on,
            until=until,
            entered_on=day,
            entered_by_id=event.actor_id,
            event=event,
        )
        for number, (kind, on, until) in enumerate(told_by(verb, day, content, past))
    ]


def write(candidature: Candidature, verb: str, content: Mapping[str, Any], event: Event) -> None:
    """Write the facts of a verb, and wind the candidature; the door saves it."""
    past = facts_of(candidature)
    rows = ClockFact.objects.bulk_create(rows_of(candidature, verb, content, event, past))
    wind(candidature, [*past, *(row.fact for row in rows)])


def wind(candidature: Candidature, facts: list[Fact]) -> bool:
    """Put on the candidature, unsaved, what its facts say; return whether that changes it."""
    before = (candidature.deadline, candidature.suspended_on)
    candidature.deadline, candidature.suspended_on = deadline_of(facts, rules()), suspended_on(facts)
    return before != (candidature.deadline, candidature.suspended_on)


@transaction.atomic
def correct(candidature: Candidature, rank: int, on: date, *, motive: str, actor: User, edition: int) -> Candidature:
    """Date a fact again, with a motive; the date entered before remains to be read. Raises Incoherent.

    `edition` is that of the fact as the person read it.
    """
    locked = locked_with_sheet(candidature)
    rows = list(locked.clock_facts.all())
    old = next((row for row in in_force(rows) if row.rank == rank), None)
    if old is None or old.edition != edition:
        raise Incoherent("Ce fait vient d'être rectifié par quelqu'un d'autre : relisez la page.")
    if sentence := objection(rows, old, on):
        raise Incoherent(sentence)
    data = {"fact": old.kind, "rank": rank, "before": old.on.isoformat(), "on": on.isoformat()}
    new = ClockFact.objects.create(
        candidature=locked,
        rank=rank,
        edition=edition + 1,
        kind=old.kind,
        on=on,
        until=old.until,
        entered_on=timezone.localdate(),
        entered_by=actor,
        motive=motive.strip(),
        event=record("clock.corrected", locked.reference, actor=actor, data=data),
    )
    wind(locked, [row.fact for row in in_force([*rows, new])])
    locked.save(update_fields=["deadline", "suspended_on"])
    return locked


def objection(rows: Sequence[ClockFact], old: ClockFact, on: date) -> str:
    """Return why a fact cannot be dated so, "" when it can: facts follow one another, none is ahead of its entry."""
    if on == old.on:
        return "C'est déjà la date de ce fait."
    entered_on = min(row.entered_on for row in rows if row.rank == old.rank)
    if on > entered_on:
        return f"Ce fait a été inscrit le {long_date(entered_on)} : il ne peut pas être daté après."
    before = [row for row in in_force(rows) if row.rank < old.rank][-1:]
    after = [row for row in in_force(rows) if row.rank > old.rank][:1]
    for other in before:
        if on < other.on:
            return (
                f"Cette date précède celle du fait d'avant, « {other.get_kind_display()} », le {long_date(other.on)}."
            )
    for other in after:
        if on > other.on:
            return f"Cette date suit celle du fait d'après, « {other.get_kind_display()} », le {long_date(other.on)}."
    return ""
