"""What changed between two photographs of a sheet (questionnaires.sheets.snapshot). Pure: JSON in, values out.

Nothing is compared by word until it is shown: counting what changed costs one reading of both photographs.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from questionnaires import words
from questionnaires.applicability import CERTIFICATES
from questionnaires.proof_changes import ProofChange, ProofFate, proof_changes

Snapshot = Mapping[str, Any]
Shot = Mapping[str, Any]
"""A criterion, or a proof, as a snapshot writes it."""

DECLARING = frozenset(variable for variable, _ in CERTIFICATES.values())
"""The orientation answers that declare a certificate."""


class Fate(StrEnum):
    """What became of a criterion: asked now and not before, asked before and no longer, or asked both times."""

    ENTERED = "entered"
    LEFT = "left"
    STAYED = "stayed"


@dataclass(frozen=True)
class CriterionChange:
    """One criterion as both photographs show it; `before` is None when it enters, `after` when it leaves.

    `because` says why it is asked now, or why it no longer is.
    """

    fate: Fate
    before: Shot | None
    after: Shot | None
    because: str

    @property
    def shown(self) -> Shot:
        return self.after or self.before or {}

    @property
    def code(self) -> str:
        return str(self.shown["code"])

    @property
    def value_before(self) -> str:
        return str(self.before["value"]) if self.before else ""

    @property
    def value_after(self) -> str:
        return str(self.after["value"]) if self.after else ""

    @property
    def reason_before(self) -> str:
        return _reason(self.before)

    @property
    def reason_after(self) -> str:
        return _reason(self.after)

    @property
    def value_changed(self) -> bool:
        """Whether the answer changed, or the reason given for « Non applicable »."""
        before, after = (self.value_before, self.reason_before), (self.value_after, self.reason_after)
        return self.fate == Fate.STAYED and before != after

    @property
    def comment_changed(self) -> bool:
        return self.fate == Fate.STAYED and _comment(self.before) != _comment(self.after)

    @cached_property
    def comment(self) -> tuple[words.Piece, ...]:
        """The explanation, by word. That of a criterion that enters or leaves is added or removed whole."""
        return words.compare(_comment(self.before), _comment(self.after))

    @cached_property
    def proofs(self) -> tuple[ProofChange, ...]:
        return tuple(proof_changes(self.before, self.after))

    @property
    def changed(self) -> bool:
        return self.fate != Fate.STAYED or self.value_changed or self.comment_changed or bool(self.proofs)


@dataclass(frozen=True)
class QuestionnaireChange:
    code: str
    title: str
    criteria: tuple[CriterionChange, ...]

    @cached_property
    def changed(self) -> tuple[CriterionChange, ...]:
        return tuple(criterion for criterion in self.criteria if criterion.changed)


@dataclass(frozen=True)
class FactChange:
    """An answer of the orientation: raw values, None when there was none."""

    variable: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Counts:
    """How many criteria enter, leave, change their answer or their explanation; how many proofs, how many answers."""

    entered: int
    left: int
    values: int
    comments: int
    proofs_added: int
    proofs_replaced: int
    proofs_removed: int
    facts: int

    @property
    def total(self) -> int:
        return sum(vars(self).values())


@dataclass(frozen=True)
class Difference:
    """Two photographs compared. `versions` are the titles of two référentiels, None when it is the same."""

    versions: tuple[str, str] | None
    facts: tuple[FactChange, ...]
    certificates: tuple[FactChange, ...]
    questionnaires: tuple[QuestionnaireChange, ...]

    @cached_property
    def changed(self) -> tuple[CriterionChange, ...]:
        return tuple(criterion for questionnaire in self.questionnaires for criterion in questionnaire.changed)

    @cached_property
    def counts(self) -> Counts:
        proofs = [proof.fate for criterion in self.changed for proof in criterion.proofs]
        return Counts(
            entered=sum(criterion.fate == Fate.ENTERED for criterion in self.changed),
            left=sum(criterion.fate == Fate.LEFT for criterion in self.changed),
            values=sum(criterion.value_changed for criterion in self.changed),
            comments=sum(criterion.comment_changed for criterion in self.changed),
            proofs_added=proofs.count(ProofFate.ADDED),
            proofs_replaced=proofs.count(ProofFate.REPLACED),
            proofs_removed=proofs.count(ProofFate.REMOVED),
            facts=len(self.facts) + len(self.certificates),
        )

    @property
    def is_empty(self) -> bool:
        return not (self.versions or self.facts or self.certificates or self.changed)


def difference(before: Snapshot, after: Snapshot) -> Difference:
    """Return what changed from one photograph of a sheet to another, in the order of the later one.

    Criteria are known by their code; those that left come last in the questionnaire where they were.
    """
    facts = list(_facts(before["facts"], after["facts"]))
    versions = (before["version"]["title"], after["version"]["title"])
    return Difference(
        versions=None if before["version"]["code"] == after["version"]["code"] else versions,
        facts=tuple(change for change in facts if change.variable not in DECLARING),
        certificates=tuple(change for change in facts if change.variable in DECLARING),
        questionnaires=tuple(_questionnaires(before, after)),
    )


def _facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FactChange]:
    for variable in [*after, *(name for name in before if name not in after)]:
        if before.get(variable) != after.get(variable):
            yield FactChange(variable, before.get(variable), after.get(variable))


def _questionnaires(before: Snapshot, after: Snapshot) -> Iterator[QuestionnaireChange]:
    old, new = dict(_asked(before)), dict(_asked(after))
    why_not = {item["code"]: item["because"] for item in (*after["not_applicable"], *after["dispensed"])}
    then = {view["code"]: view for view in before["questionnaires"]}
    now = {view["code"]: view for view in after["questionnaires"]}
    for code, view in {**now, **{code: view for code, view in then.items() if code not in now}}.items():
        left = [item for item in then[code]["criteria"] if item["code"] not in new] if code in then else []
        stayed = now[code]["criteria"] if code in now else []
        changes = [_criterion(old.get(item["code"]), item, item["because"]) for item in stayed]
        changes += [_criterion(item, None, why_not.get(item["code"], "")) for item in left]
        if changes:
            yield QuestionnaireChange(code, view["title"], tuple(changes))


def _asked(snapshot: Snapshot) -> Iterable[tuple[str, Shot]]:
    return ((item["code"], item) for view in snapshot["questionnaires"] for item in view["criteria"])


def _criterion(before: Shot | None, after: Shot | None, because: str) -> CriterionChange:
    fate = Fate.ENTERED if before is None else Fate.LEFT if after is None else Fate.STAYED
    return CriterionChange(fate, before, after, because)


def _reason(shot: Shot | None) -> str:
    """The words of the reason for « Non applicable »; photographs made before there were any have none."""
    reason = shot.get("na_reason") if shot else None
    return str(reason["text"]) if reason else ""


def _comment(criterion: Shot | None) -> str:
    """The explanation, whatever the system of the person who typed it ends lines with."""
    return str(criterion["comment"]).replace("\r\n", "\n") if criterion else ""
