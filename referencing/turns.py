"""« Qui agit, avant quand, pourquoi »: the same words on every page about a candidature, from its row alone."""

from dataclasses import dataclass
from datetime import date

from referencing.delays import delays
from referencing.models import Candidature
from referencing.stages import Stage
from referencing.works import AWAITED

# stage → the delay that runs in it; the others are not timed.
RUNNING: dict[Stage, str] = {
    Stage.SUBMITTED: "admissibility",
    Stage.INCOMPLETE: "incomplete_reply",
    Stage.IN_EVALUATION: "evaluation",
    Stage.COMPLEMENTS_REQUESTED: "complement_reply",
    Stage.IN_COMMISSION: "commission",
    Stage.OPINION_GIVEN: "decision",
}
UNTIMED = "aucun délai ne court à cette étape"
UNFILED = "rien ne court tant que la candidature n'est pas déposée"


@dataclass(frozen=True)
class Turn:
    """Whose turn it is. `by` is None when nothing is timed, `suspended_on` when nothing is suspended."""

    who: str
    what: str
    by: date | None
    why: str
    suspended_on: date | None


def turn_of(candidature: Candidature) -> Turn | None:
    """Return whose turn it is, None once the procedure is over. No query."""
    stage = Stage(candidature.stage)
    if stage not in AWAITED:
        return None
    who, what = AWAITED[stage]
    untimed = UNFILED if stage == Stage.DRAFT else UNTIMED
    why = delays()[RUNNING[stage]].why if stage in RUNNING else untimed
    return Turn(who, what, candidature.deadline, why, candidature.suspended_on)
