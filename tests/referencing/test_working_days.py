"""The calendar of worked days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referencing.working_days import add_working_days, holiday_name, is_working_day, next_working_day

pytestmark = pytest.mark.once
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "Jour de l'an"),
        (date(2026, 4, 6), "Lundi de Pâques"),
        (date(2026, 5, 14), "Ascension"),
        (date(2026, 5, 25), "Lundi de Pentecôte"),
        (date(2026, 12, 25), "Noël"),
        (date(2026, 12, 26), ""),
        (date(2028, 2, 29), ""),
    ],
)
def test_public_holidays_are_named_in_french(day: date, name: str) -> None:
    assert holiday_name(day) == name


def test_alsace_and_moselle_have_two_more(settings) -> None:
    settings.PROCEDURE = settings.PROCEDURE | {"alsace_moselle": True}

    assert holiday_name(date(2026, 12, 26)) == "Saint-Étienne"
    assert holiday_name(date(2026, 4, 3)) == "Vendredi saint"


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 11, 26), date(2026, 11, 26)),
        (date(2026, 11, 28), date(2026, 11, 30)),
        (date(2026, 5, 1), date(2026, 5, 4)),  # a Friday, the holiday of a long week-end
        (date(2026, 12, 25), date(2026, 12, 28)),
    ],
)
def test_the_next_worked_day(day: date, worked: date) -> None:
    assert next_working_day(day) == worked


@given(day=DAYS, count=st.integers(0, 60))
def test_counting_worked_days_lands_on_one(day: date, count: int) -> None:
    landed = add_working_days(day, count)

    between = [day + timedelta(days=i) for i in range(1, (landed - day).days + 1)]
    assert sum(map(is_working_day, between)) == count
    assert count == 0 or is_working_day(landed)
