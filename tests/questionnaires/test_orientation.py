from dataclasses import dataclass, field

import pytest

from questionnaires.orientation import asked_now, contradictions, steps, unanswered, value_fault


@dataclass
class Question:
    code: str
    step: str = "Le service"
    kind: str = "boolean"
    asked_if: str = ""
    derived_from: str = ""
    label: str = "Une question ?"
    choices: list[tuple[str, str]] = field(default_factory=list)


VARIABLES = [
    Question("sante"),
    Question("mesures", asked_if="sante"),
    Question("echange", step="Échanges", derived_from="api"),
    Question("api", step="Échanges"),
    Question("lecture", step="Lecture", asked_if="echange"),
]


def test_a_derived_question_is_never_asked():
    assert [question.code for question in asked_now(VARIABLES, {"sante": True, "echange": True})] == [
        "sante",
        "mesures",
        "api",
        "lecture",
    ]


def test_a_question_waits_for_its_condition():
    assert [question.code for question in asked_now(VARIABLES, {})] == ["sante", "api"]


def test_only_the_questions_asked_are_awaited():
    assert unanswered(VARIABLES, {"sante": False, "mesures": True}) == ["api"]


@pytest.mark.parametrize("blank", [None, "", []])
def test_a_blank_is_no_answer(blank: object):
    assert unanswered([Question("forme", kind="multiple")], {"forme": blank}) == ["forme"]


def test_steps_without_question_are_skipped_and_the_others_numbered():
    found = steps(VARIABLES, {"sante": True, "mesures": False, "api": False})
    assert [(step.number, step.title, step.is_answered) for step in found] == [
        (1, "Le service", True),
        (2, "Échanges", True),
    ]


def test_a_step_is_answered_when_all_its_questions_are():
    found = steps(VARIABLES, {"sante": True, "api": True})
    assert [(step.title, step.is_answered) for step in found] == [
        ("Le service", False),
        ("Échanges", True),
        ("Lecture", False),
    ]


CHOICES = [("a", "Un"), ("b", "Deux")]


@pytest.mark.parametrize(
    ("question", "value", "fault"),
    [
        (Question("x"), True, ""),
        (Question("x"), None, ""),
        (Question("x"), "oui", "« Une question ? » : répondez par oui ou par non."),
        (Question("x"), 1, "« Une question ? » : répondez par oui ou par non."),
        (Question("x", kind="choice", choices=CHOICES), "a", ""),
        (
            Question("x", kind="choice", choices=CHOICES),
            "z",
            "« Une question ? » : « z » n'est pas l'une des réponses proposées.",
        ),
        (
            Question("x", kind="choice", choices=CHOICES),
            ["a"],
            "« Une question ? » : « ['a'] » n'est pas l'une des réponses proposées.",
        ),
        (Question("x", kind="multiple", choices=CHOICES), ["a", "b"], ""),
        (Question("x", kind="multiple", choices=CHOICES), [], ""),
        (
            Question("x", kind="multiple", choices=CHOICES),
            ["a", 3],
            "« Une question ? » : « 3 » n'est pas l'une des réponses proposées.",
        ),
        (
            Question("x", derived_from="y"),
            True,
            "« Une question ? » se déduit d'autres réponses : ne la donnez pas.",
        ),
    ],
)
def test_a_value_is_typed(question: Question, value: object, fault: str):
    assert value_fault(question, value) == fault


RULES = [
    {"when": "echange", "then": "sante", "sentence": "Interdit.", "blocking": True},
    {"when": "echange", "then": "lecture", "sentence": "Conseillé.", "blocking": False},
]
PLAIN = [Question("sante"), Question("api"), Question("lecture"), Question("echange", derived_from="api")]


@pytest.mark.parametrize(
    ("given", "forbidden", "advised"),
    [
        ({"sante": False, "api": True, "lecture": False}, ["Interdit."], ["Conseillé."]),
        ({"sante": True, "api": True, "lecture": True}, [], []),
        ({"sante": False, "api": False, "lecture": False}, [], []),
        ({"api": True}, [], []),
        ({"sante": False}, [], []),
    ],
    ids=["broken", "kept", "not concerned", "then unanswered", "when unanswered"],
)
def test_a_rule_speaks_once_its_questions_are_answered(
    given: dict[str, object], forbidden: list[str], advised: list[str]
):
    assert contradictions(RULES, PLAIN, given, blocking=True) == forbidden
    assert contradictions(RULES, PLAIN, given, blocking=False) == advised
