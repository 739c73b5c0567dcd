"""Until when the next person has, from the dates alone; and the clock of an evaluation, suspended and not reset."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from journal.models import Event
from kit.templatetags.french import long_date
from referencing.deadlines import days_left, deadline_after
from referencing.models import Candidature
from tests.referencing.post import House, react

DUE = date(2026, 6, 30)
DAYS = st.dates(date(2025, 1, 1), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("asked_on", "left"),
    [
        (date(2026, 5, 1), 60),
        (date(2026, 6, 20), 10),
        (date(2026, 6, 29), 1),
        (date(2026, 6, 30), 1),  # the last day is a day
        (date(2026, 7, 15), 1),  # a late evaluation gains nothing but the day of its return
    ],
)
def test_a_request_keeps_the_days_that_were_left(asked_on: date, left: int) -> None:
    assert days_left(DUE, asked_on) == left


@pytest.mark.parametrize(
    ("verb", "content", "resumed", "expected"),
    [
        ("submit", {}, None, date(2026, 7, 15)),
        ("admit", {}, None, date(2026, 8, 29)),
        ("give_opinion", {}, None, date(2026, 7, 30)),
        ("declare_incomplete", {"deadline": "2026-07-04"}, None, date(2026, 7, 4)),
        ("request_complements", {"deadline": "2026-07-05"}, None, date(2026, 7, 5)),
        ("schedule", {"date": "2026-07-06"}, None, date(2026, 7, 6)),
        ("return_complements", {}, 12, date(2026, 7, 12)),
        ("return_complements", {}, None, date(2026, 8, 29)),  # nothing was noted: a whole delay
        ("conclude_evaluation", {}, None, None),
        ("publish", {}, 12, None),
    ],
)
def test_each_verb_gives_its_deadline(
    verb: str, content: dict[str, str], resumed: int | None, expected: date | None
) -> None:
    assert deadline_after(verb, DUE, content, resumed=resumed) == expected


@given(DAYS, DAYS, DAYS)
def test_a_suspension_moves_the_deadline_by_its_own_length(due: date, asked_on: date, returned_on: date) -> None:
    resumed = deadline_after("return_complements", returned_on, {}, resumed=days_left(due, asked_on))
    expected = due + (returned_on - asked_on) if due > asked_on else returned_on + timedelta(days=1)
    assert resumed == expected


def test_the_evaluation_takes_up_with_the_days_it_had_left(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    assigned = house.assigned()
    today = timezone.localdate()
    Candidature.objects.filter(pk=assigned.pk).update(deadline=today + timedelta(days=17))
    monkeypatch.setattr(house, "assigned", lambda: assigned)
    returned = house.returned()
    due = today + timedelta(days=17)
    assert Event.objects.get(kind="candidature.request_complements").data["days_left"] == 17
    assert returned.deadline == due
    written = react("candidature.return_complements")
    for kind, person in (("complements_received", "alice"), ("complements_returned", "emile")):
        assert f"avant le {long_date(due)}" in written[kind, person].body
