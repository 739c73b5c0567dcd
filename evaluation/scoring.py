"""The score of an evaluation: an aid to decision, computed from the verdicts by the scale of the référentiel. Pure.

No guard reads it and no act keeps it: experts, commission and ministry decide, the score only shows where to look.
A criterion without verdict, « sans objet » or of weight 0 does not count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from questionnaires.scales import Scale


@dataclass(frozen=True)
class Rated:
    """A criterion as it counts. `value` is that of its verdict, "" while none stands."""

    code: str
    questionnaire: str
    value: str
    weight: int = 1
    is_mandatory: bool = True


@dataclass(frozen=True)
class Mean:
    """The score of some criteria, from 0 to 100; None when nothing counts. `threshold` is 0 when nothing is asked."""

    code: str
    points: Fraction | None
    counted: int
    total: int
    threshold: int = 0

    @property
    def is_below(self) -> bool:
        return self.points is not None and self.points < self.threshold

    @property
    def shown(self) -> str:
        """The score with one decimal, rounded down so that it never hides a threshold that is not reached."""
        if self.points is None:
            return "—"
        tenths = self.points.numerator * 10 // self.points.denominator
        return f"{tenths // 10},{tenths % 10}" if tenths % 10 else str(tenths // 10)

    @property
    def percent(self) -> int:
        return int(self.points) if self.points is not None else 0


@dataclass(frozen=True)
class Score:
    """Of each questionnaire that has criteria, and of the whole; `short` are the obligatory criteria under theirs."""

    parts: tuple[Mean, ...]
    whole: Mean
    short: tuple[str, ...]
    mandatory: int

    @property
    def is_short(self) -> bool:
        """Whether a threshold is not reached."""
        return bool(self.short) or self.whole.is_below or any(part.is_below for part in self.parts)

    @property
    def is_partial(self) -> bool:
        """Whether criteria without verdict are left out."""
        return self.whole.counted < self.whole.total


def score(rated: Iterable[Rated], scale: Scale) -> Score:
    """Return the score of criteria by a scale: the mean of their points, weighted. The order of `rated` is that of the
    questionnaires and changes nothing else.
    """
    lines = list(rated)
    codes = dict.fromkeys(line.questionnaire for line in lines)
    parts = tuple(
        _mean(
            code,
            [line for line in lines if line.questionnaire == code],
            scale.points,
            scale.questionnaires.get(code, 0),
        )
        for code in codes
    )
    short = tuple(
        line.code
        for line in lines
        if line.is_mandatory and _counts(line, scale.points) and scale.points[line.value] < scale.mandatory
    )
    return Score(parts, _mean("", lines, scale.points, scale.whole), short, scale.mandatory)


def _mean(code: str, lines: list[Rated], points: Mapping[str, int], threshold: int) -> Mean:
    counted = [line for line in lines if _counts(line, points)]
    weights = sum(line.weight for line in counted)
    total = sum(points[line.value] * line.weight for line in counted)
    awaited = sum(line.weight > 0 and not line.value for line in lines)
    mean = Fraction(total, weights) if weights else None
    return Mean(code, mean, len(counted), len(counted) + awaited, threshold)


def _counts(line: Rated, points: Mapping[str, int]) -> bool:
    """Whether a criterion has a verdict that is worth something, and a weight."""
    return line.weight > 0 and line.value in points
