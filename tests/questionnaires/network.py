"""A network that drops, repeats and delays the requests of autosaving pages, and what must hold all the same.

`Page` is static/referencing/autosave.js without its screen: the same requests, the same memory.
"""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from accounts.models import User
from questionnaires import sheets
from questionnaires.models import Answer, Criterion, Sheet


@dataclass(frozen=True)
class Request:
    """What one page sends once: `rank` grows with each new text of this page."""

    page: "Page"
    rank: int
    comment: str
    edition: int
    sending: sheets.Sending

    def arrive(self) -> Answer:
        page = self.page
        return sheets.save_answer(
            page.sheet, page.criterion, value="met", comment=self.comment,
            edition=self.edition, user=page.user, sending=self.sending,
        )  # fmt: skip


@dataclass(eq=False)
class Page:
    """One person on one answer."""

    sheet: Sheet
    criterion: Criterion
    user: User
    comment: str = ""
    edition: int = 0
    rank: int = 0
    operation: UUID | None = None
    unconfirmed: tuple[UUID, ...] = ()
    is_dirty: bool = False
    seen: set[UUID | None] = field(default_factory=lambda: {None})

    def type(self, comment: str, operation: UUID) -> None:
        self.comment, self.operation, self.rank, self.is_dirty = comment, operation, self.rank + 1, True
        self.seen.add(operation)

    def request(self) -> Request:
        assert self.operation is not None
        earlier = tuple(name for name in self.unconfirmed if name != self.operation)
        self.unconfirmed = (*earlier, self.operation)
        sending = sheets.Sending(self.operation, frozenset(earlier))
        return Request(self, self.rank, self.comment, self.edition, sending)

    def confirmed(self, answer: Answer) -> None:
        """What is on file is what this page says, or what it was just shown."""
        self.edition, self.unconfirmed, self.is_dirty = answer.edition, (), False
        self.seen.add(answer.operation)

    def keeps_mine(self, theirs: Answer, operation: UUID) -> None:
        """Both texts were shown; the person writes theirs over, knowingly."""
        self.confirmed(theirs)
        self.type(self.comment, operation)


class Network:
    """Carries requests badly, and counts what should never happen: `faults`."""

    def __init__(self, pages: Sequence[Page], chance: random.Random) -> None:
        self.pages, self.chance = pages, chance
        self.late: list[Request] = []
        self.ranks: dict[UUID | None, tuple[Page, int]] = {}
        self.faults: Counter[str] = Counter()
        self.met: Counter[str] = Counter()

    def run(self, times: int) -> None:
        """Type and send so many texts, then let the network heal and the last requests wander in."""
        for _ in range(times):
            page = self.chance.choice(self.pages)
            page.type(self.chance.choice(("", "a", "a b", "a b c", str(page.rank))), self._name())
            self.carry(page.request())
            while self.late and self.chance.random() < 0.4:
                self._deliver_late()
        for page in self.pages:
            self._settle(page)
        while self.late:
            self._deliver_late()

    def carry(self, request: Request) -> None:
        fate = self.chance.choice(("arrives", "arrives", "dropped", "unheard", "delayed", "repeated"))
        self.met[fate] += 1
        if fate in ("delayed", "repeated"):
            self.late.append(request)
        if fate not in ("dropped", "delayed"):
            self._arrive(request, heard=fate != "unheard")

    def _settle(self, page: Page) -> None:
        """Send until it is confirmed, as the page does once the network is back."""
        while page.is_dirty:
            self._arrive(page.request(), heard=True)
        if self._on_file(page).comment != page.comment and self._on_file(page).operation in page.seen:
            self.faults["lost"] += 1

    def _deliver_late(self) -> None:
        self._arrive(self.late.pop(self.chance.randrange(len(self.late))), heard=False)

    def _arrive(self, request: Request, *, heard: bool) -> None:
        page, before = request.page, self._on_file(request.page)
        self.ranks[request.sending.operation] = (page, request.rank)
        try:
            answer = request.arrive()
        except sheets.Conflict as conflict:
            self.met["conflict"] += 1
            if heard and conflict.theirs.operation in page.seen:
                self.faults["conflict with oneself"] += 1
            if heard:
                page.keeps_mine(conflict.theirs, self._name())
            return
        self._look(page, before, answer)
        if heard:
            page.confirmed(answer)
            if answer.comment != request.comment:
                self.faults["confirmed but not written"] += 1

    def _look(self, page: Page, before: Answer, after: Answer) -> None:
        if after.said_edition == before.said_edition:
            return
        author, rank = self.ranks.get(before.operation, (page, 0))
        if author is page and self.ranks[after.operation][1] < rank:
            self.faults["inverted"] += 1
        if before.operation not in page.seen:
            self.faults["written over unread"] += 1

    def _on_file(self, page: Page) -> Answer:
        found = Answer.objects.filter(sheet=page.sheet, criterion=page.criterion).first()
        return found or Answer(sheet=page.sheet, criterion=page.criterion)

    def _name(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128))


def play(make: Callable[[], Sequence[Page]], times: int, *, seed: int) -> Network:
    network = Network(make(), random.Random(seed))
    network.run(times)
    return network
