"""Why a criterion applies, or not. Pure: values in, a verdict and its French sentence out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from questionnaires.conditions import OR, Condition, Facts, Term, parse

CERTIFICATES = {
    "DMN": ("dmn_certifie", "dispositif médical numérique (DMN)"),
    "TLC": ("tlc_certifie", "téléconsultation (TLC)"),
}
"""Certificate of the ANS -> variable that says it is held, name people read."""

Grounds = Mapping[str, Sequence[str]]
"""Variable -> (statement, negation): the answers « oui » and « non », each said in one sentence."""

ONE_IS_ENOUGH = " ; une seule de ces raisons suffirait"


class State(StrEnum):
    APPLICABLE = "applicable"
    NOT_APPLICABLE = "not_applicable"
    DISPENSED = "dispensed"


@dataclass(frozen=True)
class Verdict:
    """What a criterion asks of one service, and the sentence that says why.

    `remaining` is the duty that a certificate leaves when it covers a part; `returned` why a criterion that one should
    cover is asked all the same (questionnaires/certificates.py).
    """

    state: State
    because: str
    remaining: str = ""
    returned: str = ""

    @property
    def applies(self) -> bool:
        return self.state == State.APPLICABLE


class Question(Protocol):
    """What this module needs to know of an orientation variable."""

    code: str
    kind: str
    asked_if: str
    derived_from: str


def certificates_held(facts: Facts) -> frozenset[str]:
    """Return the certificates ("DMN", "TLC") that the facts declare."""
    return frozenset(code for code, (variable, _) in CERTIFICATES.items() if facts.get(variable) is True)


def complete_facts(variables: Iterable[Question], given: Facts) -> dict[str, object]:
    """Return what the answers mean: derived variables computed, answers to questions no longer asked dropped.

    Every yes-or-no variable is present, false when unanswered. A choice without answer is absent. Answers to
    variables that do not exist are dropped. The variables must not depend on one another in a circle.
    """
    by_code = {variable.code: variable for variable in variables}
    facts: dict[str, object] = {}

    def settle(code: str) -> None:
        question = by_code.get(code)
        if question is None or code in facts:
            return
        rule = parse(question.derived_from or question.asked_if or "toujours")
        for needed in rule.variables:
            settle(needed)
        value = rule.is_true(facts) if question.derived_from else given.get(code) if rule.is_true(facts) else None
        facts[code] = value is True if question.kind == "boolean" else value

    for code in by_code:
        settle(code)
    return {code: facts[code] for code in by_code if facts[code] is not None}


def judge(
    condition: str, dispensed_by: Iterable[str], facts: Facts, grounds: Grounds, held: Collection[str] = ()
) -> Verdict:
    """Say whether a criterion applies to a service and why.

    `facts` come from `complete_facts`, `held` from `certificates_held`; `grounds` covers the variables of the
    condition. This counts a certificate as soon as it is declared: what one on file is worth is for
    certificates.py. Raises ConditionError when the condition cannot be read (the loader refuses such a référentiel).
    """
    rule = parse(condition)
    if not rule.is_true(facts):
        return Verdict(
            State.NOT_APPLICABLE, f"Ne s'applique pas : {enumerate_in_words(_against(rule, facts, grounds))}."
        )
    covering = [code for code in dispensed_by if code in held]
    if covering:
        return Verdict(State.DISPENSED, f"Dispensé : {_coverage(covering)} ce critère.")
    if not rule.terms:
        return Verdict(State.APPLICABLE, "S'applique à tous les services.")
    reasons = _in_favour(rule, facts, grounds)
    enough = ONE_IS_ENOUGH if rule.joined_by == OR and len(reasons) > 1 else ""
    return Verdict(State.APPLICABLE, f"S'applique parce {all_that(reasons)}{enough}.")


def _coverage(codes: list[str]) -> str:
    names = " et ".join(f"« {CERTIFICATES[code][1]} »" for code in codes)
    if len(codes) > 1:
        return f"les certificats de conformité {names} couvrent"
    return f"le certificat de conformité {names} couvre"


def _in_favour(rule: Condition, facts: Facts, grounds: Grounds) -> list[str]:
    """The terms that hold: all of an ET, those of an OU that happen to be true."""
    return [_sentence(term, grounds, said=True) for term in rule.terms if term.is_true(facts)]


def _against(rule: Condition, facts: Facts, grounds: Grounds) -> list[str]:
    """The terms that fail: all of an OU, those of an ET that happen to be false."""
    return [
        _sentence(term, grounds, said=False) for term in rule.terms if rule.joined_by == OR or not term.is_true(facts)
    ]


def _sentence(term: Term, grounds: Grounds, *, said: bool) -> str:
    statement, negation = grounds[term.variable]
    return statement if term.wanted is said else negation


def that(sentence: str) -> str:
    """« que » before a sentence, elided before a vowel."""
    return f"qu'{sentence}" if sentence[:1].lower() in "aàâeéèêiîoôuy" else f"que {sentence}"


def all_that(sentences: Sequence[str], joiner: str = "et") -> str:
    """« que …, que … et que … »."""
    return enumerate_in_words([that(sentence) for sentence in sentences], joiner)


def enumerate_in_words(sentences: Sequence[str], joiner: str = "et") -> str:
    *head, last = sentences
    return f"{', '.join(head)} {joiner} {last}" if head else last
