"""The rounds of complements, read from the acts: what was asked, for when, when the éditeur answered. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from referencing.kinds import ActKind
from referencing.models import Act

CONCERNED = (ActKind.COMPLEMENT_REQUEST, ActKind.COMPLEMENT_RETURN)


@dataclass(frozen=True)
class Asked:
    """One criterion of a request, and what was expected."""

    criterion: str
    expected: str


@dataclass(frozen=True)
class Round:
    """One request for complements. `returned_at` is None while the éditeur is awaited."""

    number: int
    asked_at: datetime
    deadline: date | None
    items: tuple[Asked, ...]
    returned_at: datetime | None

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(item.criterion for item in self.items)

    @property
    def days(self) -> int | None:
        """Calendar days that the éditeur took; None while awaited."""
        return (self.returned_at - self.asked_at).days if self.returned_at else None


def rounds_in(acts: Iterable[Act]) -> tuple[Round, ...]:
    """Return the rounds of complements among these acts, given in their order: a return closes the request before it."""
    found: list[Round] = []
    for act in acts:
        if act.kind == ActKind.COMPLEMENT_REQUEST:
            found.append(_round(len(found) + 1, act))
        elif act.kind == ActKind.COMPLEMENT_RETURN and found:
            last = found[-1]
            found[-1] = Round(last.number, last.asked_at, last.deadline, last.items, act.filed_at)
    return tuple(found)


def _round(number: int, act: Act) -> Round:
    deadline = act.payload.get("deadline")
    return Round(
        number=number,
        asked_at=act.filed_at,
        deadline=date.fromisoformat(deadline) if deadline else None,
        items=tuple(Asked(item["criterion"], item.get("expected", "")) for item in act.payload["items"]),
        returned_at=None,
    )
