"""Two people on one answer: what each wrote, and what both texts would make together."""

from dataclasses import dataclass

from questionnaires.merging import Merge, merge
from questionnaires.models import Answer
from questionnaires.sheets import Conflict, Said


@dataclass(frozen=True)
class Clash:
    """`theirs` is on file; `mine` is not; `merged` is a proposition, that a person reads again before keeping it."""

    theirs: Answer
    mine: Said
    merged: Merge

    @property
    def mine_value(self) -> str:
        return Answer(value=self.mine.value).get_value_display()

    @property
    def said_merged(self) -> Said:
        """The merge as an answer: the value that one of them alone chose, else mine."""
        value = self.mine.value or self.theirs.value
        return Said(value, self.merged.text, self.mine.na_reason or self.theirs.na_reason)


def clash_of(conflict: Conflict, base: str) -> Clash:
    """Return the clash of a refused save; `base` is the explanation that was read before writing, empty if none."""
    merged = merge(conflict.theirs.comment, conflict.mine.comment, base or None)
    return Clash(conflict.theirs, conflict.mine, merged)
