"""What is written beside the stage when a verb succeeds: sheet frozen or reopened, round, deadline, date of dépôt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from questionnaires import sheets
from referencing.deadlines import days_left, deadline_after
from referencing.kinds import ActKind
from referencing.tracks import track_of

if TYPE_CHECKING:
    from referencing.models import Candidature

NEW_ROUND = ("submit", "return_complements")
FREEZING = ("submit", "return_complements", "withdraw", "expire")


def round_after(candidature: Candidature, verb: str) -> int:
    return candidature.round + (verb in NEW_ROUND)


def round_of_act(candidature: Candidature, kind: ActKind) -> int:
    """The dépôt and the return of complements open the round they belong to."""
    opens = kind in (ActKind.FILING, ActKind.COMPLEMENT_RETURN)
    return candidature.round + opens


def noted(candidature: Candidature, verb: str) -> dict[str, int]:
    """Return what the event of a move keeps beside: the days left to the evaluation that a request suspends."""
    if verb == "request_complements" and candidature.deadline:
        return {"days_left": days_left(candidature.deadline, timezone.localdate())}
    return {}


def resumed_days(candidature: Candidature, number: int) -> int | None:
    """Return the days left to the evaluation when the complements of a round were asked for, as their event says."""
    request = candidature.acts.filter(kind=ActKind.COMPLEMENT_REQUEST, round=number).select_related("event").first()
    return request.event.data.get("days_left") if request else None


def write_beside(candidature: Candidature, verb: str, content: dict[str, Any]) -> None:
    """Apply, in the transaction of the move, what the stage alone does not say."""
    resumed = resumed_days(candidature, candidature.round) if verb == "return_complements" else None
    candidature.round = round_after(candidature, verb)
    candidature.deadline = deadline_after(verb, timezone.localdate(), content, resumed=resumed)
    if verb == "submit":
        candidature.track = track_of(candidature.sheet.facts)
        candidature.submitted_at = candidature.submitted_at or candidature.stage_since
    if verb in FREEZING:
        sheets.freeze(candidature.sheet)
    elif verb == "declare_incomplete":
        sheets.reopen_all(candidature.sheet)
    elif verb == "request_complements":
        sheets.reopen(candidature.sheet, [item["criterion"] for item in content["items"]])
