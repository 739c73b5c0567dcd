"""The steps at the top of a page: where one is among a few, and the words that say it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

State = Literal["done", "current", "stopped", "todo"]
WORDS: dict[State, str] = {"done": "terminée", "current": "en cours", "stopped": "arrêtée ici", "todo": "à venir"}


@dataclass(frozen=True)
class Step:
    """One step, counted from 1."""

    number: int
    label: str
    state: State

    @property
    def words(self) -> str:
        return WORDS[self.state]


@dataclass(frozen=True)
class Progress:
    """What `kit/steps.html` draws. `current` is None when everything is done or nothing has begun."""

    steps: tuple[Step, ...]
    current: Step | None

    @property
    def following(self) -> Step | None:
        """The step after the current one; none when the procedure stopped."""
        if self.current is None or self.current.state == "stopped" or self.current.number == len(self.steps):
            return None
        return self.steps[self.current.number]


def progress(labels: Sequence[str], current: int, *, stopped: bool = False) -> Progress:
    """Return the steps when the one at index `current` is going on (from 0; `len(labels)` means all done).

    `stopped` says that the procedure ended there: refused, withdrawn, inadmissible.
    """
    here: State = "stopped" if stopped else "current"
    steps = tuple(
        Step(rank + 1, label, "done" if rank < current else here if rank == current else "todo")
        for rank, label in enumerate(labels)
    )
    return Progress(steps, steps[current] if 0 <= current < len(steps) else None)
