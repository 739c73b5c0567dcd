"""A référentiel as read from its files, before it becomes rows: plain values, and where each was written."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from questionnaires.reading import KEYS, Place, Table, Words

Named = list[tuple[str, Place]]
"""Codes, each with where it is written."""


@dataclass
class DraftVariable:
    code: str
    step: str
    label: str
    help: str
    statement: str
    negation: str
    kind: str
    choices: list[tuple[str, str]]
    derived_from: str
    asked_if: str
    row: Table

    @property
    def conditions(self) -> dict[str, str]:
        """The conditions it is under, by key of the file."""
        both = {"derived_from": self.derived_from, "asked_if": self.asked_if}
        return {key: text for key, text in both.items() if text}


@dataclass
class DraftRule:
    when: str
    then: str
    sentence: str
    blocking: bool
    row: Table


@dataclass
class DraftPoint:
    """A requirement merged into a criterion."""

    code: str
    text: str
    level: str
    condition: str
    dispensed_by: list[str]
    row: Table


@dataclass
class DraftReason:
    """A reason for which « Non applicable » may be answered."""

    code: str
    text: str
    needs_text: bool
    needs_proof: bool
    row: Table


@dataclass
class DraftCriterion:
    code: str
    text: str
    condition: str
    level: str
    profile: str
    proofs: list[tuple[str, str]]
    dispensed_by: list[str]
    guidance: str
    points: list[DraftPoint]
    row: Table
    examples: dict[str, list[str]] = field(default_factory=dict)
    na_reasons: Named = field(default_factory=list)
    never_na: bool = False
    double_evaluation: bool = False
    weight: int = 1


@dataclass
class DraftSection:
    code: str
    title: str
    advice: str
    criteria: list[DraftCriterion]
    row: Table


@dataclass
class DraftQuestionnaire:
    code: str
    title: str
    intro: str
    is_answered: bool
    sections: list[DraftSection]
    na_reasons: Named = field(default_factory=list)


@dataclass
class DraftEdition:
    """An edition of a certificate: it covers what `dispensed_by` says, but in part what `partial` names, and nothing of
    what `without` names. `partial` says what remains to prove.
    """

    kind: str
    code: str
    title: str
    partial: list[tuple[str, str, Place]]
    without: list[tuple[str, Place]]
    row: Table


@dataclass
class DraftScale:
    """What a verdict is worth and the thresholds (questionnaires.scales.Scale), with where each number is written."""

    points: list[tuple[str, int, Place]]
    mandatory: int
    whole: int
    questionnaires: list[tuple[str, int, Place]]
    row: Table


@dataclass
class DraftEvolution:
    """What became of the criteria of an older version; what is not named is kept under the same code.

    `set_aside` holds (older code, is its answer kept, are its proofs kept): both are, unless it says otherwise.
    """

    version: str
    place: Place
    renamed: list[tuple[str, str, Place]] = field(default_factory=list)
    merged: list[tuple[str, str, Place]] = field(default_factory=list)
    split: list[tuple[str, list[tuple[str, Place]], Place]] = field(default_factory=list)
    removed: list[tuple[str, Place]] = field(default_factory=list)
    renamed_variables: list[tuple[str, str, Place]] = field(default_factory=list)
    set_aside: list[tuple[str, bool, bool, Place]] = field(default_factory=list)

    @property
    def fates(self) -> Iterator[tuple[str, str, Place]]:
        """Each older criterion that is named, what is said of it, and where."""
        yield from ((old, "renommé", place) for old, _, place in self.renamed)
        yield from ((old, "fusionné", place) for old, _, place in self.merged)
        yield from ((old, "scindé", place) for old, _, place in self.split)
        yield from ((old, "retiré", place) for old, place in self.removed)


@dataclass
class DraftVersion:
    """A version not loaded yet. `evolution` is None when it follows no older one; `words` are those of its source."""

    code: str
    title: str
    summary: str
    source: str
    effective_on: dt.date
    is_open: bool
    evolution: DraftEvolution | None = None
    variables: list[DraftVariable] = field(default_factory=list)
    rules: list[DraftRule] = field(default_factory=list)
    questionnaires: list[DraftQuestionnaire] = field(default_factory=list)
    editions: list[DraftEdition] = field(default_factory=list)
    reasons: list[DraftReason] = field(default_factory=list)
    scale: DraftScale | None = None
    words: Words = KEYS

    def admitted_by(self, questionnaire: DraftQuestionnaire, criterion: DraftCriterion) -> list[DraftReason]:
        """Return the reasons of a criterion: its own, else those of its questionnaire, none when it denies them all."""
        if criterion.never_na:
            return []
        codes = [code for code, _ in criterion.na_reasons or questionnaire.na_reasons]
        return [reason for reason in self.reasons if reason.code in codes]

    @property
    def criteria(self) -> list[DraftCriterion]:
        return [
            criterion
            for questionnaire in self.questionnaires
            for section in questionnaire.sections
            for criterion in section.criteria
        ]


def criteria_and_points(draft: DraftVersion) -> Iterator[tuple[str, Place]]:
    """Yield every code that the version uses, and where."""
    for criterion in draft.criteria:
        yield criterion.code, criterion.row.at("code")
        for point in criterion.points:
            yield point.code, point.row.at("code")
