"""Why a criterion applies, in words that follow it down to the answers."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.applicability import State, complete_facts
from questionnaires.conditions import parse
from questionnaires.orientation import answer_in_words
from questionnaires.reasons import Explainer, Origin


@dataclass
class Question:
    code: str
    label: str = ""
    statement: str = ""
    negation: str = ""
    kind: str = "boolean"
    asked_if: str = ""
    derived_from: str = ""
    step: str = "Le service"
    choices: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Criterion:
    condition: str
    dispensed_by: list[str] = field(default_factory=list)


FORMS = [("site", "Site web"), ("ios", "Application iOS"), ("android", "Application Android")]
VARIABLES = [
    Question("forme", "Sous quelle forme ?", kind="multiple", choices=FORMS),
    Question(
        "mobile", "", "le service est une application", "le service n'est pas une application",
        derived_from="forme:ios OU forme:android",
    ),
    Question("sante", "Traite des données de santé ?", "le service traite des données de santé",
             "le service ne traite pas de données de santé"),
    Question("tiers", "Un tiers héberge ?", "un tiers héberge les données", "aucun tiers n'héberge les données",
             asked_if="sante"),
    Question("mesures", "API Mesures ?", "le service utilise l'API Mesures", "le service n'utilise pas l'API Mesures"),
    Question("agenda", "API Agenda ?", "le service utilise l'API Agenda", "le service n'utilise pas l'API Agenda"),
    Question("echange", "", "le service échange des données", "le service n'échange pas de données",
             derived_from="mesures OU agenda"),
    Question("dmn_certifie", "Certificat ?", "un certificat est déclaré", "aucun certificat n'est déclaré"),
]  # fmt: skip
NO = {"forme": ["site"], "sante": False, "mesures": False, "agenda": False, "dmn_certifie": False}


def said(condition: str, **answers: object) -> str:
    return Explainer(VARIABLES, {**NO, **answers}).reason(Criterion(condition)).sentence


@pytest.mark.parametrize(
    ("condition", "answers", "sentence"),
    [
        ("toujours", {}, "S'applique à tous les services."),
        ("sante", {"sante": True}, "S'applique parce que le service traite des données de santé."),
        (
            "sante ET NON tiers",
            {"sante": True, "tiers": False},
            "S'applique parce que le service traite des données de santé et qu'aucun tiers n'héberge les données.",
        ),
        (
            "echange",
            {"agenda": True},
            "S'applique parce que le service échange des données (le service utilise l'API Agenda).",
        ),
        (
            "echange",
            {"agenda": True, "mesures": True},
            "S'applique parce que le service échange des données (le service utilise l'API Mesures et le service "
            "utilise l'API Agenda).",
        ),
        (
            "sante OU mesures",
            {"sante": True, "mesures": True},
            "S'applique parce que le service traite des données de santé et que le service utilise l'API Mesures ; "
            "une seule de ces raisons suffirait.",
        ),
        (
            "mobile",
            {"forme": ["site", "ios"]},
            "S'applique parce que le service est une application (« Application iOS » figure dans la réponse à "
            "« Sous quelle forme ? »).",
        ),
        (
            "NON tiers",
            {},
            "S'applique parce qu'aucun tiers n'héberge les données (le service ne traite pas de données de santé).",
        ),
    ],
)
def test_it_says_why_a_criterion_applies(condition: str, answers: dict[str, object], sentence: str):
    assert said(condition, **answers) == sentence


@pytest.mark.parametrize(
    ("condition", "answers", "sentence"),
    [
        ("sante", {}, "Ne s'applique pas : le service ne traite pas de données de santé."),
        (
            "tiers",
            {},
            "Ne s'applique pas : aucun tiers n'héberge les données (le service ne traite pas de données de santé).",
        ),
        ("sante ET tiers", {}, "Ne s'applique pas : le service ne traite pas de données de santé."),
        (
            "echange",
            {},
            "Ne s'applique pas : le service n'échange pas de données (le service n'utilise pas l'API Mesures et le "
            "service n'utilise pas l'API Agenda).",
        ),
        (
            "sante OU mesures",
            {},
            "Ne s'applique pas : le service ne traite pas de données de santé et le service n'utilise pas l'API "
            "Mesures.",
        ),
        (
            "sante ET NON tiers",
            {"sante": True, "tiers": True},
            "Ne s'applique pas : un tiers héberge les données.",
        ),
        (
            "sante",
            {"sante": None},
            "Ne s'applique pas pour l'instant : la question « Traite des données de santé ? » n'a pas encore de "
            "réponse.",
        ),
        (
            "NON mesures",
            {"mesures": None},
            "S'applique pour l'instant : la question « API Mesures ? » n'a pas encore de réponse.",
        ),
    ],
)
def test_it_says_why_a_criterion_does_not_apply(condition: str, answers: dict[str, object], sentence: str):
    assert said(condition, **answers) == sentence


def test_a_dispensation_leads_to_the_certificate():
    reason = Explainer(VARIABLES, {**NO, "dmn_certifie": True}).reason(Criterion("toujours", ["DMN"]))
    assert reason.verdict.state == State.DISPENSED
    assert reason.sentence == (
        "Dispensé : le certificat de conformité « dispositif médical numérique (DMN) » couvre ce critère."
    )
    assert [(one.question.code, one.answer) for one in reason.answers] == [("dmn_certifie", "Oui")]


def test_the_answers_that_decide_are_named_once_each():
    reason = Explainer(VARIABLES, {**NO, "sante": True, "agenda": True}).reason(Criterion("sante ET echange"))
    assert [(one.question.code, one.answer, one.origin) for one in reason.answers] == [
        ("sante", "Oui", Origin.ANSWERED),
        ("agenda", "Oui", Origin.ANSWERED),
    ]


def test_a_question_that_is_not_asked_leads_to_the_one_that_closes_it():
    reason = Explainer(VARIABLES, NO).reason(Criterion("tiers"))
    assert [one.question.code for one in reason.answers] == ["sante"]


def test_a_reason_that_waits_for_an_answer_is_provisional():
    explainer = Explainer(VARIABLES, {**NO, "agenda": None})
    assert explainer.reason(Criterion("echange")).is_provisional
    assert not explainer.reason(Criterion("sante")).is_provisional


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("toujours", "Concerne tous les services."),
        ("sante", "S'applique quand le service traite des données de santé."),
        (
            "sante ET NON tiers",
            "S'applique quand le service traite des données de santé et qu'aucun tiers n'héberge les données.",
        ),
        (
            "sante OU mesures OU agenda",
            "S'applique quand le service traite des données de santé ou que le service utilise l'API Mesures ou que "
            "le service utilise l'API Agenda.",
        ),
    ],
)
def test_the_rule_is_said_whatever_the_answers(condition: str, words: str):
    assert Explainer(VARIABLES, NO).in_words(parse(condition)) == words


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        (Question("x"), True, "Oui"),
        (Question("x"), False, "Non"),
        (Question("x"), None, ""),
        (Question("x", kind="multiple", choices=FORMS), ["site", "android"], "Site web, Application Android"),
        (Question("x", kind="choice", choices=FORMS), "ios", "Application iOS"),
        (Question("x", kind="choice", choices=FORMS), "montre", "montre"),
    ],
)
def test_an_answer_is_said_in_the_words_of_the_form(question: Question, value: object, words: str):
    assert answer_in_words(question, value) == words


BOOLEANS = ["sante", "tiers", "mesures", "agenda"]
TERMS = [*BOOLEANS, "echange", "mobile"]


@given(
    names=st.lists(st.sampled_from(TERMS), min_size=1, max_size=4, unique=True),
    nots=st.lists(st.booleans(), min_size=4, max_size=4),
    joiner=st.sampled_from(["ET", "OU"]),
    answers=st.fixed_dictionaries(dict.fromkeys(BOOLEANS, st.booleans() | st.none())),
    forms=st.lists(st.sampled_from(["site", "ios", "android"]), unique=True),
)
def test_a_reason_agrees_with_the_rule_and_always_leads_to_a_question(
    names: list[str], nots: list[bool], joiner: str, answers: dict[str, bool | None], forms: list[str]
):
    condition = f" {joiner} ".join(
        f"{'NON ' if negated else ''}{name}" for name, negated in zip(names, nots, strict=False)
    )
    typed = {**answers, "forme": forms}
    reason = Explainer(VARIABLES, typed).reason(Criterion(condition))
    assert reason.verdict.applies is parse(condition).is_true(complete_facts(VARIABLES, typed))
    assert all(ground.holds is reason.verdict.applies for ground in reason.decisive)
    assert reason.answers
    assert all(one.question.derived_from == "" for one in reason.answers)
    assert reason.sentence.startswith("S'applique" if reason.verdict.applies else "Ne s'applique pas")
