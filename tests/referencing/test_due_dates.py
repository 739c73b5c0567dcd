"""What a date given to the éditeur may be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referencing.due_dates import LONGEST, why_not_due
from referencing.working_days import is_working_day

TODAY = date(2026, 11, 26)  # a Thursday


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 11, 25), "Cette échéance est passée : choisissez une date à partir du vendredi 27 novembre 2026."),
        (
            TODAY,
            "L'échéance ne peut pas être aujourd'hui : choisissez une date à partir du vendredi 27 novembre 2026.",
        ),
        (
            date(2026, 12, 5),
            "Samedi 5 décembre 2026 tombe un week-end : le jour ouvré suivant est le lundi 7 décembre 2026.",
        ),
        (
            date(2026, 12, 25),
            "Vendredi 25 décembre 2026 est un jour férié (Noël) : le jour ouvré suivant est le lundi 28 décembre 2026.",
        ),
        (date(2036, 12, 4), "Cette échéance est à plus d'un an : vérifiez l'année."),
        (date(9999, 12, 31), "Cette échéance est à plus d'un an : vérifiez l'année."),
        (date(2026, 11, 27), ""),
        (date(2026, 12, 24), ""),
    ],
)
def test_each_fault_is_one_sentence_that_offers_a_day(day: date, sentence: str):
    assert why_not_due(day, TODAY).replace("\u00a0", " ") == sentence


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.integers(-30, LONGEST + 30))
def test_it_lets_through_the_worked_days_of_the_year_to_come_and_only_them(today: date, ahead: int):
    day = today + timedelta(days=ahead)
    assert (why_not_due(day, today) == "") == (0 < ahead <= LONGEST and is_working_day(day))
