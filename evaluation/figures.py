"""The verdicts in figures: by questionnaire and in all, for the pages, the chart and the skeleton of the report."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.grid import Grid, Line, grid
from evaluation.values import FINAL_VALUES
from referencing.models import Candidature


@dataclass(frozen=True)
class Row:
    """The verdicts of one questionnaire: how many of each value, in the order of `Value`, and how many not settled."""

    title: str
    counts: dict[str, int]
    unsettled: int

    @property
    def total(self) -> int:
        return sum(self.counts.values()) + self.unsettled


@dataclass(frozen=True)
class Bar:
    """One bar of the chart. `percent` is the share of all criteria, rounded."""

    value: str
    label: str
    number: int
    percent: int


@dataclass(frozen=True)
class Summary:
    """Counts of verdicts for the report, the dossier and the chart: `rows` by questionnaire, `whole` for all."""

    rows: tuple[Row, ...]
    whole: Row

    @property
    def bars(self) -> list[Bar]:
        total = self.whole.total or 1
        numbers = [(value.value, value.label, self.whole.counts[value.value]) for value in FINAL_VALUES]
        numbers.append(("unsettled", "Non tranché", self.whole.unsettled))
        return [Bar(value, str(label), number, round(100 * number / total)) for value, label, number in numbers]


def summary(candidature: Candidature) -> Summary:
    """Count the verdicts that stand, by questionnaire and in all."""
    return summary_of(grid(candidature))


def summary_of(whole: Grid) -> Summary:
    """Count the verdicts of a grid already read."""
    return Summary(
        rows=tuple(_row(group.title, group.lines) for group in whole.groups()), whole=_row("Ensemble", whole.lines)
    )


def _row(title: str, lines: Sequence[Line]) -> Row:
    settled = Counter(line.verdict.value for line in lines if line.verdict and line.is_settled)
    counts = {value.value: settled[value.value] for value in FINAL_VALUES}
    return Row(title, counts, sum(not line.is_settled for line in lines))
