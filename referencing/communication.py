"""What of the evaluation is communicated to the éditeur, and from when.

A document made ready for a decision is not communicated before the decision is taken, or given up (CRPA, art. L. 311-2);
then it is (L. 311-1), without what concerns others (L. 311-6, L. 311-7). When and what are settings: docs/procedure.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from referencing.kinds import ActKind
from referencing.stages import Stage

if TYPE_CHECKING:
    from referencing.models import Candidature

DECIDED = (Stage.ACCEPTED, Stage.REJECTED, Stage.PUBLISHED)
# Setting → the stages at which the éditeur reads the report; withdrawn, no decision will come.
COMMUNICATED_IN: dict[str, frozenset[Stage]] = {
    "decision": frozenset({*DECIDED, Stage.WITHDRAWN}),
    "avis": frozenset({Stage.OPINION_GIVEN, *DECIDED, Stage.WITHDRAWN}),
    "rapport": frozenset(
        {Stage.EVALUATED, Stage.IN_COMMISSION, Stage.OPINION_GIVEN, *DECIDED, Stage.WITHDRAWN},
    ),
}
SENTENCES = {
    "decision": "Le rapport d'évaluation prépare une décision : il vous sera communiqué quand elle sera prise.",
    "avis": "Le rapport d'évaluation vous sera communiqué avec l'avis de la commission.",
    "rapport": "Le rapport d'évaluation vous est communiqué.",
}


def report_is_communicated(candidature: Candidature) -> bool:
    """Say whether the éditeur may read the report now. No query before its time."""
    stages = COMMUNICATED_IN[settings.PROCEDURE["report_communicated_from"]]
    return candidature.stage in stages and candidature.acts.filter(kind=ActKind.REPORT).exists()


def communicates(what: str) -> bool:
    """Say whether the éditeur's copy also tells `experts` (names) or `score`."""
    return what in settings.PROCEDURE["report_communicates"]


def when_communicated() -> str:
    """Return the sentence that tells the éditeur when the report will be theirs to read."""
    return SENTENCES[settings.PROCEDURE["report_communicated_from"]]
