"""Which criteria the reader goes through, as the address says: the same words on the grid and on the judging page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import User
from accounts.requests import SignedRequest
from evaluation.grid import Grid, Line
from evaluation.values import State
from evaluation.workspace import in_state
from referencing.models import Candidature

FILTERS = (("", "Tous"), (State.TO_JUDGE, "À juger"), (State.TO_REVIEW, "À revoir"), (State.JUDGED, "Jugés"))


@dataclass(frozen=True)
class Filter:
    """A filter that is also a figure. `value` is what the address carries, empty for no filter."""

    value: str
    label: str
    number: int
    is_current: bool


@dataclass(frozen=True)
class Selection:
    """`state` is empty for every state; `mine_only` keeps the criteria entrusted to the reader."""

    user: User
    state: str = ""
    mine_only: bool = False

    @classmethod
    def of(cls, request: SignedRequest) -> "Selection":
        state = request.GET.get("etat", "")
        return cls(request.user, state if state in State.values else "", request.GET.get("pour") == "moi")

    @property
    def query(self) -> str:
        """What the links carry on, « ?etat=to_review&pour=moi »; empty when nothing is chosen."""
        chosen = {name: value for name, value in (("etat", self.state), ("pour", self._whose)) if value}
        return f"?{urlencode(chosen)}" if chosen else ""

    @property
    def _whose(self) -> str:
        return "moi" if self.mine_only else ""

    def address(self, candidature: Candidature, code: str) -> str:
        return reverse("evaluation:judge", args=[candidature.reference, code]) + self.query

    def lines(self, whole: Grid) -> tuple[Line, ...]:
        return in_state(self.entrusted(whole), self.state)

    def entrusted(self, whole: Grid) -> tuple[Line, ...]:
        """The lines of every state; those of everybody when the reader judges nothing here."""
        mine = whole.entrusted_to(whole.assignment_of(self.user)) if self.mine_only else ()
        return mine or whole.lines

    def filters(self, whole: Grid) -> list[Filter]:
        lines = self.entrusted(whole)
        numbers = {state: sum(line.state == state for line in lines) for state in State.values}
        numbers[""] = len(lines)
        rare = (State.SECOND_AWAITED, State.DIVERGENT, State.WAITING)
        choices = [*FILTERS, *((state, state.label) for state in rare if numbers[state])]
        return [Filter(str(value), str(label), numbers[value], value == self.state) for value, label in choices]
