"""The report: written by the lead, assembled from the verdicts, handed in as the act that ends the evaluation."""

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from evaluation import versions
from evaluation.evaluators import evaluators_of
from evaluation.figures import summary_of
from evaluation.grid import Grid, grid
from evaluation.models import DraftReport, Origin, ReportVersion
from evaluation.rounds_told import TOLD, rounds_told
from evaluation.skeleton import Facts, left_to_write, skeleton
from evaluation.values import MOTIVE_MAX, SPEAKS_FOR_ITSELF, State, too_long
from questionnaires.sheets import Sending
from referencing import access
from referencing.door import Refused, move, refusals
from referencing.guards import report_is_whole
from referencing.kinds import ActKind
from referencing.models import Candidature
from referencing.refusals import Refusal
from referencing.stages import Stage

ONE_SAVE = Sending()  # a button, not a page that saves by itself


class StaleReport(Exception):
    """Somebody rewrote the report meanwhile; `current` is theirs."""

    def __init__(self, current: DraftReport) -> None:
        super().__init__("Le rapport a été modifié depuis l'affichage de la page.")
        self.current = current


@dataclass(frozen=True)
class Texts:
    """What a person writes in a report."""

    synthesis: str
    recommendation: str

    @classmethod
    def of(cls, written: DraftReport | ReportVersion) -> "Texts":
        return cls(written.synthesis, written.recommendation)

    @classmethod
    def typed(cls, synthesis: str, recommendation: str) -> "Texts":
        """Line ends are those of one system only, whoever types."""
        return cls(*(text.replace("\r\n", "\n").strip() for text in (synthesis, recommendation)))


def draft_of(candidature: Candidature) -> DraftReport:
    """Return the report being written in this round, unsaved and empty when nobody has begun."""
    found = DraftReport.objects.filter(candidature=candidature, round=candidature.round).select_related("updated_by")
    return found.first() or DraftReport(candidature=candidature, round=candidature.round, edition=0)


@transaction.atomic
def save_draft(
    candidature: Candidature,
    *,
    synthesis: str,
    recommendation: str,
    edition: int,
    actor: User,
    sending: Sending = ONE_SAVE,
    origin: Origin | None = Origin.SAVED,
) -> DraftReport:
    """Write the report of this round. `edition` is that of the text being rewritten, 0 for none.

    A page that saves by itself names its requests (`sending`, docs/adr/0013) and keeps no version: `origin` None.
    Saying again what is on file changes nothing, whatever `edition`. Raises `door.Refused` when the evaluation is over,
    the right is missing or a text is too long, `StaleReport` when somebody wrote otherwise meanwhile.
    """
    locked = _locked_to_write(candidature, actor, synthesis, recommendation)
    texts, draft = Texts.typed(synthesis, recommendation), draft_of(locked)
    by_another = draft.edition != edition and (draft.operation is None or draft.operation not in sending.unconfirmed)
    if not _is_on_file(draft, texts, sending, by_another=by_another):
        if by_another:
            raise StaleReport(draft)
        draft = _write(draft, texts, actor, sending)
    if origin and draft.pk:
        versions.keep(draft, origin)
    return draft


def begin(candidature: Candidature, skeleton: str, draft: DraftReport, *, actor: User) -> DraftReport:
    """Put a skeleton where `draft` has no synthesis yet; its recommendation stays. Raises as `save_draft` does."""
    return save_draft(
        candidature,
        synthesis=skeleton,
        recommendation=draft.recommendation,
        edition=draft.edition,
        actor=actor,
        origin=Origin.SKELETON,
    )


@transaction.atomic
def restore(candidature: Candidature, number: int, *, edition: int, actor: User) -> DraftReport:
    """Take up a version again: what is written now is kept, then replaced. Raises as `save_draft` does, or DoesNotExist."""
    locked = _locked_to_write(candidature, actor)
    version = ReportVersion.objects.get(candidature=locked, number=number)
    draft = draft_of(locked)
    if draft.edition != edition:
        raise StaleReport(draft)
    if draft.pk:
        versions.keep(draft, Origin.SAVED)
    draft = _write(draft, Texts.of(version), actor, ONE_SAVE)
    versions.keep(draft, Origin.RESTORED, source=number)
    return draft


