"""The clocks of a candidature. Pure: facts on dates of Paris, and rules, give what runs, what is suspended, until when.

The facts are read in the order of the procedure (`rank`), whatever order they come in. They cut it into legs, one after
the other, each with somebody who acts; every clock, chart and statistic is read from the legs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models

from referencing.calendar import add_months
from referencing.working_days import add_working_days, next_working_day, working_days_between


class ClockKind(models.TextChoices):
    """What may happen to the clocks."""

    RECEPTION = "reception", "Réception du dossier"
    COMPLETENESS = "completeness", "Dossier complet"
    ADMISSION = "admission", "Recevabilité prononcée"
    SUSPENSION = "suspension", "Suspension : l'éditeur est attendu"
    EXTENSION = "extension", "Délai de réponse prolongé"
    RESUMPTION = "resumption", "Reprise : réponse de l'éditeur reçue"
    REPORT = "report", "Rapport d'évaluation remis"
    SCHEDULING = "scheduling", "Inscription à une séance"
    ADJOURNMENT = "adjournment", "Ajournement"
    OPINION = "opinion", "Avis de la commission"
    DECISION = "decision", "Décision du ministre"
    CLOSURE = "closure", "Fin de la procédure"


class Unit(models.TextChoices):
    """What a delay is counted in."""

    DAYS = "jours", "jours"
    WORKING = "ouvres", "jours ouvrés"
    MONTHS = "mois", "mois"


REPLIES = ("incomplete_reply", "complement_reply")
# fact → leg that it opens; a suspension and a resumption open one or the other, before and after the recevabilité.
OPENS: dict[ClockKind, tuple[str, str]] = {
    ClockKind.RECEPTION: ("admissibility", "admissibility"),
    ClockKind.ADMISSION: ("evaluation", "evaluation"),
    ClockKind.SUSPENSION: REPLIES,
    ClockKind.RESUMPTION: ("admissibility", "evaluation"),
    ClockKind.REPORT: ("scheduling", "scheduling"),
    ClockKind.SCHEDULING: ("commission", "commission"),
    ClockKind.ADJOURNMENT: ("scheduling", "scheduling"),
    ClockKind.OPINION: ("decision", "decision"),
    ClockKind.DECISION: ("convention", "convention"),
}
GIVEN = (*REPLIES, "commission")  # legs whose last day is given by a fact
COUNTED = ("admissibility", "evaluation", "decision")  # legs whose last day is counted by a rule


@dataclass(frozen=True)
class Fact:
    """A fact of the procedure on its own date; `until` is the last day that it gives to whoever acts next."""

    kind: ClockKind
    on: date
    rank: int
    until: date | None = None


@dataclass(frozen=True)
class Rule:
    """A delay: how many of what, whether it waits while the éditeur is awaited, whether it ends on a worked day.

    A legal one that has run out has run out; a target of the service that was missed leaves a day after a suspension.
    """

    count: int
    unit: Unit = Unit.DAYS
    suspended: bool = False
    rolled: bool = False
    is_legal: bool = False

    def after(self, day: date) -> date:
        if self.unit == Unit.MONTHS:
            return add_months(day, self.count)
        return _add(self.unit, day, self.count)


@dataclass(frozen=True)
class Leg:
    """A part of the procedure: its first day, and the day of the fact that ended it, None while it lasts."""

    key: str
    start: date
    end: date | None = None
    until: date | None = None

    def days(self, today: date) -> int:
        """Return its length in calendar days, 0 for one that has not begun."""
        return max(((self.end or today) - self.start).days, 0)


@dataclass(frozen=True)
class Clock:
    """One delay as it stands. `due` is None while it is suspended: nobody knows when it takes up again.

    `left` is the days left, kept while suspended, 0 once late; `late` those passed since the last day.
    """

    key: str
    started_on: date
    ended_on: date | None
    pauses: tuple[Leg, ...]
    due: date | None
    elapsed: int
    suspended: int
    left: int
    late: int

    @property
    def suspended_since(self) -> date | None:
        return self.pauses[-1].start if self.pauses and self.pauses[-1].end is None and not self.ended_on else None


def legs_of(facts: Iterable[Fact]) -> list[Leg]:
    """Return the legs of the procedure, the last one open unless a fact closed it all."""
    legs: list[Leg] = []
    admitted = False
    for fact in sorted(facts, key=lambda one: one.rank):
        admitted = admitted or fact.kind == ClockKind.ADMISSION
        if fact.kind == ClockKind.EXTENSION and legs:
            legs[-1] = Leg(legs[-1].key, legs[-1].start, None, fact.until)
        if fact.kind not in OPENS and fact.kind != ClockKind.CLOSURE:
            continue
        if legs and legs[-1].end is None:
            legs[-1] = Leg(legs[-1].key, legs[-1].start, fact.on, legs[-1].until)
        if fact.kind in OPENS:
            legs.append(Leg(OPENS[fact.kind][admitted], fact.on, None, fact.until))
    return legs


def due_on(rule: Rule, start: date, pauses: Iterable[Leg] = ()) -> date:
    """Return the last day of a delay, moved by the pauses that are over: each gives back what was left before it."""
    due = rule.after(start)
    for pause in pauses if rule.suspended else ():
        if pause.end is None or (rule.is_legal and pause.start > due):
            continue
        left = _left(rule.unit, pause.start, due)
        due = _add(rule.unit, pause.end, left if rule.is_legal else max(left, 1))
    return next_working_day(due) if rule.rolled else due


def deadline_of(facts: Iterable[Fact], rules: dict[str, Rule]) -> date | None:
    """Return the date by which whoever acts now has to have acted; None when nothing is timed, or all is over."""
    legs = legs_of(facts)
    if not legs or legs[-1].end:
        return None
    leg = legs[-1]
    if leg.key in COUNTED:
        start, pauses = _counted_from(leg.key, legs)
        return due_on(rules[leg.key], start, pauses)
    return leg.until if leg.key in GIVEN else None


def suspended_on(facts: Iterable[Fact]) -> date | None:
    """Return the day since which the éditeur is awaited, None when they are not."""
    legs = legs_of(facts)
    return legs[-1].start if legs and legs[-1].end is None and legs[-1].key in REPLIES else None


def clocks_of(facts: Iterable[Fact], rules: dict[str, Rule], today: date, silence: ClockKind) -> list[Clock]:
    """Return every delay that has begun, the first begun first; `silence` is the fact that starts the legal one."""
    facts = list(facts)
    legs = legs_of(facts)
    clocks = [_given(leg, today) for leg in legs if leg.key in GIVEN]
    clocks += [_counted(key, rules[key], legs, today) for key in COUNTED if any(leg.key == key for leg in legs)]
    starts = [fact.on for fact in facts if fact.kind == silence]
    if starts:
        ends = [fact.on for fact in facts if fact.kind in (ClockKind.DECISION, ClockKind.CLOSURE)]
        waits = tuple(leg for leg in legs if leg.key in REPLIES and leg.start >= min(starts))
        clocks.append(_clock("silence", rules["silence"], min(starts), min(ends, default=None), waits, today))
    return sorted(clocks, key=lambda clock: clock.started_on)


def _counted(key: str, rule: Rule, legs: Sequence[Leg], today: date) -> Clock:
    start, pauses = _counted_from(key, legs)
    last = [leg for leg in legs if leg.key == key or leg in pauses][-1]
    return _clock(key, rule, start, last.end, pauses, today)


def _clock(key: str, rule: Rule, start: date, end: date | None, pauses: tuple[Leg, ...], today: date) -> Clock:
    pauses = pauses if rule.suspended else ()
    due, stop = due_on(rule, start, pauses), end or today
    is_paused = bool(pauses) and pauses[-1].end is None and end is None
    seen = pauses[-1].start if is_paused else stop
    suspended = sum(pause.days(stop) for pause in pauses)
    return Clock(
        key=key,
        started_on=start,
        ended_on=end,
        pauses=pauses,
        due=None if is_paused else due,
        elapsed=max((stop - start).days - suspended, 0),
        suspended=suspended,
        left=_left(rule.unit, seen, due),
        late=max((seen - due).days, 0),
    )


def _given(leg: Leg, today: date) -> Clock:
    stop, until = leg.end or today, leg.until or leg.start
    left, late = max((until - stop).days, 0), max((stop - until).days, 0)
    return Clock(leg.key, leg.start, leg.end, (), until, leg.days(today), 0, left, late)


def _counted_from(key: str, legs: Sequence[Leg]) -> tuple[date, tuple[Leg, ...]]:
    """Return the first day of a counted delay and its pauses: an evaluation takes up again, a recevabilité begins anew."""
    own = [leg for leg in legs if leg.key == key]
    if key != "evaluation":
        return own[-1].start, ()
    return own[0].start, tuple(leg for leg in legs if leg.key == "complement_reply")


def _left(unit: Unit, day: date, due: date) -> int:
    if unit == Unit.WORKING:
        return working_days_between(day, due)
    return max((due - day).days, 0)


def _add(unit: Unit, day: date, count: int) -> date:
    return add_working_days(day, count) if unit == Unit.WORKING else day + timedelta(days=count)
