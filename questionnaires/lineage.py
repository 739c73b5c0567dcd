"""What each criterion of a version became in another one. Pure: `Version.lineage` is its data, as JSON.

A lineage says what one version did to the version before it; a descent follows it, from any version to any other
that a chain of lineages joins, in either direction.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Protocol


@dataclass(frozen=True)
class Lineage:
    """What a version says of the one before it (`version`, "" when there is none).

    `answers_aside` and `proofs_aside` name the older criteria whose answer, or proofs, are not carried over.
    """

    version: str = ""
    renamed: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    split: Mapping[str, Sequence[str]] = field(default_factory=dict)
    removed: Collection[str] = ()
    renamed_variables: Mapping[str, str] = field(default_factory=dict)
    answers_aside: Collection[str] = ()
    proofs_aside: Collection[str] = ()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Lineage":
        """Read what the database holds; a version loaded before these words existed lacks some of them."""
        return cls(**{name: data[name] for name in cls.__dataclass_fields__ if name in data})

    def as_json(self) -> dict[str, Any]:
        """Return what is said, without what is not."""
        said = {
            "version": self.version,
            "renamed": dict(self.renamed),
            "merged": dict(self.merged),
            "split": {old: list(new) for old, new in self.split.items()},
            "removed": list(self.removed),
            "renamed_variables": dict(self.renamed_variables),
            "answers_aside": list(self.answers_aside),
            "proofs_aside": list(self.proofs_aside),
        }
        return {name: value for name, value in said.items() if value}

    def heirs(self, code: str) -> tuple[str, ...]:
        """Return the codes that an older criterion bears in this version, supposing that it has them all."""
        if code in self.removed:
            return ()
        if code in self.split:
            return tuple(self.split[code])
        return (self.renamed.get(code) or self.merged.get(code) or code,)


class Link(Protocol):
    """What must be known of a version to place it in a chain."""

    @property
    def code(self) -> str: ...
    @property
    def codes(self) -> Collection[str]: ...
    @property
    def variables(self) -> Collection[str]: ...
    @property
    def lineage(self) -> Lineage: ...


@dataclass(frozen=True)
class Heir:
    """What became of one criterion: the codes that follow it (none: removed), and what may be carried to them."""

    codes: tuple[str, ...]
    keeps_answer: bool = True
    keeps_proofs: bool = True


@dataclass(frozen=True)
class Descent:
    """From a version to another. `related` is False when no lineage joins them: only equal codes were paired."""

    heirs: Mapping[str, Heir]
    variables: Mapping[str, str]
    related: bool = True

    def origins(self, code: str) -> tuple[str, ...]:
        """Return the older criteria that a criterion comes from, in their order; none when it is new."""
        return tuple(old for old, heir in self.heirs.items() if code in heir.codes)

    def origin_of_variable(self, code: str) -> str:
        return next((old for old, new in self.variables.items() if new == code), "")


def descent(older: Link, newer: Link, known: Iterable[Link]) -> Descent:
    """Follow the criteria of `older` to `newer` through the versions between them, forward or backward.

    `known` holds every version that may stand between them, both ends included.
    """
    by_code = {link.code: link for link in known} | {older.code: older, newer.code: newer}
    forward = _chain(older.code, newer.code, by_code)
    if forward:
        return _followed(forward)
    backward = _chain(newer.code, older.code, by_code)
    if backward:
        return _reversed(_followed(backward), older)
    return _step(older, newer, Lineage(), related=False)


def _chain(first: str, last: str, by_code: Mapping[str, Link]) -> list[Link]:
    """Return the versions from one to the other, both included; none when the later does not descend from the first."""
    codes, code = [], last
    while code in by_code and code not in codes:
        codes.append(code)
        if code == first:
            return [by_code[code] for code in reversed(codes)]
        code = by_code[code].lineage.version
    return []


def _followed(chain: Sequence[Link]) -> Descent:
    whole = _step(chain[0], chain[0], Lineage())
    for before, after in pairwise(chain):
        whole = _joined(whole, _step(before, after, after.lineage))
    return whole


def _step(before: Link, after: Link, lineage: Lineage, *, related: bool = True) -> Descent:
    heirs = {
        code: Heir(
            tuple(heir for heir in lineage.heirs(code) if heir in after.codes),
            code not in lineage.answers_aside,
            code not in lineage.proofs_aside,
        )
        for code in before.codes
    }
    variables = {code: lineage.renamed_variables.get(code, code) for code in before.variables}
    return Descent(heirs, {old: new for old, new in variables.items() if new in after.variables}, related)


def _joined(first: Descent, second: Descent) -> Descent:
    heirs = {}
    for code, heir in first.heirs.items():
        next_ones = [second.heirs[between] for between in heir.codes]
        heirs[code] = Heir(
            tuple(dict.fromkeys(code for after in next_ones for code in after.codes)),
            heir.keeps_answer and all(after.keeps_answer for after in next_ones),
            heir.keeps_proofs and all(after.keeps_proofs for after in next_ones),
        )
    variables = {old: second.variables[new] for old, new in first.variables.items() if new in second.variables}
    return Descent(heirs, variables)


def _reversed(forward: Descent, end: Link) -> Descent:
    """Read a descent that leads to `end` backward: what was merged is split again, what was set aside still is."""
    heirs = {}
    for code in end.codes:
        origins = forward.origins(code)
        heirs[code] = Heir(
            origins,
            all(forward.heirs[origin].keeps_answer for origin in origins),
            all(forward.heirs[origin].keeps_proofs for origin in origins),
        )
    return Descent(heirs, {new: old for old, new in forward.variables.items()})
