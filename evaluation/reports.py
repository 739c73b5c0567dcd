"""The report: written by the lead, counted from the verdicts, handed in as the act that ends the evaluation."""

from collections import Counter
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from evaluation.grid import Grid, Line, grid
from evaluation.models import DraftReport
from evaluation.values import FINAL_VALUES, MOTIVE_MAX, State, too_long
from referencing import access
from referencing.door import Refused, move, refusals
from referencing.guards import report_is_whole
from referencing.kinds import ActKind
from referencing.models import Candidature
from referencing.refusals import Refusal
from referencing.stages import Stage


class StaleReport(Exception):
    """Somebody rewrote the report meanwhile; `current` is theirs."""

    def __init__(self, current: DraftReport) -> None:
        super().__init__("Le rapport a été modifié depuis l'affichage de la page.")
        self.current = current


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


def draft_of(candidature: Candidature) -> DraftReport:
    """Return the report being written in this round, unsaved and empty when nobody has begun."""
    found = DraftReport.objects.filter(candidature=candidature, round=candidature.round).select_related("updated_by")
    return found.first() or DraftReport(candidature=candidature, round=candidature.round, edition=0)


@transaction.atomic
def save_draft(
    candidature: Candidature, *, synthesis: str, recommendation: str, edition: int, actor: User
) -> DraftReport:
    """Write the report of this round. `edition` is that of the text being rewritten, 0 for none.

    Raises `door.Refused` when the evaluation is over, the right is missing or a text is too long, `StaleReport`
    when somebody wrote meanwhile.
    """
    locked = Candidature.objects.locked().get(pk=candidature.pk)
    reasons = [Refusal("length", too_long(text)) for text in (synthesis, recommendation) if len(text) > MOTIVE_MAX]
    if locked.stage != Stage.IN_EVALUATION:
        reasons.append(Refusal("stage", "L'évaluation n'est pas en cours : le rapport ne change plus."))
    if not access.may(actor, "write_report", locked):
        reasons.append(Refusal("right", "Le rapport revient à l'expert coordonnateur et au support."))
    if reasons:
        raise Refused(reasons)
    draft = draft_of(locked)
    if draft.edition != edition:
        raise StaleReport(draft)
    written = {"synthesis": synthesis.strip(), "recommendation": recommendation.strip()}
    saved, _ = DraftReport.objects.update_or_create(
        candidature=locked,
        round=locked.round,
        defaults={**written, "updated_by": actor, "edition": edition + 1},
    )
    return saved


def conclude(candidature: Candidature, *, actor: User, seen: int | None = None) -> Candidature:
    """Hand in the report: the evaluation is over. Raises `door.Refused` with each criterion not judged, `door.Overtaken`."""
    return move(candidature, "conclude_evaluation", actor=actor, seen=seen, payload=report_payload)


def why_not_conclude(candidature: Candidature, user: User) -> list[Refusal]:
    """Return every reason why this person may not hand in the report now, read from the report as it stands."""
    trial = copy(candidature)
    trial.filing = (ActKind.REPORT, report_payload(candidature))  # as the door does: the guard reads the act in hand
    return refusals(candidature, "conclude_evaluation", user) + report_is_whole.reasons(trial)


def report_payload(candidature: Candidature) -> dict[str, Any]:
    """Return what the act REPORT holds: texts, verdict of each criterion judged, codes of the others, names of the experts."""
    whole, draft = grid(candidature), draft_of(candidature)
    return {
        "synthesis": draft.synthesis,
        "recommendation": draft.recommendation,
        "verdicts": {
            line.code: {"value": line.verdict.value, "motive": line.verdict.motive, "pins": line.verdict.pins}
            for line in whole.lines
            if line.is_settled and line.verdict
        },
        "unjudged": [line.code for line in whole.lines if not line.is_settled],
        "divergent": [line.code for line in whole.lines if line.state == State.DIVERGENT],
        "second_awaited": [line.code for line in whole.lines if line.state == State.SECOND_AWAITED],
        "experts": _experts(whole),
    }


def _experts(whole: Grid) -> list[str]:
    """The experts assigned, the lead first, then those who judged and left; each with their quality."""
    people = [one.expert for one in whole.assignments]
    people += [person for line in whole.lines if line.verdict for person in line.verdict.people]
    named = {person.pk: ", ".join(part for part in (str(person), person.quality) if part) for person in people}
    return list(named.values())


def _row(title: str, lines: Sequence[Line]) -> Row:
    settled = Counter(line.verdict.value for line in lines if line.verdict and line.is_settled)
    counts = {value.value: settled[value.value] for value in FINAL_VALUES}
    return Row(title, counts, sum(not line.is_settled for line in lines))
