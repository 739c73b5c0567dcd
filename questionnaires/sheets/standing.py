"""Where one answer stands once it is written, without reading the sheet whole."""

from dataclasses import dataclass

from questionnaires.models import Answer
from questionnaires.sheets.overview import ItemState, lacks, state_of


@dataclass(frozen=True)
class Standing:
    state: ItemState
    missing: tuple[str, ...]


def standing(answer: Answer) -> Standing:
    """Return the state of an answer that is asked, and what it lacks, as the overview would say them.

    One query, and another when its criterion does not bring the proofs it expects.
    """
    expected = tuple(answer.criterion.expected_proofs.all())
    missing = lacks(answer, expected, answer.uses.count())
    return Standing(state_of(answer, asked=True, complete=not missing), missing)
