"""The score: a weighted mean of verdicts, and the thresholds it does not reach."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.scoring import Mean, Rated, score
from evaluation.values import FINAL_VALUES, Value
from questionnaires.scales import GRADES, Scale

SCALE = Scale(
    points={"met": 100, "minor_reserve": 75, "major_reserve": 25, "not_met": 0},
    mandatory=50,
    whole=70,
    questionnaires={"securite": 80},
)
BEST_FIRST = list(GRADES.values())

rated = st.builds(
    Rated,
    code=st.uuids().map(str),
    questionnaire=st.sampled_from(["demande", "securite", "rgpd"]),
    value=st.sampled_from(["", *Value.values]),
    weight=st.integers(0, 5),
    is_mandatory=st.booleans(),
)


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    points = sorted(draw(st.lists(st.integers(0, 100), min_size=4, max_size=4)), reverse=True)
    thresholds = draw(st.tuples(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100)))
    return Scale(dict(zip(BEST_FIRST, points, strict=True)), thresholds[0], thresholds[1], {"securite": thresholds[2]})


def one(value: str, weight: int = 1, *, questionnaire: str = "securite", mandatory: bool = True) -> Rated:
    return Rated(f"{questionnaire}-{value}-{weight}", questionnaire, value, weight, mandatory)


def test_the_verdicts_of_a_scale_are_those_of_an_evaluation():
    assert set(GRADES.values()) == set(FINAL_VALUES) - {Value.IRRELEVANT}


@pytest.mark.parametrize(
    ("values", "points", "shown"),
    [
        ([], None, "—"),
        ([("met", 1)], 100, "100"),
        ([("met", 1), ("not_met", 1)], 50, "50"),
        ([("met", 3), ("not_met", 1)], 75, "75"),
        ([("met", 1), ("met", 1), ("not_met", 1)], Fraction(200, 3), "66,6"),
        ([("minor_reserve", 1), ("irrelevant", 5), ("", 9), ("complement_needed", 2)], 75, "75"),
        ([("irrelevant", 1)], None, "—"),
        ([("met", 1), ("not_met", 0)], 100, "100"),
    ],
)
def test_it_is_the_weighted_mean_of_what_is_settled(values: list[tuple[str, int]], points: object, shown: str):
    found = score([one(value, weight) for value, weight in values], SCALE).whole
    assert (found.points, found.shown) == (points, shown)


def test_it_says_what_is_left_out():
    found = score([one("met"), one(""), one("irrelevant"), one("", 0)], SCALE)
    assert (found.whole.counted, found.whole.total, found.is_partial) == (1, 2, True)
    assert not score([one("met"), one("irrelevant")], SCALE).is_partial


def test_it_says_which_thresholds_are_not_reached():
    lines = [
        Rated("ADM-01", "demande", "met"),
        Rated("SEC-01", "securite", "major_reserve"),
        Rated("SEC-02", "securite", "met"),
        Rated("SEC-03", "securite", "not_met", 1, False),
    ]
    found = score(lines, SCALE)
    assert [(part.code, part.points, part.threshold, part.is_below) for part in found.parts] == [
        ("demande", 100, 0, False),
        ("securite", Fraction(125, 3), 80, True),
    ]
    assert (found.whole.points, found.whole.is_below, found.short) == (Fraction(225, 4), True, ("SEC-01",))
    assert found.is_short


def test_a_score_just_under_a_threshold_is_not_rounded_up_to_it():
    mean = Mean("", Fraction(79_999, 1000), 1, 1, 80)
    assert (mean.is_below, mean.shown, mean.percent) == (True, "79,9", 79)


def test_without_threshold_nothing_is_short():
    assert not score([one("not_met")], Scale(SCALE.points)).is_short


@given(st.lists(rated), scales())
def test_a_score_is_bounded(lines: list[Rated], scale: Scale):
    found = score(lines, scale)
    assert all(mean.points is None or 0 <= mean.points <= 100 for mean in (found.whole, *found.parts))


@given(st.lists(rated), scales(), st.randoms(use_true_random=False))
def test_the_order_changes_nothing(lines: list[Rated], scale: Scale, chance):
    shuffled = lines[:]
    chance.shuffle(shuffled)
    one_way, other = score(lines, scale), score(shuffled, scale)
    assert one_way.whole == other.whole
    assert set(one_way.parts) == set(other.parts)
    assert sorted(one_way.short) == sorted(other.short)


@given(st.lists(rated, min_size=1), scales(), st.data())
def test_a_better_verdict_never_lowers_it(lines: list[Rated], scale: Scale, data: st.DataObject):
    at = data.draw(st.integers(0, len(lines) - 1))
    worse, better = sorted(data.draw(st.tuples(*[st.sampled_from(range(4))] * 2)), reverse=True)

    def with_value(rank: int) -> list[Rated]:
        old = lines[at]
        changed = Rated(old.code, old.questionnaire, BEST_FIRST[rank], old.weight, old.is_mandatory)
        return [*lines[:at], changed, *lines[at + 1 :]]

    low, high = score(with_value(worse), scale), score(with_value(better), scale)
    assert (low.whole.points or 0) <= (high.whole.points or 0)
    assert set(high.short) <= set(low.short)


@given(st.lists(rated), scales(), st.sampled_from(["", *Value.values]), st.booleans())
def test_a_weight_of_zero_changes_nothing(lines: list[Rated], scale: Scale, value: str, mandatory: bool):
    with_it = score([*lines, Rated("Z", "demande", value, 0, mandatory)], scale)
    without = score(lines, scale)
    assert (with_it.whole, with_it.short) == (without.whole, without.short)
    assert [part for part in with_it.parts if part.total] == [part for part in without.parts if part.total]


@given(st.lists(rated), scales(), st.sampled_from(["", Value.IRRELEVANT, Value.COMPLEMENT_NEEDED]))
def test_what_is_not_settled_or_irrelevant_moves_no_score(lines: list[Rated], scale: Scale, value: str):
    with_it = score([*lines, Rated("Z", "demande", value, 3, True)], scale)
    assert with_it.whole.points == score(lines, scale).whole.points
