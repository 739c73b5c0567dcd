"""What the éditeur reads once their candidature has left: what was received, what was attested, what happens next."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from referencing.clockwork import silent_on
from referencing.kinds import ActKind, DocumentKind
from referencing.models import Act, Candidature, Document
from referencing.stages import Stage
from referencing.works import AWAITED


@dataclass(frozen=True)
class Next:
    """One thing that will happen: who does what, and by when, None when nothing sets a date."""

    who: str
    what: str
    by: date | None
    is_current: bool


@dataclass(frozen=True)
class Confirmation:
    """The latest dépôt or return of complements. `attestation` is [] in the acts that did not keep it.

    `silent_on` is None after a return: the receipt of that day says the date, which the request for complements moved.
    """

    is_return: bool
    at: datetime
    by: str
    attestation: list[str]
    receipts: list[Document]
    steps: list[Next]
    silent_on: date | None
    silence_means: str


# What remains after a dépôt, in order; what a stage awaits is said once, in `works.AWAITED`.
AHEAD = (
    Stage.SUBMITTED,
    Stage.IN_EVALUATION,
    Stage.EVALUATED,
    Stage.IN_COMMISSION,
    Stage.OPINION_GIVEN,
    Stage.ACCEPTED,
)


def confirmation_of(candidature: Candidature, papers: list[Document]) -> Confirmation:
    """Return the confirmation of a candidature that was filed; `papers` are those its reader may open."""
    filings = candidature.acts.filter(kind__in=[ActKind.FILING, ActKind.COMPLEMENT_RETURN]).select_related(
        "filed_by", "event"
    )
    last: Act = filings.order_by("-pk")[0]
    is_return = last.kind == ActKind.COMPLEMENT_RETURN
    return Confirmation(
        is_return=is_return,
        at=last.filed_at,
        by=str(last.filed_by),
        attestation=last.payload.get("attestation", []),
        receipts=[paper for paper in papers if paper.kind == DocumentKind.RECEIPT],
        steps=steps_ahead(Stage(candidature.stage), candidature.deadline),
        silent_on=None if is_return else silent_on(candidature, last.event),
        silence_means=settings.PROCEDURE["silence_means"],
    )


def steps_ahead(stage: Stage, deadline: date | None) -> list[Next]:
    """Return what is left from a stage: the current step with its date; nothing once the procedure is over. Pure."""
    if stage not in AHEAD:
        return []
    left = AHEAD[AHEAD.index(stage) :]
    return [Next(*AWAITED[one], deadline if one == stage else None, one == stage) for one in left]
