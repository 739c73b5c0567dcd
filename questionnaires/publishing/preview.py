"""What a version would be, before it is published: its numbers, what it changes, whom its criteria would ask. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from accounts.roles import Profile
from questionnaires.applicability import CERTIFICATES, Verdict, certificates_held, complete_facts, judge
from questionnaires.conditions import Facts
from questionnaires.plain import Edition, Requirement


@dataclass(frozen=True)
class Part:
    """A questionnaire in numbers."""

    title: str
    total: int
    mandatory: int


@dataclass(frozen=True)
class Example:
    """How many criteria a made-up service would have to answer."""

    label: str
    applicable: int
    mandatory: int
    dispensed: int


@dataclass(frozen=True)
class Judged:
    requirement: Requirement
    verdict: Verdict


def parts(edition: Edition) -> list[Part]:
    totals = Counter(requirement.questionnaire for requirement in edition.requirements)
    mandatory = Counter(requirement.questionnaire for requirement in edition.requirements if requirement.is_mandatory)
    return [Part(title, totals[code], mandatory[code]) for code, title in edition.titles.items()]


def by_profile(edition: Edition) -> list[tuple[str, int]]:
    found = Counter(requirement.profile for requirement in edition.requirements)
    return [(str(Profile(code).label), number) for code, number in found.most_common()]


def examples(edition: Edition) -> list[Example]:
    """Return what three extreme services would answer: the fewest « oui », the most, the most with certificates."""
    certificates = {variable for variable, _ in CERTIFICATES.values()}
    every = {question.code: _most(question.kind, question.choices) for question in edition.questions}
    without = {code: value for code, value in every.items() if code not in certificates}
    return [
        _example("Tout à « non »", edition, {}),
        _example("Tout à « oui », sans certificat de l'Agence du numérique en santé", edition, without),
        _example("Tout à « oui », avec les certificats", edition, every),
    ]


def never_asked(edition: Edition) -> list[str]:
    """Return the criteria that none of the examples asks for: their condition may hold for nobody."""
    asked: set[str] = set()
    for given in ({}, {question.code: _most(question.kind, question.choices) for question in edition.questions}):
        asked |= {one.requirement.code for one in judged(edition, given, ()) if one.verdict.applies}
    return [code for code in edition.codes if code not in asked]


def judged(edition: Edition, given: Facts, held: frozenset[str] | tuple[str, ...] | None = None) -> list[Judged]:
    """Say for each criterion whether it would apply, and why. `held` overrides the certificates of the answers."""
    facts = complete_facts(edition.questions, given)
    certificates = certificates_held(facts) if held is None else held
    return [
        Judged(one, judge(one.condition, one.dispensed_by, facts, edition.grounds, certificates))
        for one in edition.requirements
    ]


def _most(kind: str, choices: tuple[tuple[str, str], ...]) -> object:
    codes = [code for code, _ in choices]
    return True if kind == "boolean" else codes if kind == "multiple" else codes[0]


def _example(label: str, edition: Edition, given: Mapping[str, object]) -> Example:
    found = judged(edition, given)
    applying = [one.requirement for one in found if one.verdict.applies]
    return Example(
        label,
        applicable=len(applying),
        mandatory=sum(requirement.is_mandatory for requirement in applying),
        dispensed=sum(one.verdict.state == "dispensed" for one in found),
    )
