"""The two référentiels of the project: whole, covered by the orientation, nothing lost by the simplification."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires.applicability import CERTIFICATES, certificates_held, complete_facts, judge
from questionnaires.conditions import parse
from questionnaires.drafts import DraftCriterion, DraftPoint, DraftVersion
from questionnaires.lint import lint
from questionnaires.loader import REFERENTIALS, default_folders, load
from questionnaires.orientation import steps

FULL, SIMPLE = "complet-2023", "simplifie-2025"
BOTH = pytest.mark.parametrize("code", [FULL, SIMPLE])
# Asked for the catalogue and the evaluators, not for a condition.
INFORMATIVE = {"type_solution", "finalites", "classe_dm"}


@cache
def draft(code: str) -> DraftVersion:
    linted = lint(REFERENTIALS / code)
    assert linted.faults == []
    assert linted.draft is not None
    return linted.draft


def by_code(code: str) -> dict[str, DraftCriterion]:
    return {criterion.code: criterion for criterion in draft(code).criteria}


def points(code: str) -> dict[str, tuple[DraftCriterion, DraftPoint]]:
    return {point.code: (criterion, point) for criterion in draft(code).criteria for point in criterion.points}


def conditions(code: str) -> list[str]:
    own = [criterion.condition for criterion in draft(code).criteria]
    return own + [point.condition for _, point in points(code).values()]


def test_the_project_publishes_these_two():
    assert [folder.name for folder in default_folders()] == [FULL, SIMPLE]


@pytest.mark.parametrize(
    ("code", "counts"),
    [
        (
            FULL,
            {
                "demande": 16,
                "doctrine": 37,
                "securite": 44,
                "ethique": 41,
                "rgpd": 24,
                "securite-echange": 15,
                "rgpd-echange": 12,
                "tests": 13,
            },
        ),
        (
            SIMPLE,
            {
                "demande": 15,
                "doctrine": 21,
                "securite": 20,
                "ethique": 25,
                "rgpd": 18,
                "securite-echange": 15,
                "rgpd-echange": 11,
                "tests": 13,
            },
        ),
    ],
)
def test_their_questionnaires_hold_what_they_should(code: str, counts: dict[str, int]):
    found = {
        questionnaire.code: sum(len(section.criteria) for section in questionnaire.sections)
        for questionnaire in draft(code).questionnaires
    }
    assert found == counts


def test_the_full_one_counts_202_criteria_and_no_point():
    assert len(draft(FULL).criteria) == 202
    assert points(FULL) == {}
    assert sum(len(criterion.proofs) for criterion in draft(FULL).criteria) == 267


@BOTH
def test_only_the_milestones_are_not_answered(code: str):
    assert [view.code for view in draft(code).questionnaires if not view.is_answered] == ["tests"]


@BOTH
def test_they_say_that_they_are_not_the_official_annex(code: str):
    assert "Ce n'est pas l'annexe officielle" in draft(code).source


@BOTH
def test_every_criterion_has_proofs_and_every_section_advice(code: str):
    assert [criterion.code for criterion in draft(code).criteria if not criterion.proofs] == []
    sections = [section for view in draft(code).questionnaires for section in view.sections]
    assert [section.code for section in sections if not section.advice] == []


@BOTH
def test_each_obligation_that_is_answered_says_what_convinces(code: str):
    kept = by_code(SIMPLE)
    silent = [
        criterion.code
        for view in draft(code).questionnaires
        if view.is_answered
        for section in view.sections
        for criterion in section.criteria
        if not criterion.guidance and criterion.code in kept
    ]
    assert silent == []


# --- The orientation -------------------------------------------------------------------------


@BOTH
def test_every_variable_is_of_some_use(code: str):
    named = {name for text in conditions(code) for name in parse(text).variables}
    for variable in draft(code).variables:
        for text in variable.conditions.values():
            named.update(parse(text).variables)
    for rule in draft(code).rules:
        named.update((*parse(rule.when).variables, *parse(rule.then).variables))
    assert {variable.code for variable in draft(code).variables} - named - INFORMATIVE == set()


@BOTH
def test_the_variables_that_other_rooms_read_are_there(code: str):
    known = {variable.code: variable for variable in draft(code).variables}
    assert {variable for variable, _ in CERTIFICATES.values()} <= known.keys()
    assert known["echange_mes"].derived_from == "api_mesures OU api_documents OU api_agenda"
    assert "parcours" not in known


@BOTH
def test_a_service_without_health_data_answers_about_25_questions_in_6_steps(code: str):
    variables = draft(code).variables
    given: dict[str, object] = {variable.code: False for variable in variables if variable.kind == "boolean"}
    shown = steps(variables, given)
    assert len(shown) == 6
    assert 20 <= sum(len(step.questions) for step in shown) <= 26


@BOTH
def test_every_question_reads_well(code: str):
    for variable in draft(code).variables:
        assert variable.label.endswith("?"), variable.code
        assert variable.derived_from or variable.help, variable.code
        for sentence in filter(None, (variable.statement, variable.negation)):
            assert sentence[0].islower(), sentence
            assert not sentence.endswith("."), sentence


# --- The simplification ----------------------------------------------------------------------


def test_each_criterion_of_the_full_one_is_kept_merged_or_removed():
    kept, merged, removed = (
        set(by_code(SIMPLE)),
        set(points(SIMPLE)),
        {code for code, _ in draft(SIMPLE).evolution.removed},
    )
    assert not kept & merged
    assert not removed & (kept | merged)
    assert kept | merged | removed == set(by_code(FULL))
    assert (len(kept), len(merged), len(removed)) == (138, 35, 29)


def test_a_merged_requirement_keeps_its_words_its_level_its_condition_and_its_dispensations():
    full = by_code(FULL)
    for code, (_, point) in points(SIMPLE).items():
        origin = full[code]
        assert (point.text, point.level, point.condition, point.dispensed_by) == (
            origin.text,
            origin.level,
            origin.condition,
            origin.dispensed_by,
        )


def test_a_kept_criterion_has_not_changed():
    full = by_code(FULL)
    for code, criterion in by_code(SIMPLE).items():
        origin = full[code]
        assert (criterion.text, criterion.level, criterion.condition, criterion.proofs, criterion.profile) == (
            origin.text,
            origin.level,
            origin.condition,
            origin.proofs,
            origin.profile,
        )


@settings(max_examples=200)
@given(st.data())
def test_no_merged_requirement_is_ever_lost(data: st.DataObject):
    """Whatever the service, a merged requirement that was asked is still asked, under a criterion that is asked."""
    variables = draft(FULL).variables
    given = {variable.code: data.draw(st.booleans()) for variable in variables if variable.kind == "boolean"}
    facts = complete_facts(variables, {**given, "type_solution": ["ios"]})
    held = certificates_held(facts)
    grounds = {variable.code: (variable.statement, variable.negation) for variable in variables}
    full = by_code(FULL)
    for code, (host, point) in points(SIMPLE).items():
        was = judge(full[code].condition, full[code].dispensed_by, facts, grounds, held)
        now = judge(point.condition, point.dispensed_by, facts, grounds, held)
        asked = judge(host.condition, host.dispensed_by, facts, grounds, held)
        assert was == now
        assert asked.applies or not was.applies, code


@pytest.mark.django_db
@BOTH
def test_they_load(code: str):
    version = load(REFERENTIALS / code)
    assert (version.code, version.criteria.count()) == (code, len(draft(code).criteria))


def test_their_folders_hold_text_only():
    assert {path.suffix for folder in default_folders() for path in folder.iterdir()} == {".yaml"}
