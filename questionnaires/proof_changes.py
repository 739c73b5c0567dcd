"""The proofs of a criterion in two photographs of a sheet: added, replaced, removed. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Shot = Mapping[str, Any]
"""A criterion, or a proof, as a snapshot writes it."""


class ProofFate(StrEnum):
    ADDED = "added"
    REPLACED = "replaced"
    REMOVED = "removed"
    NOTED = "noted"  # the same bytes, with another word on where to look


@dataclass(frozen=True)
class ProofChange:
    """A proof given, withdrawn, or whose bytes were replaced. `before` or `after` is None when there is none."""

    fate: ProofFate
    before: Shot | None
    after: Shot | None

    @property
    def shown(self) -> Shot:
        return self.after or self.before or {}


def proof_changes(before: Shot | None, after: Shot | None) -> Iterator[ProofChange]:
    """Compare the proofs of one criterion in two photographs; either may be None, when it was not asked."""
    old = {proof["public_id"]: proof for proof in (before["proofs"] if before else ())}
    new = {proof["public_id"]: proof for proof in (after["proofs"] if after else ())}
    gone = [proof for key, proof in old.items() if key not in new]
    for key, proof in new.items():
        if key in old:
            if old[key]["note"] != proof["note"]:
                yield ProofChange(ProofFate.NOTED, old[key], proof)
            continue
        replaced = next((one for one in gone if _same_evidence(one, proof)), None)
        if replaced is None:
            yield ProofChange(ProofFate.ADDED, None, proof)
        else:
            gone.remove(replaced)
            yield ProofChange(ProofFate.REPLACED, replaced, proof)
    yield from (ProofChange(ProofFate.REMOVED, proof, None) for proof in gone)


def _same_evidence(one: Shot, other: Shot) -> bool:
    """Say whether two revisions are of one proof. Photographs made before they named it are compared by its title."""
    if one.get("evidence") and other.get("evidence"):
        return bool(one["evidence"] == other["evidence"])
    return (one["title"], one["kind"]) == (other["title"], other["kind"])
