"""What the pages of a report show: figures, what weighs, what is not settled yet."""

from typing import Any

from accounts.requests import SignedRequest
from evaluation.assembly import filed_report
from evaluation.figures import summary_of
from evaluation.grid import Group, grid
from evaluation.rating import rating_of
from evaluation.values import FINAL_VALUES, SPEAKS_FOR_ITSELF
from evaluation.views.frame import frame
from referencing import access
from referencing.models import Candidature
from referencing.stages import Stage


def report_page(request: SignedRequest, candidature: Candidature) -> dict[str, Any]:
    """Return what the writing, checking and reading pages share. Whoever is here may read the evaluation."""
    whole, writes = grid(candidature), access.may(request.user, "write_report", candidature)
    is_open = candidature.stage == Stage.IN_EVALUATION
    settled = [line for line in whole.lines if line.is_settled and line.verdict]
    return {
        **frame(request, candidature),
        "conflict": None,
        "summary": summary_of(whole),
        "values": FINAL_VALUES,
        "findings": [line for line in settled if line.verdict and line.verdict.value not in SPEAKS_FOR_ITSELF],
        "rating": rating_of(whole),
        "unsettled": _unsettled(whole.groups()),
        "writes": writes,
        "may_write": is_open and writes,
        "report": filed_report(candidature) if not is_open else None,
    }


def _unsettled(groups: list[Group]) -> list[tuple[Group, list[Any]]]:
    """The criteria that hold the report back, questionnaire by questionnaire, with the experts they are entrusted to."""
    held = [(group, [line for line in group.lines if not line.is_settled]) for group in groups]
    return [(group, lines) for group, lines in held if lines]
