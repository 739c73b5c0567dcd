"""What a change of the orientation moves, and that going there and back restores everything."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.applicability import State, certificates_held, judge
from questionnaires.changes import Change, Kept, orientation_change

SENTENCES = {
    name: [f"le service a « {name} »", f"le service n'a pas « {name} »"]
    for name in ("sante", "tiers", "echange", "dmn_certifie", "tlc_certifie")
}
NAMES = sorted(SENTENCES)


@dataclass
class Criterion:
    code: str
    condition: str = "toujours"
    dispensed_by: list[str] = field(default_factory=list)
    points: list[dict[str, Any]] = field(default_factory=list)
    grounds: dict[str, list[str]] = field(default_factory=lambda: SENTENCES)


def point(code: str, condition: str = "toujours", *dispensed_by: str) -> dict[str, Any]:
    return {"code": code, "text": code, "level": "O", "condition": condition, "dispensed_by": list(dispensed_by)}


CRITERIA = [
    Criterion("TOUS"),
    Criterion("SANTE", "sante"),
    Criterion("TIERS", "sante ET tiers"),
    Criterion("SEUL", "sante ET NON tiers"),
    Criterion("CHOIX", "sante OU echange"),
    Criterion("DISPENSE", "toujours", ["DMN"]),
    Criterion("FUSION", points=[point("P-SANTE", "sante"), point("P-DMN", "toujours", "DMN")]),
]
ANSWERS = {
    "SANTE": Kept(3, True, 2),
    "TIERS": Kept(1, False, 1),
    "SEUL": Kept(2, False, 0),
    "DISPENSE": Kept(1, True, 0),
}


def codes(change: Change) -> tuple[list[str], list[str], list[str]]:
    return tuple([move.code for move in moves] for moves in (change.entering, change.leaving, change.altered))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [], ([], [], [])),
        ([], ["sante"], (["SANTE", "SEUL", "CHOIX"], [], ["FUSION"])),
        (["sante"], ["sante", "tiers"], (["TIERS"], ["SEUL"], [])),
        (["sante", "tiers"], [], ([], ["SANTE", "TIERS", "CHOIX"], ["FUSION"])),
        (["sante"], ["echange"], ([], ["SANTE", "SEUL"], ["FUSION"])),
        ([], ["dmn_certifie"], ([], ["DISPENSE"], ["FUSION"])),
    ],
)
def test_it_says_what_enters_leaves_and_alters(
    before: list[str], after: list[str], expected: tuple[list[str], list[str], list[str]]
):
    change = orientation_change(dict.fromkeys(before, True), dict.fromkeys(after, True), CRITERIA, {}, judged)
    assert codes(change) == expected


def test_it_counts_what_is_set_aside_and_what_comes_back():
    leaving = orientation_change({"sante": True, "tiers": True}, {}, CRITERIA, ANSWERS, judged)
    assert (leaving.answers_set_aside, leaving.proofs_set_aside) == (1, 3)
    assert (leaving.answers_brought_back, leaving.proofs_brought_back) == (0, 0)
    assert [move.code for move in leaving.set_aside] == ["SANTE", "TIERS"]
    back = orientation_change({}, {"sante": True, "tiers": True}, CRITERIA, ANSWERS, judged)
    assert (back.answers_brought_back, back.proofs_brought_back) == (1, 3)


def test_an_empty_answer_is_nothing_to_keep():
    change = orientation_change({"sante": True}, {}, CRITERIA, {"SEUL": Kept(2, False, 0)}, judged)
    assert change.set_aside == ()


def test_a_certificate_that_is_gained_or_lost_is_named():
    gained = orientation_change({}, {"dmn_certifie": True}, CRITERIA, {}, judged)
    assert (gained.certificates_gained, gained.certificates_lost) == (frozenset({"DMN"}), frozenset())
    assert gained.leaving[0].after.state == State.DISPENSED
    lost = orientation_change({"dmn_certifie": True}, {}, CRITERIA, {}, judged)
    assert (lost.certificates_gained, lost.certificates_lost) == (frozenset(), frozenset({"DMN"}))


def test_the_points_of_a_criterion_that_stays_are_told():
    change = orientation_change({}, {"sante": True, "dmn_certifie": True}, CRITERIA, {}, judged)
    altered = change.altered[0]
    assert [one["code"] for one in altered.points_in] == ["P-SANTE"]
    assert [one["code"] for one in altered.points_out] == ["P-DMN"]


FACTS = st.fixed_dictionaries(dict.fromkeys(NAMES, st.booleans()))
CONDITIONS = st.builds(
    lambda names, joiner, nots: f" {joiner} ".join(
        f"{'NON ' if negated else ''}{name}" for name, negated in zip(names, nots, strict=False)
    ),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True),
    st.sampled_from(["ET", "OU"]),
    st.lists(st.booleans(), min_size=4, max_size=4),
)
RULES = st.lists(
    st.tuples(st.just("toujours") | CONDITIONS, st.lists(st.sampled_from(["DMN", "TLC"]), unique=True)), max_size=12
)
KEPT = st.builds(Kept, st.integers(0, 9), st.booleans(), st.integers(0, 3))


def made(rules: list[tuple[str, list[str]]]) -> list[Criterion]:
    return [Criterion(f"C-{rank}", condition, held) for rank, (condition, held) in enumerate(rules)]


@given(before=FACTS, after=FACTS, rules=RULES)
def test_what_enters_and_what_leaves_never_meet(before: dict[str, bool], after: dict[str, bool], rules: Any):
    change = orientation_change(before, after, made(rules), {}, judged)
    entering, leaving, altered = (set(moved) for moved in codes(change))
    assert not entering & leaving
    assert not (entering | leaving) & altered
    assert len(change.moves) == len(entering | leaving | altered)


@given(before=FACTS, after=FACTS, rules=RULES, kept=st.lists(KEPT, min_size=12, max_size=12))
def test_going_there_and_back_restores_everything(
    before: dict[str, bool], after: dict[str, bool], rules: Any, kept: list[Kept]
):
    criteria = made(rules)
    answers = {criterion.code: one for criterion, one in zip(criteria, kept, strict=False)}
    there = orientation_change(before, after, criteria, answers, judged)
    back = orientation_change(after, before, criteria, answers, judged)
    assert codes(back) == (codes(there)[1], codes(there)[0], codes(there)[2])
    assert [(move.before, move.after, move.kept) for move in back.moves] == [
        (move.after, move.before, move.kept) for move in (*there.leaving, *there.entering, *there.altered)
    ]
    assert (back.answers_brought_back, back.proofs_brought_back) == (there.answers_set_aside, there.proofs_set_aside)
    assert back.certificates_gained == there.certificates_lost


@given(facts=FACTS, rules=RULES, kept=st.lists(KEPT, min_size=12, max_size=12))
def test_changing_nothing_moves_nothing(facts: dict[str, bool], rules: Any, kept: list[Kept]):
    criteria = made(rules)
    answers = {criterion.code: one for criterion, one in zip(criteria, kept, strict=False)}
    change = orientation_change(facts, facts, criteria, answers, judged)
    assert change == Change((), (), (), frozenset(), frozenset())


@given(before=FACTS, after=FACTS, rules=RULES)
def test_what_is_asked_afterwards_is_what_was_asked_with_what_enters_and_without_what_leaves(
    before: dict[str, bool], after: dict[str, bool], rules: Any
):
    criteria = made(rules)
    change = orientation_change(before, after, criteria, {}, judged)
    entering, leaving, _ = (set(moved) for moved in codes(change))
    assert asked(criteria, after) == (asked(criteria, before) | entering) - leaving


def judged(criterion: Criterion, facts: Any) -> Any:
    """Certificates are taken at their word: what one on file covers is for test_certificates.py."""
    held = certificates_held(facts)
    points = [
        (point, judge(point["condition"], point["dispensed_by"], facts, criterion.grounds, held))
        for point in criterion.points
    ]
    verdict = judge(criterion.condition, criterion.dispensed_by, facts, criterion.grounds, held)
    return verdict, [(point, said) for point, said in points if said.applies]


def asked(criteria: list[Criterion], facts: dict[str, bool]) -> set[str]:
    held = certificates_held(facts)
    return {one.code for one in criteria if judge(one.condition, one.dispensed_by, facts, one.grounds, held).applies}
