"""Papers that are still being made: read from the outbox, shown to those who may read the paper once it is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from journal.models import Delivery
from referencing import access
from referencing.kinds import DocumentKind
from referencing.models import Candidature, Document

if TYPE_CHECKING:
    from datetime import datetime

    from referencing.access import AnyUser

EDITOR, INTERNAL = Document.Audience.EDITOR, Document.Audience.INTERNAL
# Reaction → the paper it makes, and who may read it.
MAKERS = {
    "dossiers.reactions.print_receipt": (DocumentKind.RECEIPT, EDITOR),
    "dossiers.reactions.print_report": (DocumentKind.REPORT, INTERNAL),
    "dossiers.reactions.seal_dossier": (DocumentKind.DOSSIER, INTERNAL),
    "dossiers.reactions.print_opinion": (DocumentKind.OPINION, EDITOR),
    "dossiers.reactions.print_decision": (DocumentKind.DECISION, EDITOR),
    "dossiers.reactions.print_convention": (DocumentKind.CONVENTION, EDITOR),
}


@dataclass(frozen=True)
class Making:
    """A paper not there yet. `has_failed` says that nothing more will be tried by itself."""

    title: str
    asked_at: datetime
    has_failed: bool
    attempts: int


def papers_being_made(user: AnyUser, candidature: Candidature) -> list[Making]:
    """Return the papers owed for a candidature and not made yet, the oldest first, of those this person may read."""
    sees_all = access.may(user, "read_evaluation", candidature)
    makers = [name for name, (_, audience) in MAKERS.items() if sees_all or audience == EDITOR]
    owed = Delivery.objects.filter(event__subject=candidature.reference, reaction__in=makers)
    waiting = owed.exclude(state=Delivery.State.DONE).select_related("event").order_by("pk")
    return [
        Making(
            title=str(MAKERS[delivery.reaction][0].label),
            asked_at=delivery.event.at,
            has_failed=delivery.state == Delivery.State.FAILED,
            attempts=delivery.attempts,
        )
        for delivery in waiting
    ]
