"""The orientation of a service that has no candidature yet: what it would be asked, and what stands in its way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from questionnaires.gathering import Gathering
from questionnaires.models import Variable, Version
from questionnaires.orientation import Step, broken_rules, contradictions, is_blank, steps, unanswered, value_fault
from questionnaires.reasons import Explainer, Ground
from questionnaires.sheets import explain, foresee
from questionnaires.sheets.explaining import Explained


@dataclass(frozen=True)
class Obstacle:
    """A rule of the référentiel that the answers break, and the answers that break it."""

    sentence: str
    answers: tuple[Ground, ...]


@dataclass(frozen=True)
class Simulation:
    """Answers to the orientation of a version. Nothing of it is kept in the database."""

    version: Version
    variables: tuple[Variable, ...]
    given: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def on(cls, version: Version) -> "Simulation":
        """Begin on a version, with no answer. One query."""
        return cls(version, tuple(version.variables.all()))

    @cached_property
    def steps(self) -> list[Step]:
        return steps(self.variables, self.given)

    @property
    def waiting(self) -> Step | None:
        """The first screen that waits for an answer, None when the orientation is whole."""
        return next((step for step in self.steps if not step.is_answered), None)

    @property
    def is_whole(self) -> bool:
        return not unanswered(self.variables, self.given)

    @cached_property
    def explainer(self) -> Explainer:
        return Explainer(self.variables, self.given)

    @property
    def facts(self) -> dict[str, object]:
        return self.explainer.facts

    @cached_property
    def gathering(self) -> Gathering:
        return Gathering(foresee(self.version, self.facts))

    @cached_property
    def explained(self) -> list[Explained]:
        """The criteria to answer or to prove by tests, each with its reason."""
        return [row for row in explain(self.explainer, self.gathering.whole) if row.reason.verdict.applies]

    @cached_property
    def obstacles(self) -> list[Obstacle]:
        """What forbids the candidature; empty when the service may file one."""
        broken = broken_rules(self.version.rules, self.variables, self.given, blocking=True)
        return [
            Obstacle(
                rule["sentence"], self.explainer.answers_to(rule["when"]) + self.explainer.answers_to(rule["then"])
            )
            for rule in broken
        ]

    @property
    def advice(self) -> list[str]:
        return contradictions(self.version.rules, self.variables, self.given, blocking=False)

    def questions_in(self, codes: Mapping[str, Any]) -> list[Variable]:
        """The questions, asked now or not, that something answers."""
        return [one for one in self.variables if not one.derived_from and one.code in codes]

    def answered(self, more: Mapping[str, Any]) -> "Simulation":
        """Return the simulation with more answers; those that this version does not propose are left out."""
        by_code = {one.code: one for one in self.variables}
        kept = {
            code: value
            for code, value in {**self.given, **more}.items()
            if code in by_code and not is_blank(value) and not value_fault(by_code[code], value)
        }
        return Simulation(self.version, self.variables, kept)
