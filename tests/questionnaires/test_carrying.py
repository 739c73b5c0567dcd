"""What the answers of a former sheet become: a table of cases, then what always holds."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires import carrying
from questionnaires.carrying import Fate, Former, Left, Lineage, Plan, Proof, Rules, Target, carry
from questionnaires.lineage import Lineage as LineageOfVersion
from questionnaires.lineage import descent
from questionnaires.plain import Stage

TODAY = date(2026, 3, 3)
RULES = Rules(today=TODAY, oldest_proof=date(2025, 3, 3))
SISTER = Rules(today=TODAY, oldest_proof=date(2025, 3, 3), other_service=True)
FRESH = Proof(1, "PSSI", date(2026, 1, 1))
OLD = Proof(2, "Audit", date(2025, 3, 2))
EXPIRED = Proof(3, "HDS", date(2026, 1, 1), expires_on=date(2026, 3, 2))
LAST_DAY = Proof(4, "HDS", date(2026, 1, 1), expires_on=TODAY)
INFECTED = Proof(5, "Capture", date(2026, 1, 1), is_infected=True)


def former(code: str = "A", *proofs: Proof, text: str = "Exigence.", value: str = "met", comment: str = "") -> Former:
    return Former(code, text, value, comment, proofs)


def carried(answers: list[Former], target: Target, *, lineage: Lineage | None = None, rules: Rules = RULES) -> Plan:
    return carry(answers, [target], lineage or Lineage(), rules)


def test_an_answer_without_words_and_with_a_fresh_proof_is_kept_as_it_is():
    (one,) = carried([former("A", FRESH)], Target("A", "Exigence.")).carried
    assert (one.fate, one.value, one.proofs, one.sources, one.reasons) == (Fate.KEPT, "met", (FRESH,), ("A",), ())
    assert not one.to_confirm


@pytest.mark.parametrize(
    ("answer", "rules", "reasons", "proofs"),
    [
        (former(comment="En place."), RULES, (carrying.COMMENT,), ()),
        (former(text="Autre exigence."), RULES, (carrying.REWORDED,), ()),
        (former(text="Exigence.  \n"), RULES, (), ()),
        (former(), SISTER, (carrying.ANOTHER_SERVICE,), ()),
        (
            former("A", OLD),
            RULES,
            ("La preuve « Audit » date du dimanche 2\u00a0mars\u00a02025 : est-elle encore exacte ?",),
            (OLD,),
        ),
        (
            former("A", FRESH, EXPIRED),
            RULES,
            ("La preuve « HDS » a expiré le lundi 2\u00a0mars\u00a02026 : elle n'est pas reprise.",),
            (FRESH,),
        ),
        (former("A", LAST_DAY), RULES, (), (LAST_DAY,)),
        (
            former("A", INFECTED),
            RULES,
            ("La preuve « Capture » contient un virus : elle n'est pas reprise.",),
            (),
        ),
    ],
    ids=["comment", "reworded", "spaces", "sister", "old proof", "expired", "last day", "infected"],
)
def test_what_must_be_confirmed_says_why(
    answer: Former, rules: Rules, reasons: tuple[str, ...], proofs: tuple[Proof, ...]
):
    (one,) = carried([answer], Target("A", "Exigence."), rules=rules).carried
    assert (one.reasons, one.proofs) == (reasons, proofs)
    assert one.fate == (Fate.TO_CONFIRM if reasons else Fate.KEPT)


def test_merged_requirements_bring_their_answers_together():
    answers = [former("A", FRESH, comment="De A."), former("B", FRESH, OLD, comment="De B.", value="not_met")]
    plan = carried(answers, Target("A", "Exigence.", ("B",)), lineage=Lineage({"B": "A"}))
    (one,) = plan.carried
    assert (one.fate, one.value, one.sources) == (Fate.MERGED, "", ("A", "B"))
    assert one.comment == "A : De A.\n\nB : De B."
    assert one.proofs == (FRESH, OLD)
    assert one.reasons[:2] == (
        carrying.SEVERAL.format(codes="A et B"),
        carrying.DIFFERENT_VALUES.format(codes="A et B"),
    )


def test_the_same_value_everywhere_is_kept_when_merged():
    plan = carried([former("A"), former("B")], Target("A", "Exigence.", ("B",)), lineage=Lineage({"B": "A"}))
    assert plan.carried[0].value == "met"


def test_an_answer_to_a_part_of_the_new_requirement_says_which_part_is_missing():
    plan = carried([former("B")], Target("A", "Exigence.", ("B",)), lineage=Lineage({"B": "A"}))
    assert plan.carried[0].reasons == (carrying.PARTLY_ANSWERED.format(codes="A"),)


def test_what_is_not_carried_says_why():
    answers = [former("A"), former("B"), former("C"), former("D", value="")]
    targets = [Target("A", "Exigence.", why_not="Ne s'applique pas : rien."), Target("N", "Nouveau.")]
    plan = carry(answers, targets, Lineage(removed=frozenset({"B"})), RULES)
    assert plan == Plan(
        (),
        (
            Left("A", "Ne s'applique pas : rien."),
            Left("B", "Cette exigence ne figure plus dans le référentiel choisi."),
            Left("C", "Le référentiel choisi n'a pas cette exigence."),
        ),
        ("N",),
    )


# --- From one version to another -------------------------------------------------------------


def link(code: str, codes: str, **said: Any) -> Stage:
    return Stage(code, list(codes), [], LineageOfVersion(**said))


V1 = link("v1", "ABCDRX")
V2 = link("v2", "ACX", version="v1", merged={"B": "A", "D": "C"}, removed=["R"])
V3 = link("v3", "ZPQ", version="v2", renamed={"A": "Z"}, removed=["C"], split={"X": ["P", "Q"]})


def followed(older: Stage, newer: Stage) -> Lineage:
    return Lineage.of(descent(older, newer, [V1, V2, V3]))


def test_versions_are_followed_one_after_the_other():
    found = followed(V1, V3)
    assert [found.becomes(code) for code in "ABCDRX"] == [("Z",), ("Z",), (), (), (), ("P", "Q")]


def test_versions_that_do_not_follow_share_only_their_codes():
    assert followed(link("other", "AB"), V3) == Lineage()


def test_an_answer_under_another_code_is_kept_as_it_is():
    plan = carried([former("A")], Target("Z", "Exigence."), lineage=Lineage({"A": "Z"}))
    assert [(one.code, one.fate, one.sources) for one in plan.carried] == [("Z", Fate.KEPT, ("A",))]


def test_an_answer_to_what_was_split_goes_to_each_part_to_be_confirmed():
    targets = [Target("P", "Une part."), Target("Q", "L'autre.")]
    plan = carry([former("X")], targets, Lineage(split={"X": ("P", "Q")}), RULES)
    assert [(one.code, one.sources, one.to_confirm) for one in plan.carried] == [
        ("P", ("X",), True),
        ("Q", ("X",), True),
    ]
    assert plan.left == ()


# --- What always holds -----------------------------------------------------------------------

codes = st.sampled_from(list("ABCDEF"))
proofs = st.builds(
    Proof,
    key=st.integers(1, 6),
    title=st.sampled_from(["HDS", "PSSI"]),
    dated=st.dates(date(2024, 1, 1), TODAY),
    expires_on=st.none() | st.dates(date(2025, 1, 1), date(2027, 1, 1)),
    is_infected=st.booleans(),
)
answers = st.lists(
    st.builds(
        Former,
        code=codes,
        text=st.sampled_from(["Exigence.", "Autre."]),
        value=st.sampled_from(["", "met", "not_met"]),
        comment=st.sampled_from(["", "En place."]),
        proofs=st.lists(proofs, max_size=3).map(tuple),
    ),
    unique_by=lambda one: one.code,
)
targets = st.lists(
    st.builds(
        Target,
        code=codes,
        text=st.sampled_from(["Exigence.", "Autre."]),
        points=st.lists(codes, max_size=2, unique=True).map(tuple),
        why_not=st.sampled_from(["", "Ne s'applique pas."]),
    ),
    unique_by=lambda one: one.code,
)
lineages = st.builds(Lineage, st.dictionaries(codes, codes), st.frozensets(codes, max_size=2))
rules = st.sampled_from([RULES, SISTER])


@given(answers, targets, lineages, rules)
def test_every_answer_is_carried_once_or_left_with_a_reason(
    said: list[Former], asked: list[Target], lineage: Lineage, rule: Rules
):
    plan = carry(said, asked, lineage, rule)
    placed = [code for one in plan.carried for code in one.sources] + [one.code for one in plan.left]
    assert sorted(placed) == sorted(one.code for one in said if one.says_something)
    assert all(one.reason for one in plan.left)


@given(answers, targets, lineages, rules)
def test_nothing_is_invented(said: list[Former], asked: list[Target], lineage: Lineage, rule: Rules):
    by_code = {one.code: one for one in said}
    for one in carry(said, asked, lineage, rule).carried:
        sources = [by_code[code] for code in one.sources]
        assert one.value in {"", *(source.value for source in sources)}
        assert set(one.proofs) <= {proof for source in sources for proof in source.proofs}
        assert not any(proof.is_infected or (proof.expires_on or TODAY) < TODAY for proof in one.proofs)


@given(answers, targets, lineages, rules)
def test_each_criterion_that_is_asked_has_one_answer_or_is_new(
    said: list[Former], asked: list[Target], lineage: Lineage, rule: Rules
):
    plan = carry(said, asked, lineage, rule)
    assert sorted([*plan.new, *(one.code for one in plan.carried)]) == sorted(
        one.code for one in asked if not one.why_not
    )


@given(answers, targets, lineages)
def test_the_answers_of_another_service_are_all_to_be_confirmed(
    said: list[Former], asked: list[Target], lineage: Lineage
):
    assert all(one.to_confirm for one in carry(said, asked, lineage, SISTER).carried)


@given(answers, targets, lineages, rules)
def test_only_an_answer_of_the_same_words_is_kept_as_it_is(
    said: list[Former], asked: list[Target], lineage: Lineage, rule: Rules
):
    texts = {one.code: one.text for one in said}
    for one in carry(said, asked, lineage, rule).of(Fate.KEPT):
        assert one.sources == (one.code,)
        assert texts[one.code] == next(target.text for target in asked if target.code == one.code)
        assert not one.comment
