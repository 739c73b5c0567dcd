from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.applicability import State, Verdict, certificates_held, complete_facts, judge

GROUNDS = {
    "donnees_sante": ("le service traite des données de santé", "le service ne traite pas de données de santé"),
    "hebergement": ("un tiers héberge les données", "aucun tiers n'héberge les données"),
    "echange": ("le service échange des données", "le service n'échange pas de données"),
}
NAMES = sorted(GROUNDS)


@dataclass
class Question:
    code: str
    kind: str = "boolean"
    asked_if: str = ""
    derived_from: str = ""


@pytest.mark.parametrize(
    ("condition", "true", "sentence"),
    [
        ("toujours", [], "S'applique à tous les services."),
        ("donnees_sante", ["donnees_sante"], "S'applique parce que le service traite des données de santé."),
        ("hebergement", ["hebergement"], "S'applique parce qu'un tiers héberge les données."),
        (
            "donnees_sante ET hebergement",
            ["donnees_sante", "hebergement"],
            "S'applique parce que le service traite des données de santé et qu'un tiers héberge les données.",
        ),
        (
            "donnees_sante ET NON hebergement",
            ["donnees_sante"],
            "S'applique parce que le service traite des données de santé et qu'aucun tiers n'héberge les données.",
        ),
        ("donnees_sante OU echange", ["echange"], "S'applique parce que le service échange des données."),
        (
            "donnees_sante OU echange",
            ["echange", "donnees_sante"],
            "S'applique parce que le service traite des données de santé et que le service échange des données ; "
            "une seule de ces raisons suffirait.",
        ),
    ],
)
def test_it_says_why_a_criterion_applies(condition: str, true: list[str], sentence: str):
    facts = dict.fromkeys(true, True)
    assert judge(condition, [], facts, GROUNDS) == Verdict(State.APPLICABLE, sentence)


@pytest.mark.parametrize(
    ("condition", "true", "sentence"),
    [
        ("donnees_sante", [], "Ne s'applique pas : le service ne traite pas de données de santé."),
        ("donnees_sante ET hebergement", ["donnees_sante"], "Ne s'applique pas : aucun tiers n'héberge les données."),
        (
            "donnees_sante ET NON hebergement",
            ["donnees_sante", "hebergement"],
            "Ne s'applique pas : un tiers héberge les données.",
        ),
        (
            "donnees_sante OU echange",
            [],
            "Ne s'applique pas : le service ne traite pas de données de santé et le service n'échange pas de données.",
        ),
        (
            "donnees_sante OU echange OU hebergement",
            [],
            "Ne s'applique pas : le service ne traite pas de données de santé, le service n'échange pas de données "
            "et aucun tiers n'héberge les données.",
        ),
    ],
)
def test_it_says_why_a_criterion_does_not_apply(condition: str, true: list[str], sentence: str):
    facts = dict.fromkeys(true, True)
    assert judge(condition, [], facts, GROUNDS) == Verdict(State.NOT_APPLICABLE, sentence)


@pytest.mark.parametrize(
    ("dispensed_by", "held", "sentence"),
    [
        (
            ["DMN"],
            {"DMN"},
            "Dispensé : le certificat de conformité « dispositif médical numérique (DMN) » couvre ce critère.",
        ),
        (
            ["DMN", "TLC"],
            {"TLC"},
            "Dispensé : le certificat de conformité « téléconsultation (TLC) » couvre ce critère.",
        ),
        (
            ["DMN", "TLC"],
            {"TLC", "DMN"},
            "Dispensé : les certificats de conformité « dispositif médical numérique (DMN) » et "
            "« téléconsultation (TLC) » couvrent ce critère.",
        ),
    ],
)
def test_a_certificate_dispenses(dispensed_by: list[str], held: set[str], sentence: str):
    assert judge("toujours", dispensed_by, {}, GROUNDS, held) == Verdict(State.DISPENSED, sentence)


def test_another_certificate_does_not_dispense():
    assert judge("toujours", ["DMN"], {}, GROUNDS, {"TLC"}).state == State.APPLICABLE


