"""Is a verdict still about what is on file? Pure: law 7 of the house, a verdict is pinned to bytes."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from evaluation.values import State


class Pinned(Protocol):
    """What this module reads of a verdict, or of an opinion."""

    @property
    def round(self) -> int: ...

    @property
    def pins(self) -> list[str]: ...

    @property
    def answer_edition(self) -> int: ...


@dataclass(frozen=True)
class OnFile:
    """What an éditeur has on file for one criterion: sha-256 of the proofs, sorted, and edition of the answer."""

    pins: tuple[str, ...] = ()
    edition: int = 0

    @property
    def mark(self) -> str:
        """What a page sends back to prove which proofs and which answer it showed."""
        return hashlib.sha256("\n".join((*self.pins, str(self.edition))).encode()).hexdigest()


def state_of(
    verdict: Pinned | None, on_file: OnFile, *, now: int, asked_in: int = 0, with_editor: bool = False
) -> State:
    """Say where a criterion stands in the round `now`.

    `asked_in` is the last round whose complement request names the criterion, 0 for none; `with_editor` says that
    the éditeur is answering that request now, so that nothing of it may be judged.
    """
    if with_editor and asked_in == now:
        return State.WAITING
    if verdict is None:
        return State.TO_JUDGE
    given_back = verdict.round <= asked_in < now
    if given_back or tuple(verdict.pins) != on_file.pins or verdict.answer_edition != on_file.edition:
        return State.TO_REVIEW
    return State.JUDGED


def last_asked(requests: Iterable[tuple[int, Mapping[str, Any]]]) -> dict[str, int]:
    """Return, for each criterion named by complement requests (round, payload), the last round that names it."""
    asked: dict[str, int] = {}
    for number, payload in requests:
        for item in payload["items"]:
            asked[item["criterion"]] = max(number, asked.get(item["criterion"], 0))
    return asked


@dataclass(frozen=True)
class Changes:
    """What moved since a verdict: sha-256 of the proofs added, number of those gone, whether the answer changed."""

    added: tuple[str, ...] = ()
    removed: int = 0
    answer: bool = False

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.answer)


def changes_since(verdict: Pinned, on_file: OnFile) -> Changes:
    """Compare a verdict with what is on file."""
    return Changes(
        added=tuple(pin for pin in on_file.pins if pin not in verdict.pins),
        removed=len(set(verdict.pins) - set(on_file.pins)),
        answer=verdict.answer_edition != on_file.edition,
    )
