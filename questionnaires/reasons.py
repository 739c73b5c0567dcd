"""Why a criterion applies, followed down to the answers that decide it: what a lawyer reads. Pure.

`applicability.judge` gives a verdict and its sentence from the facts alone. Here the orientation itself is at hand:
what is deduced is explained through what it is deduced from, a question that is not asked through the one that
closes it, and a question without answer is said to be so rather than counted as « non ».
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Protocol

from questionnaires.applicability import (
    CERTIFICATES,
    ONE_IS_ENOUGH,
    State,
    Verdict,
    all_that,
    certificates_held,
    complete_facts,
    enumerate_in_words,
    judge,
)
from questionnaires.conditions import ALWAYS, OR, Condition, Facts, Term, parse
from questionnaires.orientation import Asked, answer_in_words, is_blank, steps


class Origin(StrEnum):
    ANSWERED = "answered"
    DERIVED = "derived"
    UNASKED = "unasked"
    UNANSWERED = "unanswered"


class Explained(Asked, Protocol):
    """A question with the sentences that say its « oui » and its « non »."""

    statement: str
    negation: str


class Ruled(Protocol):
    """A criterion, as far as its application goes."""

    condition: str

    @property
    def dispensed_by(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Ground:
    """One term of a condition, as the answers make it.

    `holds` says whether it goes the way of the condition. `below` is what it follows from, when it is deduced or when
    its question is not asked. `answer` is in the words of the form, empty for what nobody is asked.
    """

    sentence: str
    holds: bool
    origin: Origin
    question: Any
    answer: str
    below: tuple["Ground", ...] = ()

    @property
    def text(self) -> str:
        """The sentence, with in brackets what it follows from."""
        return (
            f"{self.sentence} ({enumerate_in_words([one.text for one in self.below])})" if self.below else self.sentence
        )

    @property
    def leaves(self) -> tuple["Ground", ...]:
        """The answers, given or awaited, that this comes down to."""
        return tuple(leaf for one in self.below for leaf in one.leaves) if self.below else (self,)


@dataclass(frozen=True)
class Reason:
    """Why one criterion applies or not. `rule` is its condition in words; `decisive` are the terms that settled it."""

    verdict: Verdict
    rule: str
    decisive: tuple[Ground, ...]

    @property
    def sentence(self) -> str:
        return self.verdict.because

    @property
    def answers(self) -> tuple[Ground, ...]:
        """The answers that decide, each once, in the order they are met."""
        found = {leaf.question.code: leaf for ground in self.decisive for leaf in ground.leaves}
        return tuple(found.values())

    @property
    def is_provisional(self) -> bool:
        return any(leaf.origin == Origin.UNANSWERED for leaf in self.answers)


class Explainer:
    """Explains the criteria of one version to one service. `given` are its answers, as they were typed.

    `places` says on which screen of the orientation each question is asked now.
    """

    def __init__(self, variables: Iterable[Explained], given: Facts) -> None:
        self._variables = list(variables)
        self._by_code: Mapping[str, Any] = {variable.code: variable for variable in self._variables}
        self._given = given
        self.facts = complete_facts(self._variables, given)
        self._grounds = {code: (one.statement, one.negation) for code, one in self._by_code.items()}
        self._held = certificates_held(self.facts)
        self.places = {one.code: step.number for step in steps(self._variables, given) for one in step.questions}

    def reason(self, criterion: Ruled, verdict: Verdict | None = None) -> Reason:
        """Explain a criterion. `verdict` is what the sheet says of it, certificates on file counted, when there is one."""
        rule = parse(criterion.condition)
        if verdict is None:
            verdict = judge(criterion.condition, criterion.dispensed_by, self.facts, self._grounds, self._held)
        grounds = self._decisive(rule)
        if verdict.state == State.DISPENSED:
            covering = [CERTIFICATES[code][0] for code in criterion.dispensed_by if code in self._held]
            grounds = tuple(self._ground(Term(variable)) for variable in covering if variable in self._by_code)
        elif grounds and not verdict.remaining:
            returns = f" Revient : {verdict.returned}." if verdict.returned else ""
            verdict = replace(verdict, because=_because(verdict, rule, grounds) + returns)
        return Reason(verdict, self.in_words(rule), grounds)

    def answers_to(self, condition: str) -> tuple[Ground, ...]:
        """Return the answers that settle a condition, each once."""
        return Reason(Verdict(State.APPLICABLE, ""), "", self._decisive(parse(condition))).answers

    def in_words(self, rule: Condition) -> str:
        """Say when a criterion applies, whatever the answers."""
        if not rule.terms:
            return "Concerne tous les services."
        said = [self._say(term, truth=term.wanted) for term in rule.terms]
        first, *others = said
        joiner = "ou" if rule.joined_by == OR else "et"
        return f"S'applique quand {first}{''.join(f' {joiner} {all_that([one])}' for one in others)}."

    def _decisive(self, rule: Condition) -> tuple[Ground, ...]:
        """The terms that settle a condition: when it holds, those that hold; when it fails, those that fail."""
        truth = rule.is_true(self.facts)
        kept = [self._ground(term) for term in rule.terms if term.is_true(self.facts) is truth]
        return _without_repeats(kept)

    def _ground(self, term: Term) -> Ground:
        question = self._by_code[term.variable]
        holds = term.is_true(self.facts)
        ground = Ground(self._say(term, truth=holds is term.wanted), holds, Origin.ANSWERED, question, "")
        if question.derived_from:
            return replace(ground, origin=Origin.DERIVED, below=self._decisive(parse(question.derived_from)))
        asking = parse(question.asked_if or ALWAYS)
        if not asking.is_true(self.facts):
            return replace(ground, origin=Origin.UNASKED, below=self._decisive(asking))
        given = self._given.get(term.variable)
        if is_blank(given):
            sentence = f"la question « {question.label} » n'a pas encore de réponse"
            return replace(ground, origin=Origin.UNANSWERED, sentence=sentence)
        return replace(ground, answer=answer_in_words(question, given))

    def _say(self, term: Term, *, truth: bool) -> str:
        question = self._by_code[term.variable]
        if not term.choice:
            return question.statement if truth else question.negation
        label = dict(question.choices).get(term.choice, term.choice)
        return f"« {label} » {'figure' if truth else 'ne figure pas'} dans la réponse à « {question.label} »"


def _because(verdict: Verdict, rule: Condition, grounds: Sequence[Ground]) -> str:
    texts = [ground.text for ground in grounds]
    awaited = any(leaf.origin == Origin.UNANSWERED for ground in grounds for leaf in ground.leaves)
    if awaited:
        verb = "S'applique" if verdict.applies else "Ne s'applique pas"
        return f"{verb} pour l'instant : {enumerate_in_words(texts)}."
    if not verdict.applies:
        return f"Ne s'applique pas : {enumerate_in_words(texts)}."
    enough = ONE_IS_ENOUGH if rule.joined_by == OR and len(texts) > 1 else ""
    return f"S'applique parce {all_that(texts)}{enough}."


def _without_repeats(grounds: Sequence[Ground]) -> tuple[Ground, ...]:
    """Leave out a question that is not asked for a reason which is itself among those given."""
    said = {ground.sentence for ground in grounds}
    kept = [
        ground
        for ground in grounds
        if ground.origin != Origin.UNASKED or not {leaf.sentence for leaf in ground.leaves} <= said
    ]
    return tuple(kept or grounds)
