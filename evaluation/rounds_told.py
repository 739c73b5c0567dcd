"""The rounds of complements in brief, as a report tells them: what was asked, for when, when the éditeur answered. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from evaluation.rounds import TOLD, Round, shared_out
from referencing.models import Act

__all__ = ["TOLD", "Asked", "RoundTold", "rounds_told"]


@dataclass(frozen=True)
class Asked:
    """One criterion of a request, and what was expected."""

    criterion: str
    expected: str


@dataclass(frozen=True)
class RoundTold:
    """One request for complements. `returned_at` is None while the éditeur is awaited."""

    number: int
    asked_at: datetime
    deadline: date
    items: tuple[Asked, ...]
    returned_at: datetime | None


def rounds_told(acts: Iterable[Act]) -> tuple[RoundTold, ...]:
    """Return the rounds among these acts (of the kinds `TOLD`), given in their order."""
    return tuple(_told(one) for one in shared_out(acts))


def _told(one: Round) -> RoundTold:
    return RoundTold(
        number=one.rank,
        asked_at=one.request.filed_at,
        deadline=date.fromisoformat(one.deadline),
        items=tuple(Asked(item["criterion"], item["expected"]) for item in one.asked.items),
        returned_at=one.returned.filed_at if one.returned else None,
    )
