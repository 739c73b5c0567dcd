"""What is written beside the stage when a verb succeeds: sheet frozen or reopened, round, clocks, date of dépôt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from questionnaires import sheets
from referencing import clockwork
from referencing.kinds import ActKind
from referencing.tracks import track_of

if TYPE_CHECKING:
    from journal.models import Event
    from referencing.models import Candidature

NEW_ROUND = ("submit", "return_complements")
FREEZING = ("submit", "return_complements", "withdraw", "expire")


def round_after(candidature: Candidature, verb: str) -> int:
    return candidature.round + (verb in NEW_ROUND)


def round_of_act(candidature: Candidature, kind: ActKind) -> int:
    """The dépôt and the return of complements open the round they belong to."""
    opens = kind in (ActKind.FILING, ActKind.COMPLEMENT_RETURN)
    return candidature.round + opens


def write_beside(candidature: Candidature, verb: str, content: dict[str, Any], event: Event) -> None:
    """Apply, in the transaction of the move, what the stage alone does not say."""
    candidature.round = round_after(candidature, verb)
    clockwork.write(candidature, verb, content, event)
    if verb == "submit":
        candidature.track = track_of(candidature.sheet.facts)
        candidature.submitted_at = candidature.submitted_at or candidature.stage_since
    if verb in FREEZING:
        sheets.freeze(candidature.sheet)
    elif verb == "declare_incomplete":
        sheets.reopen_all(candidature.sheet)
    elif verb == "request_complements":
        sheets.reopen(candidature.sheet, [item["criterion"] for item in content["items"]])
