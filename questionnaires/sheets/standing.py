"""Where one answer stands once it is written, without reading the sheet whole."""

from dataclasses import dataclass

from questionnaires.models import Answer
from questionnaires.sheets.shortfalls import ItemState, lacks, lapse_now, state_of


@dataclass(frozen=True)
class Standing:
    state: ItemState
    missing: tuple[str, ...]


def standing(answer: Answer) -> Standing:
    """Return the state of an answer that is asked, and what it lacks, as the overview would say them."""
    uses = tuple(answer.uses.select_related("revision__evidence")) if answer.pk else ()
    expected = tuple(answer.criterion.expected_proofs.all())
    missing = (*lacks(answer.criterion, answer, expected, len(uses)), *lapse_now(answer, uses).shortages)
    return Standing(state_of(answer, asked=True, complete=not missing), missing)
