"""Words for dates, numbers and states."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kit.templatetags import french
from referencing.stages import Stage


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 3), "mardi 3 mars 2026"),
        (date(2026, 4, 1), "mercredi 1er avril 2026"),
        (date(2024, 2, 29), "jeudi 29 février 2024"),
        (None, ""),
    ],
)
def test_it_writes_dates_in_full(day: date | None, words: str):
    assert plain(french.long_date(day)) == words


def test_it_writes_moments_in_the_time_of_paris():
    assert plain(french.long_moment(datetime(2026, 7, 14, 22, 5, tzinfo=UTC))) == "mercredi 15 juillet 2026 à 0 h 05"


@given(st.dates())
def test_a_long_date_never_breaks_between_the_month_and_the_year(day: date):
    assert f"\u00a0{day.year}" in french.long_date(day)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, "en retard de 3 jours"),
        (-1, "en retard de 1 jour"),
        (0, "aujourd'hui"),
        (1, "demain"),
        (12, "dans 12 jours"),
    ],
)
def test_it_says_how_far_a_deadline_is(days: int, words: str):
    assert plain(french.in_days(timezone.localdate() + timedelta(days=days))) == words


@pytest.mark.parametrize(
    ("days", "words"), [(0, "aujourd'hui"), (1, "hier"), (9, "il y a 9 jours"), (-2, "dans 2 jours")]
)
def test_it_says_how_long_ago(days: int, words: str):
    assert plain(french.ago(timezone.localdate() - timedelta(days=days))) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(None, "0 dossier"), (0, "0 dossier"), (1, "1 dossier"), (2, "2 dossiers"), (12000, "12 000 dossiers")],
)
def test_zero_and_one_are_singular(number: int | None, words: str):
    assert plain(french.plural(number, "dossier,dossiers")).replace("\u202f", " ") == words


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 octet"), (812, "812 octets"), (1024, "1 ko"), (1_500_000, "1,4 Mo"), (3 * 1024**4, "3072 Go")],
)
def test_it_weighs_files_in_french(size: int, words: str):
    assert plain(french.filesize_fr(size)) == words


def test_every_stage_has_its_tone():
    assert set(french.TONES) >= {str(stage.value) for stage in Stage}


def test_a_badge_always_has_words():
    html = Template("{% badge stage label %}").render(Context({"stage": "rejected", "label": "Refusée <b>"}))
    assert html == '<span class="fr-badge fr-badge--error fr-badge--no-icon">Refusée &lt;b&gt;</span>'


def test_a_badge_of_a_choice_says_its_label():
    assert "Publiée" in french.badge(Stage.PUBLISHED)
