"""When one may write in a thread. What was written stays readable for ever; a closed file receives nothing more. Pure."""

from datetime import datetime

from referencing.stages import Stage

NOT_YET = "Le fil s'ouvre au dépôt de la candidature : le support ne lit pas les brouillons."
# Stage → why nobody writes any more, and where to turn.
CLOSED: dict[Stage, str] = {
    Stage.WITHDRAWN: "Cette candidature est retirée : le fil reste lisible, on n'y écrit plus.",
    Stage.INADMISSIBLE: "Cette candidature est irrecevable : le fil reste lisible, on n'y écrit plus. "
    "Les voies de recours sont dans le courrier qui l'annonce.",
    Stage.REJECTED: "Cette candidature est refusée : le fil reste lisible, on n'y écrit plus. "
    "Les voies de recours sont dans la décision.",
}


def why_closed(stage: str, submitted_at: datetime | None) -> str:
    """Return the sentence that says why nobody may write now, empty when both sides may."""
    if submitted_at is None and stage != Stage.WITHDRAWN:
        return NOT_YET
    return CLOSED.get(Stage(stage), "")
