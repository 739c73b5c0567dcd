"""What a change of the orientation moves: which criteria enter, which leave, what is kept. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from questionnaires.applicability import Verdict, certificates_held
from questionnaires.conditions import Facts


class Moved(Protocol):
    """A criterion, as far as a change may move it."""

    code: str


Judge = Callable[[Any, Facts], tuple[Verdict, Iterable[tuple[Mapping[str, Any], Verdict]]]]
"""What some facts ask of a criterion: its verdict, and its points {code, text, level…} that are asked."""


@dataclass(frozen=True)
class Kept:
    """What is on file for a criterion, asked or not: an answer with its edition, files given as proofs."""

    edition: int
    answered: bool
    proofs: int

    @property
    def is_something(self) -> bool:
        return self.answered or self.proofs > 0


@dataclass(frozen=True)
class Move:
    """One criterion before and after. `points_in` and `points_out` are the merged requirements that follow."""

    criterion: Any
    before: Verdict
    after: Verdict
    kept: Kept | None
    points_in: tuple[Mapping[str, Any], ...] = ()
    points_out: tuple[Mapping[str, Any], ...] = ()

    @property
    def code(self) -> str:
        return str(self.criterion.code)

    @property
    def keeps_something(self) -> bool:
        return self.kept is not None and self.kept.is_something


@dataclass(frozen=True)
class Change:
    """`entering` will be asked, `leaving` no longer; `altered` are asked (or not) as before, but for another reason
    or with other points. The certificates are "DMN" and "TLC".
    """

    entering: tuple[Move, ...]
    leaving: tuple[Move, ...]
    altered: tuple[Move, ...]
    certificates_gained: frozenset[str]
    certificates_lost: frozenset[str]

    @property
    def moves(self) -> tuple[Move, ...]:
        return self.entering + self.leaving + self.altered

    @property
    def set_aside(self) -> tuple[Move, ...]:
        """The criteria that leave with something on file, which is kept."""
        return tuple(move for move in self.leaving if move.keeps_something)

    @property
    def brought_back(self) -> tuple[Move, ...]:
        """The criteria that enter and find again what was kept for them."""
        return tuple(move for move in self.entering if move.keeps_something)

    @property
    def answers_set_aside(self) -> int:
        return sum(move.kept.answered for move in self.set_aside if move.kept)

    @property
    def proofs_set_aside(self) -> int:
        return sum(move.kept.proofs for move in self.set_aside if move.kept)

    @property
    def answers_brought_back(self) -> int:
        return sum(move.kept.answered for move in self.brought_back if move.kept)

    @property
    def proofs_brought_back(self) -> int:
        return sum(move.kept.proofs for move in self.brought_back if move.kept)


def orientation_change(
    before: Facts, after: Facts, criteria: Iterable[Moved], answers: Mapping[str, Kept], judged: Judge
) -> Change:
    """Compare what two sets of complete facts ask. `answers` maps codes of criteria to what is on file for them.

    One pass over the criteria: the cost is linear in their number.
    """
    held_before, held_after = certificates_held(before), certificates_held(after)
    entering, leaving, altered = [], [], []
    for criterion in criteria:
        (then, asked_before), (now, asked_after) = judged(criterion, before), judged(criterion, after)
        old = {point["code"]: point for point, _ in asked_before}
        new = {point["code"]: point for point, _ in asked_after}
        move = Move(
            criterion,
            then,
            now,
            answers.get(criterion.code),
            points_in=tuple(point for code, point in new.items() if code not in old and now.applies),
            points_out=tuple(point for code, point in old.items() if code not in new and then.applies),
        )
        if now.applies and not then.applies:
            entering.append(move)
        elif then.applies and not now.applies:
            leaving.append(move)
        elif then.state != now.state or move.points_in or move.points_out:
            altered.append(move)
    return Change(tuple(entering), tuple(leaving), tuple(altered), held_after - held_before, held_before - held_after)
