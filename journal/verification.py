"""Walk the chain and name what is wrong with it. Pure: rows and head are plain values.

What a chain cannot show by itself is a journal rewritten from some event to the last, head included: for that, note a
`Mark` outside the database and look for it later (`manage.py verify_journal --expect`).
"""

from collections.abc import Callable, Iterable, Iterator, Sized
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain, islice
from typing import NamedTuple, TypeVar

from journal.chain import GENESIS, Mark, Row

# Past this number of damaged rows the journal is a ruin: the rest is counted, not explained.
EXPLAINED = 200

T = TypeVar("T")


class FlawKind(StrEnum):
    EDITED = "edited"  # the columns no longer match the hash
    REPLACED = "replaced"  # columns and hash match, but the neighbours remember another hash
    MISSING = "missing"
    TRUNCATED = "truncated"  # missing, at the end
    INSERTED = "inserted"
    MOVED = "moved"  # whole, under another number than its own
    DISORDERED = "disordered"
    DUPLICATED = "duplicated"
    HEAD = "head"
    RUIN = "ruin"


class Flaw(NamedTuple):
    """One thing wrong, where (`seq`), and the French sentence that says so."""

    kind: FlawKind
    seq: int
    sentence: str


def verify(rows: Iterable[Row], head: Mark | None) -> list[Flaw]:
    """Return everything wrong with the events, in the order of their numbers; empty when the chain is intact.

    `rows` are expected by increasing `seq` and read once, in constant memory; `head` is the end that the journal
    remembers, None when it is lost.
    """
    walk = _Walk(head)
    for row in rows:
        walk.step(row)
    walk.finish()
    return sorted(_explain(walk), key=lambda flaw: flaw.seq)


@dataclass
class _Walk:
    """What is noticed while reading: raw findings, explained afterwards."""

    head: Mark | None
    last: Row | None = None
    altered: dict[int, Row] = field(default_factory=dict)
    gaps: list[range] = field(default_factory=list)
    broken_links: set[int] = field(default_factory=set)  # n: event n remembers another hash of event n - 1
    strays: set[int] = field(default_factory=set)  # before the first number or after the head
    duplicated: set[int] = field(default_factory=set)
    disordered: dict[int, int] = field(default_factory=dict)  # number: the greater number it comes after
    unexplained: int = 0

    @property
    def position(self) -> Mark:
        return Mark(self.last.seq, self.last.hash) if self.last else Mark(0, GENESIS)

    @property
    def end(self) -> Mark:
        return self.head or self.position

    def step(self, row: Row) -> None:
        before = self.position
        if self.last and row.seq == before.seq:
            if self._room(self.duplicated):
                self.duplicated.add(row.seq)
            return
        if not row.is_whole and self._room(self.altered):
            self.altered[row.seq] = row
        if (row.seq < 1 or (self.head and row.seq > self.head.seq)) and self._room(self.strays):
            self.strays.add(row.seq)
        if row.seq < 1:
            return
        if row.seq < before.seq:
            if self._room(self.disordered):
                self.disordered[row.seq] = before.seq
            return
        if row.seq > before.seq + 1:
            self._note_gap(before.seq + 1, row.seq if self.head is None else min(row.seq, self.head.seq + 1))
        elif row.previous_hash != before.hash and self._room(self.broken_links):
            self.broken_links.add(row.seq)
        self.last = row

    def finish(self) -> None:
        """Compare the last event with the head, which counts as a link after the last event."""
        if self.position.seq < self.end.seq:
            self._note_gap(self.position.seq + 1, self.end.seq + 1)
        elif self.position.seq == self.end.seq and self.position.hash != self.end.hash:
            self.broken_links.add(self.end.seq + 1)

    def is_absent(self, seq: int) -> bool:
        return any(seq in gap for gap in self.gaps)

    def _note_gap(self, start: int, stop: int) -> None:
        if start < stop and self._room(self.gaps):
            self.gaps.append(range(start, stop))

    def _room(self, findings: Sized) -> bool:
        """Tell whether one more finding of this sort may be kept; count it otherwise: memory stays constant."""
        full = len(findings) >= EXPLAINED
        self.unexplained += full
        return not full


