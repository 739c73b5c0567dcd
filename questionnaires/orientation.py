"""The orientation: which questions are asked, what is still unanswered, what contradicts what. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Protocol

from questionnaires.applicability import Question, complete_facts
from questionnaires.conditions import ALWAYS, Facts, parse


class Asked(Question, Protocol):
    """A question as people see it. `choices` are pairs [code, label]."""

    step: str
    label: str

    @property
    def choices(self) -> Sequence[Sequence[str]]: ...


@dataclass(frozen=True)
class Step:
    """One screen of the orientation. `number` starts at 1; `questions` are those asked now, never empty."""

    number: int
    title: str
    questions: tuple[Any, ...]
    is_answered: bool


@dataclass(frozen=True)
class Revision:
    """An answer already given that changes: its question, the words before and after ("" when it is taken back)."""

    question: Any
    before: str
    after: str


def asked_now(variables: Iterable[Asked], facts: Facts) -> list[Asked]:
    """Return the questions to ask, given the complete facts, in their order."""
    return [
        question
        for question in variables
        if not question.derived_from and parse(question.asked_if or ALWAYS).is_true(facts)
    ]


def unanswered(variables: Sequence[Asked], given: Facts) -> list[str]:
    """Return the codes of the questions asked now that have no answer."""
    facts = complete_facts(variables, given)
    return [question.code for question in asked_now(variables, facts) if is_blank(given.get(question.code))]


def steps(variables: Sequence[Asked], given: Facts) -> list[Step]:
    """Return the screens that ask something, numbered as people see them. Variables of one step are adjacent."""
    waiting = set(unanswered(variables, given))
    asked = asked_now(variables, complete_facts(variables, given))
    found = []
    for number, (title, group) in enumerate(groupby(asked, key=lambda question: question.step), start=1):
        questions = tuple(group)
        found.append(Step(number, title, questions, not waiting & {question.code for question in questions}))
    return found


def step_after(steps: Sequence[Step], answered: Collection[str]) -> tuple[Step | None, bool]:
    """Return the screen to show once some questions are answered, None at the end, and whether it asks more of them.

    Answers may add a question to the screen just answered, which is then shown again, or empty the ones that follow.
    """
    shown = [step for step in steps if any(question.code in answered for question in step.questions)]
    if shown and not shown[-1].is_answered:
        return shown[-1], True
    later = [step for step in steps if step.number > shown[-1].number] if shown else []
    waiting = [step for step in steps if not step.is_answered]
    return next(iter(later or waiting), None), False


def revisions(variables: Sequence[Asked], before: Facts, after: Facts) -> list[Revision]:
    """Return the answers already given that change, among the questions asked on one side at least."""
    asked = {
        question.code
        for given in (before, after)
        for question in asked_now(variables, complete_facts(variables, given))
    }
    return [
        Revision(question, answer_in_words(question, old), answer_in_words(question, new))
        for question in variables
        if question.code in asked
        for old, new in [(before.get(question.code), after.get(question.code))]
        if not is_blank(old) and old != new
    ]


def answer_in_words(question: Asked, value: object) -> str:
    """An answer as the form shows it: « Oui », « Site web, Application pour Android »; "" when there is none."""
    if is_blank(value):
        return ""
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    labels = {str(choice[0]): str(choice[1]) for choice in question.choices}
    codes = value if isinstance(value, list | tuple) else [value]
    return ", ".join(labels.get(str(code), str(code)) for code in codes)


def is_blank(value: object) -> bool:
    return value is None or value in ("", [])


def value_fault(question: Asked, value: object) -> str:
    """Say in French why a value does not answer a question; "" when it does, or when it is blank."""
    codes = {code for code, _ in question.choices}
    if is_blank(value):
        return ""
    if question.derived_from:
        return f"« {question.label} » se déduit d'autres réponses : ne la donnez pas."
    if question.kind == "boolean":
        return "" if isinstance(value, bool) else f"« {question.label} » : répondez par oui ou par non."
    given = value if question.kind == "multiple" and isinstance(value, list) else [value]
    unknown = [item for item in given if not isinstance(item, str) or item not in codes]
    return f"« {question.label} » : « {unknown[0]} » n'est pas l'une des réponses proposées." if unknown else ""


def contradictions(
    rules: Iterable[Mapping[str, Any]], variables: Sequence[Asked], given: Facts, *, blocking: bool
) -> list[str]:
    """Return the sentences of the rules that the answers break: those that forbid, or those that only advise."""
    return [rule["sentence"] for rule in broken_rules(rules, variables, given, blocking=blocking)]


def broken_rules(
    rules: Iterable[Mapping[str, Any]], variables: Sequence[Asked], given: Facts, *, blocking: bool
) -> list[Mapping[str, Any]]:
    """Return the rules that the answers break: those that forbid, or those that only advise.

    A rule {when, then, sentence, blocking} is left alone while one of its questions has no answer yet.
    """
    facts = complete_facts(variables, given)
    unknown = _unknown(variables, given)
    broken = []
    for rule in rules:
        when, then = parse(rule["when"]), parse(rule["then"])
        if rule["blocking"] is not blocking or unknown & {*when.variables, *then.variables}:
            continue
        if when.is_true(facts) and not then.is_true(facts):
            broken.append(rule)
    return broken


def _unknown(variables: Sequence[Asked], given: Facts) -> set[str]:
    """Questions without answer, and what derives from them."""
    unknown = set(unanswered(variables, given))
    derived = {v.code: parse(v.derived_from).variables for v in variables if v.derived_from}
    for _ in derived:  # as many rounds as there are links in the longest chain
        unknown |= {code for code, sources in derived.items() if unknown.intersection(sources)}
    return unknown


def said(question: Asked, value: Any) -> str:
    """Say an answer: « oui », « non », or the labels of the choices."""
    if question.kind == "boolean":
        return "oui" if value else "non"
    labels = {str(code): str(label) for code, label in question.choices}
    codes: list[str] = value if isinstance(value, list) else [value] if value else []
    return ", ".join(labels.get(code, code) for code in codes) or "aucune réponse"
