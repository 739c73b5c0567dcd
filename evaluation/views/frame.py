"""What the pages of an evaluation show around their content: where it stands, and the links between them."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.requests import SignedRequest
from referencing import access
from referencing.models import Candidature
from referencing.stages import Stage

# Right, words, address, in the order of the work. No right: whoever reads the evaluation.
PAGES = (
    ("", "Grille", "evaluation:grid"),
    ("request_complements", "Compléments", "evaluation:complements"),
    ("", "Tours", "evaluation:rounds"),
    ("", "Rapport", "evaluation:report"),
    ("assign", "Experts affectés", "evaluation:assign"),
)


@dataclass(frozen=True)
class Tab:
    label: str
    address: str
    is_current: bool


def frame(request: SignedRequest, candidature: Candidature) -> dict[str, Any]:
    """Return the context shared by the pages that have tabs; whoever is here may read the evaluation."""
    open_to = [page for page in PAGES if not page[0] or access.may(request.user, page[0], candidature)]
    addresses = [(label, reverse(name, args=[candidature.reference])) for _, label, name in open_to]
    tabs = [Tab(label, address, request.path == address) for label, address in addresses]
    return {**standing(candidature), "tabs": tabs}


def standing(candidature: Candidature) -> dict[str, Any]:
    """Return the candidature and whose turn it is."""
    return {
        "candidature": candidature,
        "is_under_way": candidature.stage == Stage.IN_EVALUATION,
        "is_with_editor": candidature.stage == Stage.COMPLEMENTS_REQUESTED,
    }


def may_read_notes(user: User, candidature: Candidature) -> bool:
    """Notes between evaluators are for those who judge or write the report, never for the éditeur nor the commission."""
    return access.may(user, "judge", candidature) or access.may(user, "write_report", candidature)
