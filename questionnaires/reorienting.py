"""The orientation of a sheet taken to another edition: what is carried over, what must be answered again. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from questionnaires.conditions import Facts, parse
from questionnaires.lineage import Descent
from questionnaires.orientation import contradictions, is_blank, unanswered, value_fault
from questionnaires.plain import Edition, Question


@dataclass(frozen=True)
class AskedAgain:
    """An orientation question whose answer is not carried over, and why."""

    question: Question
    why: str


def reoriented(
    older: Edition, newer: Edition, descent: Descent, given: Facts
) -> tuple[tuple[Question, ...], tuple[AskedAgain, ...], dict[str, object]]:
    """Carry the answers that still answer: those kept, those asked again, and what the new sheet would hold."""
    before = {question.code: question for question in older.questions}
    now: dict[str, object] = {}
    kept, again = [], []
    for question in newer.questions:
        origin = before.get(descent.origin_of_variable(question.code))
        value = given.get(origin.code) if origin else None
        if question.derived_from or is_blank(value) or origin is None:
            continue
        why = _unfit(origin, question, value)
        if why:
            again.append(AskedAgain(question, why))
        else:
            kept.append(question)
            now[question.code] = value
    for question in _contradicted(newer, now):
        now.pop(question.code)
        kept.remove(question)
        again.append(AskedAgain(question, "Cette réponse en contredit une autre, d'après la nouvelle version."))
    return tuple(kept), (*again, *_unasked(newer, descent, now, again)), now


def _unfit(older: Question, newer: Question, value: object) -> str:
    if older.kind != newer.kind:
        return "La question n'attend plus le même genre de réponse."
    return "La réponse donnée n'est plus proposée." if value_fault(newer, value) else ""


def _contradicted(newer: Edition, now: Facts) -> list[Question]:
    """Return the questions answered that the rules which the answers break are about."""
    broken = set(contradictions(newer.rules, newer.questions, now, blocking=True))
    named = {
        code
        for rule in newer.rules
        if rule["sentence"] in broken
        for text in (rule["when"], rule["then"])
        for code in _sources(newer, parse(text).variables)
    }
    return [question for question in newer.questions if question.code in named and question.code in now]


def _sources(edition: Edition, codes: Iterable[str]) -> Iterator[str]:
    """The questions that people answer, behind those that derive from them."""
    derived = {question.code: question.derived_from for question in edition.questions}
    for code in codes:
        if derived.get(code):
            yield from _sources(edition, parse(derived[code]).variables)
        else:
            yield code


def _unasked(newer: Edition, descent: Descent, now: Facts, again: Sequence[AskedAgain]) -> Iterator[AskedAgain]:
    """The questions that nobody was asked before, and that the answers carried lead to."""
    waiting = set(unanswered(newer.questions, now)) - {one.question.code for one in again}
    for question in newer.questions:
        if question.code in waiting:
            known = descent.origin_of_variable(question.code)
            yield AskedAgain(question, "Elle n'avait pas de réponse." if known else "Cette question est nouvelle.")