def _explain(walk: _Walk) -> Iterator[Flaw]:
    origins = _origins(walk)
    homes = set(origins.values())
    intruders = {seq for seq in homes if seq not in origins and not walk.is_absent(seq)} | (walk.strays - set(origins))
    if walk.head is None:
        yield Flaw(FlawKind.HEAD, 0, "La tête du journal a disparu.")
    yield from _moved(origins)
    yield from _missing(walk, origins)
    for seq in intruders:
        yield Flaw(FlawKind.INSERTED, seq, f"L'événement {seq} a été inséré : aucun autre ne mène à lui.")
    for seq in set(walk.altered) - set(origins) - intruders:
        yield Flaw(
            FlawKind.EDITED, seq, f"L'événement {seq} a été modifié : son contenu ne correspond plus à son empreinte."
        )
    yield from _rewritten(walk, named=set(walk.altered) | intruders)
    for seq in walk.duplicated:
        yield Flaw(FlawKind.DUPLICATED, seq, f"Le numéro {seq} est porté par plusieurs événements.")
    for seq, greater in walk.disordered.items():
        yield Flaw(
            FlawKind.DISORDERED, seq, f"L'événement {seq} n'est pas à sa place : il vient après l'événement {greater}."
        )
    if walk.unexplained:
        yield Flaw(
            FlawKind.RUIN,
            walk.position.seq,
            f"Autres anomalies, trop nombreuses pour être détaillées : {walk.unexplained}.",
        )


def _origins(walk: _Walk) -> dict[int, int]:
    """Return, for each altered row that is in fact whole under another number, that number."""
    elsewhere = list(islice(chain(walk.altered, *walk.gaps), 2 * EXPLAINED))
    found = {}
    for seq, row in walk.altered.items():
        for home in (seq - 1, seq + 1, *elsewhere):
            if home != seq and row.hash_as(home) == row.hash:
                found[seq] = home
                break
    return found


def _moved(origins: dict[int, int]) -> Iterator[Flaw]:
    """Neighbours moved by the same distance make one flaw."""
    for run in _runs(sorted(origins), together=lambda a, b: (b, origins[b]) == (a + 1, origins[a] + 1)):
        first, last = run[0], run[-1]
        if first == last:
            sentence = f"L'événement {first} a changé de place : il portait le numéro {origins[first]}."
        else:
            sentence = (
                f"Les événements {first} à {last} ont changé de place : "
                f"ils portaient les numéros {origins[first]} à {origins[last]}."
            )
        yield Flaw(FlawKind.MOVED, first, sentence)


def _missing(walk: _Walk, origins: dict[int, int]) -> Iterator[Flaw]:
    """A number is missing when no row bears it, here or under another number."""
    found = set(origins.values()) | set(walk.disordered)
    places = {seq for seq in origins if 1 <= seq <= walk.end.seq} - found
    ranges = [range(seq, seq + 1) for seq in places]
    for gap in walk.gaps:
        ranges += _without(gap, found)
    for run in _runs(sorted(ranges, key=lambda r: r.start), together=lambda a, b: b.start == a.stop):
        first, last = run[0].start, run[-1].stop - 1
        which = f"l'événement {first} manque" if first == last else f"les événements {first} à {last} manquent"
        if last == walk.end.seq:
            yield Flaw(FlawKind.TRUNCATED, first, f"La fin du journal a été coupée : {which}.")
        else:
            yield Flaw(FlawKind.MISSING, first, f"{which[0].upper()}{which[1:]}.")


def _rewritten(walk: _Walk, *, named: set[int]) -> Iterator[Flaw]:
    """Explain the broken links between two rows that are both whole: one was written again, hash included.

    A row with both its links broken is the culprit; with one broken link, the elder is: the younger testifies.
    """
    for seq in walk.broken_links:
        if not named.isdisjoint((seq - 1, seq)):
            continue
        if seq + 1 in walk.broken_links:
            culprit = seq
        elif seq - 1 in walk.broken_links:
            continue
        else:
            culprit = max(seq - 1, 1)
        if seq == walk.end.seq + 1:
            what = f"L'événement {walk.end.seq}" if walk.end.seq else "L'origine"
            sentence = f"{what} et la tête du journal ne s'accordent pas : l'un des deux a été réécrit."
            yield Flaw(FlawKind.HEAD, walk.end.seq, sentence)
        else:
            sentence = f"L'événement {culprit} a été réécrit : ses voisins gardent l'empreinte de l'ancien."
            yield Flaw(FlawKind.REPLACED, culprit, sentence)


def _without(gap: range, numbers: set[int]) -> Iterator[range]:
    start = gap.start
    for number in sorted(number for number in numbers if number in gap):
        if start < number:
            yield range(start, number)
        start = number + 1
    if start < gap.stop:
        yield range(start, gap.stop)


def _runs(items: Iterable[T], *, together: Callable[[T, T], bool]) -> Iterator[list[T]]:
    """Cut a sequence where two neighbours do not belong together."""
    run: list[T] = []
    for item in items:
        if run and not together(run[-1], item):
            yield run
            run = []
        run.append(item)
    if run:
        yield run
