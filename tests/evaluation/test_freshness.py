"""A verdict is pinned to bytes: what moved goes back to review, and nothing else."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.freshness import Changes, OnFile, changes_since, last_asked, state_of
from evaluation.values import State


@dataclass
class Found:
    round: int = 1
    pins: list[str] = field(default_factory=lambda: ["aa", "bb"])
    answer_edition: int = 3


SAME = OnFile(("aa", "bb"), 3)


@pytest.mark.parametrize(
    ("verdict", "on_file", "now", "asked_in", "with_editor", "expected"),
    [
        (None, SAME, 1, 0, False, State.TO_JUDGE),
        (Found(), SAME, 1, 0, False, State.JUDGED),
        (Found(), SAME, 2, 0, False, State.JUDGED),
        (Found(), OnFile(("aa", "cc"), 3), 2, 0, False, State.TO_REVIEW),
        (Found(), OnFile(("aa",), 3), 2, 0, False, State.TO_REVIEW),
        (Found(), OnFile(("aa", "bb"), 4), 2, 0, False, State.TO_REVIEW),
        (Found(), SAME, 1, 1, False, State.JUDGED),
        (Found(), SAME, 1, 1, True, State.WAITING),
        (None, SAME, 1, 1, True, State.WAITING),
        (Found(), SAME, 2, 1, False, State.TO_REVIEW),
        (Found(round=2), SAME, 2, 1, False, State.JUDGED),
        (Found(round=2), SAME, 3, 1, False, State.JUDGED),
        (Found(round=1), SAME, 2, 1, True, State.TO_REVIEW),
    ],
)
def test_it_says_where_a_criterion_stands(verdict, on_file, now, asked_in, with_editor, expected):
    assert state_of(verdict, on_file, now=now, asked_in=asked_in, with_editor=with_editor) == expected


def test_it_remembers_the_last_round_that_asked_for_each_criterion():
    first = {"items": [{"criterion": "A", "expected": "x"}, {"criterion": "B", "expected": "y"}]}
    second = {"items": [{"criterion": "B", "expected": "z"}]}
    assert last_asked([(2, second), (1, first)]) == {"A": 1, "B": 2}
    assert last_asked([]) == {}


def test_it_names_what_changed():
    changes = changes_since(Found(), OnFile(("aa", "cc", "dd"), 4))
    assert changes == Changes(added=("cc", "dd"), removed=1, answer=True)
    assert bool(changes) is True
    assert bool(changes_since(Found(), SAME)) is False


@given(
    pins=st.sets(st.text("abcdef", min_size=1, max_size=4)),
    edition=st.integers(0, 9),
    judged_in=st.integers(1, 5),
    later=st.integers(0, 3),
)
def test_a_verdict_on_what_is_on_file_holds_whatever_the_round(pins, edition, judged_in, later):
    verdict = Found(judged_in, sorted(pins), edition)
    on_file = OnFile(tuple(sorted(pins)), edition)
    assert state_of(verdict, on_file, now=judged_in + later) == State.JUDGED
    assert not changes_since(verdict, on_file)


@given(
    before=st.sets(st.text("abcdef", min_size=1, max_size=4)),
    after=st.sets(st.text("abcdef", min_size=1, max_size=4)),
    edition=st.integers(0, 9),
)
def test_a_verdict_goes_back_to_review_exactly_when_something_changed(before, after, edition):
    verdict = Found(1, sorted(before), edition)
    on_file = OnFile(tuple(sorted(after)), edition)
    changed = bool(changes_since(verdict, on_file))
    assert changed == (before != after)
    assert (state_of(verdict, on_file, now=1) == State.TO_REVIEW) == changed
