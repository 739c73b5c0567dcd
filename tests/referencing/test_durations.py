"""What past files took: without the éditeur's time, never from too few."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from questionnaires.models import Version
from referencing import durations, filing
from referencing.clocks import ClockKind as K
from referencing.clocks import Fact
from referencing.models import StepDuration
from tests import play
from tests.certificates import check_all
from tests.client import HouseClient
from tests.referencing.post import House
from tests.referencing.test_clockwork import moved_back

TODAY = timezone.localdate()
START = date(2026, 3, 2)


def told(*facts: tuple[K, int]) -> list[Fact]:
    return [Fact(kind, START + timedelta(days=days), rank) for rank, (kind, days) in enumerate(facts, start=1)]


ASKED_TWICE = told(
    (K.RECEPTION, 0),
    (K.SUSPENSION, 5),
    (K.RESUMPTION, 25),
    (K.COMPLETENESS, 25),
    (K.ADMISSION, 28),
    (K.SUSPENSION, 38),
    (K.RESUMPTION, 68),
    (K.REPORT, 80),
    (K.SCHEDULING, 82),
    (K.OPINION, 100),
    (K.DECISION, 121),
    (K.CLOSURE, 160),
)


def test_each_step_counts_the_days_when_the_service_had_the_file() -> None:
    found = {key: days for key, (_, days) in durations.durations_of(ASKED_TWICE).items()}
    assert found == {"admissibility": 8, "evaluation": 22, "commission": 20, "decision": 21, "whole": 71}
    assert durations.durations_of(ASKED_TWICE)["evaluation"][0] == START + timedelta(days=80)


def test_a_step_that_is_not_over_is_not_counted() -> None:
    assert list(durations.durations_of(ASKED_TWICE[:6])) == ["admissibility"]
    assert durations.durations_of([]) == {}


@pytest.mark.parametrize(
    ("days", "share", "figure"),
    [([7], 0.5, 7), ([1, 2], 0.5, 1), ([3, 1, 2], 0.5, 2), (list(range(1, 11)), 0.9, 9), (list(range(1, 12)), 0.9, 10)],
)
def test_quantiles_are_figures_of_real_files(days: list[int], share: float, figure: int) -> None:
    assert durations.quantile(days, share) == figure


@given(st.lists(st.integers(0, 2000), min_size=1), st.sampled_from([0.5, 0.9]))
def test_a_quantile_is_not_exceeded_by_its_share_of_the_files(days: list[int], share: float) -> None:
    figure = durations.quantile(days, share)
    assert figure in days
    assert sum(day <= figure for day in days) >= share * len(days)
    assert sum(day < figure for day in days) < share * len(days)


@pytest.fixture
def past(alice: User, sophie: User, simple_version: Version, settings) -> None:
    """Three files admitted, received 2, 4 and 9 days before."""
    settings.PROCEDURE = settings.PROCEDURE | {"expectation_files": 3}
    for ago in (2, 4, 9):
        submitted = play.submitted(alice, simple_version, name=f"Service {ago}")
        moved_back(submitted, ago)
        check_all(submitted.sheet, sophie)
        filing.admit(submitted, actor=sophie)


def figures() -> dict[str, tuple[int, int | None, int | None]]:
    usual = durations.usual()
    assert usual is not None
    return {one.key: (one.files, one.median, one.ninth) for one in usual.steps}


def test_figures_come_with_enough_files(past: None) -> None:
    durations.refresh(TODAY)
    assert figures()["admissibility"] == (3, 4, 9)
    assert figures()["evaluation"] == (0, None, None)


def test_too_few_files_say_nothing(past: None, settings) -> None:
    settings.PROCEDURE = settings.PROCEDURE | {"expectation_files": 4}
    durations.refresh(TODAY)
    assert figures()["admissibility"] == (3, None, None)
    usual = durations.usual()
    assert usual is not None
    assert not usual.is_known


def test_old_files_are_left_out(past: None) -> None:
    durations.refresh(TODAY + timedelta(days=800))
    assert figures()["admissibility"] == (0, None, None)


def test_the_public_reads_what_it_takes(past: None, client: HouseClient) -> None:
    assert "Ce que cela prend" not in client.get("/").content.decode()
    durations.refresh(TODAY)
    page = client.get("/").content.decode().replace("\u00a0", " ")
    assert "la moitié des dossiers en 4 jours au plus, neuf sur dix en 9 jours au plus" in page
    assert "pas encore assez de dossiers pour le dire" in page


@pytest.mark.parametrize("road", ["submitted", "published"])
def test_counting_costs_the_same_whatever_the_past(
    house: House, road: str, django_assert_num_queries: Callable[..., object]
) -> None:
    getattr(house, road)()
    durations.refresh(TODAY)
    with django_assert_num_queries(1 + 2 + 2 * len(durations.STEPS) + 2 * len(durations.STEPS)):  # type: ignore[attr-defined]
        durations.refresh(TODAY)
    assert StepDuration.objects.count() == len(durations.STEPS)