def test_what_does_not_apply_needs_no_dispensation():
    assert judge("echange", ["DMN"], {}, GROUNDS, {"DMN"}).state == State.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("facts", "held"),
    [
        ({}, set()),
        ({"dmn_certifie": True}, {"DMN"}),
        ({"tlc_certifie": True, "dmn_certifie": False}, {"TLC"}),
        ({"tlc_certifie": True, "dmn_certifie": True}, {"TLC", "DMN"}),
    ],
)
def test_it_reads_the_certificates_in_the_facts(facts: dict[str, bool], held: set[str]):
    assert certificates_held(facts) == held


@given(
    names=st.lists(st.sampled_from(NAMES), min_size=1, unique=True),
    joiner=st.sampled_from(["ET", "OU"]),
    facts=st.fixed_dictionaries(dict.fromkeys(NAMES, st.booleans())),
)
def test_the_reason_names_what_decided_and_nothing_else(names: list[str], joiner: str, facts: dict[str, bool]):
    verdict = judge(f" {joiner} ".join(names), [], facts, GROUNDS)
    decisive = {name for name in names if facts[name] is verdict.applies}
    said = {name for name in NAMES for sentence in GROUNDS[name] if sentence in verdict.because}
    assert said == decisive
    assert verdict.applies is (all if joiner == "ET" else any)(facts[name] for name in names)


# --- What the answers mean -------------------------------------------------------------------


def test_an_unanswered_question_counts_as_no():
    assert complete_facts([Question("sante")], {}) == {"sante": False}


def test_a_choice_without_answer_is_absent():
    variables = [Question("forme", kind="choice"), Question("classe", kind="choice")]
    assert complete_facts(variables, {"forme": "ios"}) == {"forme": "ios"}


def test_a_variable_that_does_not_exist_is_dropped():
    assert complete_facts([Question("sante")], {"sante": True, "inconnue": True}) == {"sante": True}


def test_derived_variables_follow_in_any_order_of_the_file():
    variables = [
        Question("total", derived_from="echange ET sante"),
        Question("echange", derived_from="mesures OU documents"),
        Question("mesures"),
        Question("documents"),
        Question("sante"),
    ]
    facts = complete_facts(variables, {"documents": True, "sante": True})
    assert facts == {"total": True, "echange": True, "mesures": False, "documents": True, "sante": True}


def test_an_answer_given_to_a_derived_variable_is_ignored():
    variables = [Question("mesures"), Question("echange", derived_from="mesures")]
    assert complete_facts(variables, {"echange": True}) == {"mesures": False, "echange": False}


def test_a_question_no_longer_asked_counts_as_no_down_the_chain():
    variables = [
        Question("sante"),
        Question("mesures", asked_if="sante"),
        Question("objets", asked_if="mesures"),
        Question("classe", kind="choice", asked_if="objets"),
    ]
    given_then = {"sante": False, "mesures": True, "objets": True, "classe": "x"}
    assert complete_facts(variables, given_then) == {"sante": False, "mesures": False, "objets": False}


@given(answers=st.fixed_dictionaries(dict.fromkeys(["a", "b", "c"], st.booleans())), order=st.permutations(range(5)))
def test_facts_do_not_depend_on_the_order_of_the_variables(answers: dict[str, bool], order: list[int]):
    variables = [
        Question("a"),
        Question("b", asked_if="a"),
        Question("c"),
        Question("d", derived_from="b OU c"),
        Question("e", derived_from="NON d"),
    ]
    assert complete_facts([variables[rank] for rank in order], answers) == complete_facts(variables, answers)


@given(answers=st.fixed_dictionaries(dict.fromkeys(["a", "b"], st.booleans())))
def test_completing_twice_changes_nothing(answers: dict[str, bool]):
    variables = [Question("a"), Question("b", asked_if="a"), Question("d", derived_from="b OU a")]
    once = complete_facts(variables, answers)
    assert complete_facts(variables, once) == once
