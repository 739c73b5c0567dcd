"""What the page « Délais » shows: the facts with their corrections, each delay with its reckoning, and the chart."""

from dataclasses import dataclass
from datetime import date, timedelta

from kit.templatetags.french import long_date, plural, short_date
from referencing.clocks import REPLIES, Clock, Leg, clocks_of, legs_of
from referencing.clockwork import in_force
from referencing.delays import Delay, delays, rules, silence_begins
from referencing.models import Candidature, ClockFact

LEGS = {
    "admissibility": ("Examen de la recevabilité", "le support"),
    "incomplete_reply": ("Pièces manquantes attendues", "l'éditeur"),
    "evaluation": ("Évaluation", "les experts"),
    "complement_reply": ("Compléments attendus", "l'éditeur"),
    "scheduling": ("Attente d'une séance", "le support"),
    "commission": ("Inscription en commission", "la commission"),
    "decision": ("Décision du ministre", "le ministère"),
    "convention": ("Convention", "les trois parties"),
}


@dataclass(frozen=True)
class FactLine:
    """A fact as it counts, and what was entered before it was corrected, the latest first."""

    row: ClockFact
    former: list[ClockFact]


@dataclass(frozen=True)
class ClockLine:
    """One delay: its rule, its state and how its last day was reckoned."""

    clock: Clock
    delay: Delay
    reckoning: str


@dataclass(frozen=True)
class Bar:
    """One leg of the chart: `start` and `width` are hundredths of the whole."""

    label: str
    who: str
    leg: Leg
    days: int
    start: float
    width: float
    is_waiting: bool


@dataclass(frozen=True)
class ClockPage:
    facts: list[FactLine]
    clocks: list[ClockLine]
    bars: list[Bar]


def clock_page(candidature: Candidature, today: date) -> ClockPage:
    """Read the clocks of a candidature, in one query."""
    rows = list(candidature.clock_facts.in_order())
    kept = in_force(rows)
    facts = [row.fact for row in kept]
    named = delays()
    clocks = clocks_of(facts, rules(), today, silence_begins())
    return ClockPage(
        facts=[
            FactLine(row, [old for old in reversed(rows) if old.rank == row.rank and old is not row]) for row in kept
        ],
        clocks=[ClockLine(clock, named[clock.key], reckoning(clock, named[clock.key])) for clock in clocks],
        bars=bars_of(legs_of(facts), today),
    )


def reckoning(clock: Clock, delay: Delay) -> str:
    """Say how the last day was reckoned, in one sentence. Pure."""
    if not delay.length:
        return f"Date donnée le {short_date(clock.started_on)}."
    counted = f"{delay.length} à compter du {short_date(clock.started_on)}"
    if clock.suspended_since:
        left = plural(clock.left, "jour,jours")
        return f"{counted} ; suspendu depuis le {long_date(clock.suspended_since)}, il restera {left} à la reprise."
    if clock.suspended:
        return f"{counted}, sans compter {plural(clock.suspended, 'jour,jours')} où l'éditeur était attendu."
    return f"{counted}."


def bars_of(legs: list[Leg], today: date) -> list[Bar]:
    """Return the bars of the chart, from the first leg to today or to the end. Pure."""
    if not legs:
        return []
    first = legs[0].start
    last = max([leg.end or today for leg in legs] + [first + timedelta(days=1)])
    whole = (last - first).days
    return [
        Bar(
            *LEGS[leg.key],
            leg=leg,
            days=leg.days(today),
            start=round((leg.start - first).days * 100 / whole, 1),
            width=max(round(leg.days(today) * 100 / whole, 1), 0.6),
            is_waiting=leg.key in REPLIES,
        )
        for leg in legs
        if leg.end != leg.start  # a refusal leaves no convention to sign
    ]