def conclude(candidature: Candidature, *, actor: User, seen: int | None = None) -> Candidature:
    """Hand in the report: the evaluation is over. Raises `door.Refused` with each criterion not judged, `door.Overtaken`."""
    with transaction.atomic():
        concluded = move(candidature, "conclude_evaluation", actor=actor, seen=seen, payload=report_payload)
        versions.keep(draft_of(concluded), Origin.FILED)
    return concluded


def why_not_conclude(candidature: Candidature, user: User) -> list[Refusal]:
    """Return every reason why this person may not hand in the report now, read from the report as it stands."""
    trial = copy(candidature)
    trial.filing = (ActKind.REPORT, report_payload(candidature))  # as the door does: the guard reads the act in hand
    return refusals(candidature, "conclude_evaluation", user) + report_is_whole.reasons(trial)


def report_payload(candidature: Candidature) -> dict[str, Any]:
    """Return what the act REPORT holds: texts, verdict of each criterion judged, codes of the others, experts and domains."""
    whole, draft = grid(candidature), draft_of(candidature)
    team = evaluators_of(whole)
    return {
        "synthesis": draft.synthesis,
        "recommendation": draft.recommendation,
        "unwritten": left_to_write({"la synthèse": draft.synthesis, "la recommandation": draft.recommendation}),
        "verdicts": {
            line.code: {"value": line.verdict.value, "motive": line.verdict.motive, "pins": line.verdict.pins}
            for line in whole.lines
            if line.is_settled and line.verdict
        },
        "unjudged": [line.code for line in whole.lines if not line.is_settled],
        "divergent": [line.code for line in whole.lines if line.state == State.DIVERGENT],
        "second_awaited": [line.code for line in whole.lines if line.state == State.SECOND_AWAITED],
        "experts": [one.signed for one in team],
        "team": [one.as_json for one in team],
    }


def skeleton_for(whole: Grid) -> str:
    """Return the synthesis proposed from the facts of this file, for the lead to rewrite."""
    candidature, figures = whole.candidature, summary_of(whole).whole
    asked = candidature.acts.filter(kind__in=TOLD).order_by("pk")
    return skeleton(
        Facts(
            service=candidature.service.name,
            editor=candidature.organisation.name,
            counts=figures.counts,
            unsettled=figures.unsettled,
            findings=tuple(
                (line.verdict.value, line.code, line.filed["text"])
                for line in whole.lines
                if line.is_settled and line.verdict and line.verdict.value not in SPEAKS_FOR_ITSELF
            ),
            rounds=rounds_told(asked),
            dispensed=len(whole.dispensed),
        )
    )


def _locked_to_write(candidature: Candidature, actor: User, *texts: str) -> Candidature:
    """Lock the candidature of a report that this person may write now. Raises `door.Refused` with every reason."""
    locked = Candidature.objects.locked().get(pk=candidature.pk)
    reasons = [Refusal("length", too_long(text)) for text in texts if len(text) > MOTIVE_MAX]
    if locked.stage != Stage.IN_EVALUATION:
        reasons.append(Refusal("stage", "L'évaluation n'est pas en cours : le rapport ne change plus."))
    if not access.may(actor, "write_report", locked):
        reasons.append(Refusal("right", "Le rapport revient à l'expert coordonnateur et au support."))
    if reasons:
        raise Refused(reasons)
    return locked


def _is_on_file(draft: DraftReport, texts: Texts, sending: Sending, *, by_another: bool) -> bool:
    """Say whether there is nothing to write, as `questionnaires.sheets.answering` does for an answer."""
    if sending.operation and draft.operation == sending.operation:
        return True
    return Texts.of(draft) == texts and (by_another or not sending.unconfirmed)


def _write(draft: DraftReport, texts: Texts, actor: User, sending: Sending) -> DraftReport:
    versions.keep_before_another_hand(draft, actor)
    draft.synthesis, draft.recommendation = texts.synthesis, texts.recommendation
    draft.updated_by, draft.operation, draft.edition = actor, sending.operation, draft.edition + 1
    draft.save()
    return draft
