"""Where one answer stands once it is written, without reading the sheet whole. Two queries."""

from dataclasses import dataclass

from questionnaires.models import Answer
from questionnaires.sheets.overview import ItemState, lacks, state_of


@dataclass(frozen=True)
class Standing:
    state: ItemState
    missing: tuple[str, ...]


def standing(answer: Answer) -> Standing:
    """Return the state of an answer that is asked, and what it lacks, as the overview would say them."""
    proofs = answer.uses.count() if answer.pk else 0
    missing = lacks(answer.criterion, answer, tuple(answer.criterion.expected_proofs.all()), proofs)
    return Standing(state_of(answer, asked=True, complete=not missing), missing)
