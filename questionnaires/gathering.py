"""What to gather before answering: criteria counted, people to mobilise, documents, tests. Pure, reads an overview."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from accounts.roles import Profile
from questionnaires.applicability import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from questionnaires.models import ExpectedProof
    from questionnaires.sheets.overview import Item, Overview, QuestionnaireView, SectionView

ENTRY_SECTION = "administratif"
"""Code of the section of a référentiel whose criteria say which services may enter the catalogue at all."""


@dataclass(frozen=True)
class Count:
    """The criteria of one questionnaire, or of all of them, by what becomes of them."""

    title: str
    obligatory: int
    recommended: int
    dispensed: int
    left_out: int

    @property
    def applicable(self) -> int:
        return self.obligatory + self.recommended


@dataclass(frozen=True)
class Wanted:
    """One proof to find, and the criteria that it serves. `detail` is empty when the référentiel says no more."""

    detail: str
    items: tuple[Item, ...]

    @property
    def by_section(self) -> list[tuple[str, list[Item]]]:
        """The criteria it serves under the title of their section, in their order."""
        return [(title, list(items)) for title, items in groupby(self.items, key=lambda i: i.criterion.section.title)]


@dataclass(frozen=True)
class Pile:
    """The proofs of one kind. A written one is no file: it is given in the answer itself."""

    label: str
    is_written: bool
    wanted: tuple[Wanted, ...]

    @property
    def criteria(self) -> int:
        return len({item.code for one in self.wanted for item in one.items})


@dataclass(frozen=True)
class Gathering:
    """Everything there is to bring together for one service."""

    whole: Overview

    @cached_property
    def asked(self) -> list[Item]:
        """The criteria to answer, the milestones of the tests left aside."""
        return [item for view in self._answered for item in view.items if item.verdict.applies]

    @cached_property
    def counts(self) -> list[Count]:
        return [_count(view.title, view.items) for view in self._answered]

    @cached_property
    def total(self) -> Count:
        return _count("Ensemble", [item for view in self._answered for item in view.items])

    @cached_property
    def profiles(self) -> list[tuple[str, int]]:
        """Names of the professions with their number of criteria, the busiest first."""
        numbers = Counter(item.criterion.profile for item in self.asked)
        return [(str(Profile(code).label), number) for code, number in numbers.most_common()]

    @cached_property
    def piles(self) -> list[Pile]:
        """The proofs expected, by kind: files first, then what is written in an answer, the longest pile first."""
        found: dict[str, dict[str, list[Item]]] = {}
        labels: dict[str, ExpectedProof] = {}
        for item in self.asked:
            for proof in item.expected:
                labels.setdefault(proof.kind, proof)
                same = found.setdefault(proof.kind, {})
                sharing = next((known for known in same if known.casefold() == proof.detail.casefold()), proof.detail)
                same.setdefault(sharing, []).append(item)
        piles = [
            Pile(str(labels[kind].get_kind_display()), labels[kind].is_written, _sorted(wanted))
            for kind, wanted in found.items()
        ]
        return sorted(piles, key=lambda pile: (pile.is_written, -len(pile.wanted), pile.label))

    @cached_property
    def tests(self) -> list[SectionView]:
        """The sections of milestones that apply: tests to pass, proven elsewhere than in an answer."""
        views = [view for view in self.whole.questionnaires if not view.is_answered]
        return [section for view in views for section in view.sections if section.asked]

    @cached_property
    def conditions(self) -> list[Item]:
        """The obligatory criteria of entry: what no answer of the orientation tells, and every service must meet."""
        sections = [section for view in self._answered for section in view.sections if section.code == ENTRY_SECTION]
        return [item for section in sections for item in section.asked if item.criterion.is_mandatory]

    @property
    def _answered(self) -> list[QuestionnaireView]:
        return [view for view in self.whole.questionnaires if view.is_answered]


def _count(title: str, items: Iterable[Item]) -> Count:
    kinds = Counter(
        ("O" if item.criterion.is_mandatory else "R") if item.verdict.applies else item.verdict.state.value
        for item in items
    )
    return Count(title, kinds["O"], kinds["R"], kinds[State.DISPENSED.value], kinds[State.NOT_APPLICABLE.value])


def _sorted(wanted: dict[str, list[Item]]) -> tuple[Wanted, ...]:
    """The most useful first; what the référentiel does not detail comes last."""
    rows = [Wanted(detail, tuple(items)) for detail, items in wanted.items()]
    return tuple(sorted(rows, key=lambda one: (not one.detail, -len(one.items), one.detail.casefold())))
