"""The scale of a référentiel: what a verdict is worth, and from how many points one is worried. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

HIGHEST = 100
# The verdicts that count in a score, in the words of the text files, the best first; what they are is evaluation.values'.
GRADES = {
    "conforme": "met",
    "réserve mineure": "minor_reserve",
    "réserve majeure": "major_reserve",
    "non conforme": "not_met",
}


@dataclass(frozen=True)
class Scale:
    """Points of each verdict, and thresholds, all from 0 to 100; a threshold of 0 asks for nothing.

    `mandatory` is what each obligatory criterion must reach, `questionnaires` what the mean of each must, by code,
    `whole` what the mean of all must.
    """

    points: Mapping[str, int] = field(default_factory=dict)
    mandatory: int = 0
    whole: int = 0
    questionnaires: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Scale | None":
        """Read what a version keeps; None for a version without scale."""
        return cls(**kept) if kept else None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
