"""The geometry of the charts and the arithmetic of the boards, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruction import boards, charts


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), max_size=20))
def test_the_widest_bar_is_whole_and_none_is_wider(rows: list[tuple[int, int]]) -> None:
    drawn = charts.bars([("ligne", number, min(late, number), "q") for number, late in rows])
    assert all(0 <= bar.late_wide <= bar.wide <= 100 for bar in drawn)
    if any(number for number, _ in rows):
        assert max(bar.wide for bar in drawn) == 100


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=24))
def test_every_point_of_a_curve_is_inside_the_drawing(numbers: list[int]) -> None:
    (curve,) = charts.curves([("série", numbers)])
    assert [point.number for point in curve.points] == numbers
    assert all(0 <= point.x <= charts.WIDTH and charts.TOP <= point.y <= charts.HEIGHT for point in curve.points)
    assert [point.x for point in curve.points] == sorted(point.x for point in curve.points)


def test_two_curves_share_one_scale() -> None:
    first, second = charts.curves([("a", [0, 10]), ("b", [5, 5])])
    assert first.points[0].y > second.points[0].y > first.points[1].y


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=12))
def test_the_names_of_two_curves_never_cover_each_other(months: list[tuple[int, int]]) -> None:
    first, second = charts.curves([(name, [pair[rank] for pair in months]) for rank, name in enumerate("ab")])
    assert abs(first.name_y - second.name_y) >= charts.NAME_HEIGHT - 0.1


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 3000))
def test_each_day_of_filing_is_in_one_age_and_one_only(today: date, days: int) -> None:
    filed = today - timedelta(days=days)
    spans = [boards.span(today, first, last) for first, last, _ in boards.AGES]
    assert sum((since is None or since <= filed) and filed <= until for since, until in spans) == 1


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 11, 26), date(2025, 12, 1), date(2026, 11, 1)),
        (date(2026, 1, 1), date(2025, 2, 1), date(2026, 1, 1)),
        (date(2024, 12, 31), date(2024, 1, 1), date(2024, 12, 1)),
    ],
)
def test_twelve_months_end_with_the_month_of_today(today: date, first: date, last: date) -> None:
    months = boards.last_months(today, 12)
    assert (len(months), months[0], months[-1]) == (12, first, last)
