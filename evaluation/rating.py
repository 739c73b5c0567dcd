"""The score of a grid: its verdicts as `scoring` counts them, with the names that a page shows."""

from dataclasses import dataclass

from evaluation.grid import Grid, Line
from evaluation.scoring import Mean, Rated, Score, score
from questionnaires.models import Criterion
from questionnaires.scales import Scale


@dataclass(frozen=True)
class Rating:
    """`rows` are the means by questionnaire, named, then that of the whole; `short` the obligatory criteria under theirs."""

    rows: tuple[tuple[str, Mean], ...]
    score: Score
    short: tuple[Line, ...]


def rating_of(whole: Grid) -> Rating | None:
    """Return the score of what is settled; None when the référentiel has no scale."""
    scale = Scale.of(whole.candidature.sheet.version.scale)
    if scale is None:
        return None
    found = score((_rated(line) for line in whole.lines), scale)
    rows = [(whole.titles[part.code], part) for part in found.parts]
    short = tuple(line for line in whole.lines if line.code in found.short)
    return Rating((*rows, ("Ensemble", found.whole)), found, short)


def _rated(line: Line) -> Rated:
    """What is filed says the weight; acts filed before it could count each criterion once."""
    return Rated(
        code=line.code,
        questionnaire=line.questionnaire,
        value=line.verdict.value if line.verdict and line.is_settled else "",
        weight=line.filed.get("weight", 1),
        is_mandatory=line.filed["level"] == Criterion.Level.MANDATORY,
    )
