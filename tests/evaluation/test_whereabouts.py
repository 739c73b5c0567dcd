"""Pages and moments read in the éditeur's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.whereabouts import MOST_PAGES, moment_in, places_in

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("note", "pages"),
    [
        ("", []),
        ("Voir l'annexe", []),
        ("p. 12 à 14", [(12, 14)]),
        ("page 3", [(3, 3)]),
        ("Page\u00a03", [(3, 3)]),
        ("pp. 4-6", [(4, 6)]),
        ("pages 3, 7 et 12 à 14", [(3, 3), (7, 7), (12, 14)]),
        ("p12 puis p. 40", [(12, 12), (40, 40)]),
        ("page n° 5 de l'annexe 2", [(5, 5)]),
        ("§ 3.2, p. 18 ; tableau 4, p. 20", [(18, 18), (20, 20)]),
        ("page 3/40", [(3, 3)]),
        ("pages 14 à 12", [(14, 14), (12, 12)]),
        ("p. 3 et p. 3", [(3, 3)]),
        ("page 0", []),
        ("p. ex. 12 personnes", []),
        ("étape 3", []),
        ("HTTP 2", []),
        ("version 12, exp 3", []),
        ("page 12345", []),
        ("voir page trois", []),
        ("p. 3 à 2:35", [(3, 3)]),
    ],
)
def test_pages_are_read_as_a_reader_would(note: str, pages: list[tuple[int, int]]):
    assert [(place.first, place.last) for place in places_in(note)] == pages


def test_places_are_said_in_words():
    assert [place.words for place in places_in("p. 3 et pages 12 à 14")] == ["page 3", "pages 12 à 14"]


@pytest.mark.parametrize(
    ("note", "seconds"),
    [
        ("", None),
        ("à 2:35", 155),
        ("1:02:35 : l'écran de consentement", 3755),
        ("2 min 35", 155),
        ("3 minutes", 180),
        ("p. 12", None),
        ("le 12/03/2026", None),
        ("12:75", None),
    ],
)
def test_a_moment_is_read_in_seconds(note: str, seconds: int | None):
    assert moment_in(note) == seconds


@given(st.text(alphabet="pages 0123456789.,;àet-–/n°:minh'", max_size=200))
def test_whatever_is_written_gives_few_real_pages(note: str):
    places = places_in(note)
    assert len(places) <= MOST_PAGES
    assert all(1 <= place.first <= place.last <= 9_999 for place in places)
    assert moment_in(note) is None or moment_in(note) >= 0  # type: ignore[operator]


def test_a_long_note_is_read_at_once():
    assert places_in("p. 1, " * 2_000)[0].first == 1
