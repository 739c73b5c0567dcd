"""The grammar of conditions. Pure.

A condition is `toujours`, or terms joined all by `ET` or all by `OU`, each preceded if need be by `NON`.
A term is a variable (`donnees_sante`) or one choice of a variable (`type_solution:ios`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

ALWAYS = "toujours"
AND, OR, NOT = "ET", "OU", "NON"
NAME = re.compile(r"[a-z][a-z0-9_]*(:[a-z0-9][a-z0-9_-]*)?")

Facts = Mapping[str, object]


class ConditionError(ValueError):
    """The text is not a condition; the message says why, in French."""


@dataclass(frozen=True)
class Term:
    """`variable`, or one of its choices, expected true (`wanted`) or false."""

    variable: str
    choice: str = ""
    wanted: bool = True

    def is_true(self, facts: Facts) -> bool:
        """Say whether the facts agree; an unknown variable counts as « non »."""
        value = facts.get(self.variable)
        held = self.choice in _codes(value) if self.choice else value is True
        return held is self.wanted


@dataclass(frozen=True)
class Condition:
    """Terms joined by one connector. No term means `toujours`."""

    terms: tuple[Term, ...] = ()
    joined_by: str = AND

    @property
    def variables(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(term.variable for term in self.terms))

    def is_true(self, facts: Facts) -> bool:
        truths = [term.is_true(facts) for term in self.terms]
        return any(truths) if truths and self.joined_by == OR else all(truths)


def parse(text: str) -> Condition:
    """Read a condition.

    Raises ConditionError when the text is empty, mixes `ET` and `OU`, misses a variable or names one twice.
    """
    words = text.split()
    if words == [ALWAYS]:
        return Condition()
    if not words:
        raise ConditionError("la condition est vide ; écrivez « toujours » s'il n'y en a pas")
    joiners = {word for word in words if word in (AND, OR)}
    if len(joiners) > 1:
        raise ConditionError(f"la condition « {text} » mêle ET et OU ; n'employez que l'un des deux")
    terms, wants_term, wanted = [], True, True
    for word in words:
        if not wants_term:
            if word not in (AND, OR):
                raise ConditionError(f"la condition « {text} » attend ET ou OU avant « {word} »")
            wants_term = True
        elif word == NOT and wanted:
            wanted = False
        else:
            terms.append(_term(word, wanted, text))
            wants_term, wanted = False, True
    if wants_term:
        raise ConditionError(f"la condition « {text} » s'arrête avant sa dernière variable")
    _refuse_repeats(terms, text)
    return Condition(tuple(terms), joiners.pop() if joiners else AND)


def _term(word: str, wanted: bool, text: str) -> Term:
    if not NAME.fullmatch(word):
        raise ConditionError(f"la condition « {text} » attend une variable, pas « {word} »")
    variable, _, choice = word.partition(":")
    return Term(variable, choice, wanted)


def _refuse_repeats(terms: list[Term], text: str) -> None:
    seen: set[tuple[str, str]] = set()
    for term in terms:
        key = (term.variable, term.choice)
        if key in seen:
            raise ConditionError(f"la condition « {text} » nomme deux fois « {term.variable} »")
        seen.add(key)


def _codes(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list | tuple | set | frozenset) else (value,)
