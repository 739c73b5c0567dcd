"""What every page of an evaluation shows around its content: the links between them, for whom they are."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.requests import SignedRequest
from referencing import access
from referencing.models import Candidature
from referencing.stages import Stage

# Right, words, address: in the order of the work.
PAGES = (
    ("read_evaluation", "Grille", "evaluation:grid"),
    ("request_complements", "Compléments", "evaluation:complements"),
    ("read_evaluation", "Rapport", "evaluation:report"),
    ("assign", "Experts affectés", "evaluation:assign"),
)


@dataclass(frozen=True)
class PageLink:
    label: str
    address: str
    is_current: bool


def frame(request: SignedRequest, candidature: Candidature) -> dict[str, Any]:
    """Return the context shared by the pages of one evaluation."""
    held = {right for right in {page[0] for page in PAGES} if access.may(request.user, right, candidature)}
    links = [(label, reverse(name, args=[candidature.reference])) for right, label, name in PAGES if right in held]
    return {
        "candidature": candidature,
        "is_under_way": candidature.stage == Stage.IN_EVALUATION,
        "is_with_editor": candidature.stage == Stage.COMPLEMENTS_REQUESTED,
        "pages": [PageLink(label, address, request.path == address) for label, address in links],
    }


def may_read_notes(user: User, candidature: Candidature) -> bool:
    """Notes between evaluators are for those who judge or write the report, never for the éditeur nor the commission."""
    return access.may(user, "judge", candidature) or access.may(user, "write_report", candidature)
