"""Which expected proofs the given ones satisfy, kind by kind. Pure; it advises, and never blocks by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires.models import EvidenceUse, ExpectedProof


@dataclass(frozen=True)
class Match:
    """An expected proof, and what was given for it: files of its kind, or the explanation when it is written."""

    expected: ExpectedProof
    given: tuple[EvidenceUse, ...]
    is_told: bool

    @property
    def is_met(self) -> bool:
        return bool(self.given) or self.is_told


@dataclass(frozen=True)
class Matching:
    """Every expected proof with what satisfies it, and the files given that none expected."""

    matches: tuple[Match, ...]
    others: tuple[EvidenceUse, ...]

    @property
    def lacking(self) -> list[ExpectedProof]:
        return [match.expected for match in self.matches if not match.is_met]


def match(expected: Sequence[ExpectedProof], uses: Sequence[EvidenceUse], comment: str) -> Matching:
    """Share the files given between the expected proofs of their kind.

    Of two proofs expected of one kind, the first file goes to the first and the next ones to the second: two papers
    are not proven by one. A written kind (declaration, link, measure, access) is satisfied by any explanation.
    """
    waiting = {kind: [use for use in uses if use.revision.evidence.kind == kind] for kind in {e.kind for e in expected}}
    last = {proof.kind: rank for rank, proof in enumerate(expected)}
    matches = []
    for rank, proof in enumerate(expected):
        queue = waiting[proof.kind]
        given = queue if rank == last[proof.kind] else queue[:1]
        waiting[proof.kind] = queue[len(given) :]
        matches.append(Match(proof, tuple(given), proof.is_written and bool(comment.strip())))
    shared = {use.pk for found in matches for use in found.given}
    return Matching(tuple(matches), tuple(use for use in uses if use.pk not in shared))
