"""The clocks, from facts and rules alone: what runs, what is suspended, until when."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referencing.clocks import ClockKind as K
from referencing.clocks import Fact, Leg, Rule, Unit, clocks_of, deadline_of, due_on, legs_of, suspended_on
from referencing.working_days import is_working_day, working_days_between

pytestmark = pytest.mark.once

RULES = {
    "admissibility": Rule(15),
    "evaluation": Rule(60, suspended=True),
    "decision": Rule(30),
    "silence": Rule(2, Unit.MONTHS, suspended=True, is_legal=True),
}
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
LENGTHS = st.integers(0, 400)


def day(number: int, month: int = 3, year: int = 2026) -> date:
    return date(year, month, number)


def told(*facts: tuple[K, date] | tuple[K, date, date]) -> list[Fact]:
    return [Fact(one[0], one[1], rank, one[2] if len(one) == 3 else None) for rank, one in enumerate(facts, start=1)]


FILED = (K.RECEPTION, day(2))
ADMITTED = (FILED, (K.COMPLETENESS, day(2)), (K.ADMISSION, day(10)))
ASKED = (*ADMITTED, (K.SUSPENSION, day(20), day(19, 4)))
RETURNED = (*ASKED, (K.RESUMPTION, day(15, 4)))
REPORTED = (*RETURNED, (K.REPORT, day(1, 5)))
SCHEDULED = (*REPORTED, (K.SCHEDULING, day(4, 5), day(1, 6)))
OPINED = (*SCHEDULED, (K.OPINION, day(1, 6)))


@pytest.mark.parametrize(
    ("facts", "due", "suspended"),
    [
        ((), None, None),
        ((FILED,), day(17), None),
        ((FILED, (K.SUSPENSION, day(5), day(4, 4))), day(4, 4), day(5)),
        ((FILED, (K.SUSPENSION, day(5), day(4, 4)), (K.RESUMPTION, day(30))), day(14, 4), None),  # it begins anew
        (ADMITTED, day(9, 5), None),
        (ASKED, day(19, 4), day(20)),
        ((*ASKED, (K.EXTENSION, day(1, 4), day(30, 4))), day(30, 4), day(20)),
        (RETURNED, day(4, 6), None),  # 9 May and the 26 days from 20 March to 15 April
        (REPORTED, None, None),
        (SCHEDULED, day(1, 6), None),
        ((*SCHEDULED, (K.ADJOURNMENT, day(1, 6))), None, None),
        (OPINED, day(1, 7), None),
        ((*OPINED, (K.DECISION, day(20, 6))), None, None),
        ((*ASKED, (K.CLOSURE, day(21, 4))), None, None),
    ],
)
def test_the_facts_say_until_when(facts: tuple, due: date | None, suspended: date | None) -> None:
    assert (deadline_of(told(*facts), RULES), suspended_on(told(*facts))) == (due, suspended)


def test_the_facts_cut_the_procedure_into_legs() -> None:
    legs = [
        (leg.key, leg.start, leg.end)
        for leg in legs_of(told(*OPINED, (K.DECISION, day(20, 6)), (K.CLOSURE, day(20, 6))))
    ]
    assert legs == [
        ("admissibility", day(2), day(10)),
        ("evaluation", day(10), day(20)),
        ("complement_reply", day(20), day(15, 4)),
        ("evaluation", day(15, 4), day(1, 5)),
        ("scheduling", day(1, 5), day(4, 5)),
        ("commission", day(4, 5), day(1, 6)),
        ("decision", day(1, 6), day(20, 6)),
        ("convention", day(20, 6), day(20, 6)),
    ]


def clock(facts: Sequence[Fact], key: str, today: date, rules: dict[str, Rule] = RULES) -> tuple:
    one = next(one for one in clocks_of(facts, rules, today, K.RECEPTION) if one.key == key)
    return one.due, one.elapsed, one.suspended, one.left, one.late, one.suspended_since


def test_an_evaluation_counts_only_the_days_it_ran() -> None:
    assert clock(told(*ADMITTED), "evaluation", day(15)) == (day(9, 5), 5, 0, 55, 0, None)
    assert clock(told(*ASKED), "evaluation", day(10, 4)) == (None, 10, 21, 50, 0, day(20))
    assert clock(told(*RETURNED), "evaluation", day(25, 4)) == (day(4, 6), 20, 26, 40, 0, None)
    assert clock(told(*RETURNED), "evaluation", day(7, 6)) == (day(4, 6), 63, 26, 0, 3, None)
    assert clock(told(*REPORTED), "evaluation", day(1, 9)) == (day(4, 6), 26, 26, 34, 0, None)


def test_a_delay_that_is_never_suspended_runs_on_while_the_editor_answers() -> None:
    rules = {**RULES, "evaluation": Rule(60)}
    assert clock(told(*ASKED), "evaluation", day(10, 4), rules) == (day(9, 5), 31, 0, 29, 0, None)


def test_silence_runs_from_the_reception_and_waits_with_the_editor() -> None:
    assert clock(told(*ADMITTED), "silence", day(15))[0] == day(2, 5)
    assert clock(told(*RETURNED), "silence", day(15, 4))[0] == day(28, 5)
    late = told(*ADMITTED, (K.SUSPENSION, day(4, 5), day(30, 5)), (K.RESUMPTION, day(20, 5)))
    assert clock(late, "silence", day(1, 6))[0] == day(2, 5)  # it had already spoken


@pytest.mark.parametrize(
    ("filed", "waits", "speaks"),
    [
        (day(3), [], day(3, 5)),
        (day(31, 12), [], day(28, 2, 2027)),
        (day(3), [(day(10), day(30))], day(23, 5)),
        (day(3), [(day(10), day(12)), (day(1, 4), day(2, 4))], day(6, 5)),
        (day(3), [(day(10), day(10))], day(3, 5)),
    ],
)
def test_silence_waits_while_the_editor_is_awaited(filed: date, waits: list[tuple[date, date]], speaks: date) -> None:
    pauses = [Leg("complement_reply", asked, answered) for asked, answered in waits]
    assert due_on(RULES["silence"], filed, pauses) == speaks


def test_silence_that_accepts_runs_from_the_last_piece() -> None:
    facts = told(FILED, (K.SUSPENSION, day(5), day(4, 4)), (K.RESUMPTION, day(30)), (K.COMPLETENESS, day(30)))
    one = clocks_of(facts, RULES, day(31), K.COMPLETENESS)[-1]
    assert (one.key, one.started_on, one.due) == ("silence", day(30), day(30, 5))


@pytest.mark.parametrize(
    ("rule", "start", "due"),
    [
        (Rule(1, Unit.MONTHS), day(31, 1), day(28, 2)),
        (Rule(1, Unit.MONTHS), day(31, 1, 2028), day(29, 2, 2028)),
        (Rule(12, Unit.MONTHS), day(29, 2, 2028), day(28, 2, 2029)),
        (Rule(2, Unit.MONTHS), day(31, 12), day(28, 2, 2027)),
        (Rule(1), day(28, 2, 2028), day(29, 2, 2028)),
        (Rule(1), day(28, 2), day(1, 3)),
        (Rule(30), day(15, 12), day(14, 1, 2027)),
        (Rule(1), day(28, 3), day(29, 3)),  # the night of 29 March 2026 has 23 hours
        (Rule(1), day(24, 10), day(25, 10)),  # that of 25 October has 25
        (Rule(1, Unit.WORKING), day(30, 4), day(4, 5)),  # the first of May is a Friday
        (Rule(3, Unit.WORKING), day(23, 12), day(29, 12)),
        (Rule(1, rolled=True), day(30, 4), day(4, 5)),
        (Rule(2, rolled=True), day(28, 4), day(30, 4)),
    ],
)
def test_a_delay_ends_on_the_day_the_calendar_says(rule: Rule, start: date, due: date) -> None:
    assert due_on(rule, start) == due


@given(DAYS, st.integers(1, 400), LENGTHS, LENGTHS)
def test_a_suspension_moves_the_last_day_by_its_own_length(start: date, count: int, before: int, length: int) -> None:
    returned = start + timedelta(days=before + length)
    pause = Leg("complement_reply", start + timedelta(days=before), returned)
    due = due_on(Rule(count, suspended=True), start, [pause])
    plain = start + timedelta(days=count)
    # A late evaluation gains nothing but the day of its return.
    assert due == (plain + timedelta(days=length) if before < count else returned + timedelta(days=1))
    assert due_on(Rule(count), start, [pause]) == plain


@given(DAYS, st.integers(1, 60), st.integers(0, 60), LENGTHS)
def test_a_suspension_gives_back_the_worked_days_that_were_left(
    start: date, count: int, before: int, length: int
) -> None:
    rule = Rule(count, Unit.WORKING, suspended=True)
    asked = start + timedelta(days=before)
    due = due_on(rule, start, [Leg("complement_reply", asked, asked + timedelta(days=length))])
    left = max(working_days_between(asked, rule.after(start)), 1)
    assert working_days_between(asked + timedelta(days=length), due) == left
    assert is_working_day(due)


WHOLE = (K.RECEPTION, K.SUSPENSION, K.RESUMPTION, K.COMPLETENESS, K.ADMISSION, K.SUSPENSION, K.EXTENSION, K.RESUMPTION)
GAPS = st.lists(st.integers(0, 90), min_size=len(WHOLE), max_size=len(WHOLE))
NAMES = st.sampled_from([Unit.DAYS, Unit.WORKING, Unit.MONTHS])


@st.composite
def stories(draw: st.DrawFn) -> list[Fact]:
    """The beginning of a procedure, each fact some days after the one before."""
    offsets = accumulate(draw(GAPS), initial=0)
    first = draw(DAYS)
    dates = [first + timedelta(days=offset) for offset in list(offsets)[1:]]
    facts = [
        Fact(kind, on, rank, on + timedelta(days=30) if kind in (K.SUSPENSION, K.EXTENSION) else None)
        for rank, (kind, on) in enumerate(zip(WHOLE, dates, strict=True), start=1)
    ]
    return facts[: draw(st.integers(1, len(facts)))]


@given(stories(), st.randoms(use_true_random=False), st.integers(0, 400))
def test_the_order_in_which_facts_come_changes_nothing(facts: list[Fact], chance: object, later: int) -> None:
    today = facts[-1].on + timedelta(days=later)
    mixed = list(facts)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert clocks_of(mixed, RULES, today, K.RECEPTION) == clocks_of(facts, RULES, today, K.RECEPTION)
    assert deadline_of(mixed, RULES) == deadline_of(facts, RULES)


@given(stories(), NAMES, st.booleans(), st.integers(-400, 800))
def test_no_figure_is_ever_negative(facts: list[Fact], unit: Unit, rolled: bool, later: int) -> None:
    rules = {key: Rule(rule.count, unit, rule.suspended, rolled, rule.is_legal) for key, rule in RULES.items()}
    for one in clocks_of(facts, rules, facts[-1].on + timedelta(days=later), K.RECEPTION):
        assert min(one.elapsed, one.suspended, one.left, one.late) >= 0
        assert one.left == 0 or one.late == 0


@given(stories(), st.integers(0, 800))
def test_what_ran_and_what_waited_make_the_whole(facts: list[Fact], later: int) -> None:
    today = facts[-1].on + timedelta(days=later)
    for one in clocks_of(facts, RULES, today, K.RECEPTION):
        assert one.elapsed + one.suspended == ((one.ended_on or today) - one.started_on).days


@given(stories())
def test_legs_follow_one_another_without_a_gap(facts: list[Fact]) -> None:
    legs = legs_of(facts)
    assert [leg.end for leg in legs[:-1]] == [leg.start for leg in legs[1:]]
    assert legs[-1].end is None
