"""Who should judge what: a proposition that balances the load, and says why. Pure.

The problem is a minimum-cost flow (networkx): criteria flow from their domain to experts who know it, then to a sink
through slices that cost more as an expert fills up, which is what balances. Going over a capacity costs more than any
slice, and leaving a criterion to nobody more than anything: each happens only when it cannot be avoided. A pair of
experts for a criterion are two units of the same criterion, of which an expert takes one at most.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import networkx as nx

SLICES = 10  # steps of the load of an expert, from free to full
OVER = 1_000_000
NOBODY = 1_000_000_000


@dataclass(frozen=True)
class Candidate:
    """An expert of the pool. `load` and `capacity` count criteria; `barred` says why not, "" when they may."""

    key: int
    name: str
    competences: frozenset[str]
    capacity: int
    load: int = 0
    files: int = 0
    barred: str = ""


@dataclass(frozen=True)
class Need:
    """Criteria of one domain, each to be judged by `seats` different experts."""

    domain: str
    label: str
    criteria: tuple[str, ...]
    seats: int = 1


@dataclass(frozen=True)
class Choice:
    """What one expert is proposed of one need, and why in French. `is_over`: beyond their capacity."""

    expert: int
    domain: str
    criteria: tuple[str, ...]
    why: str
    is_over: bool = False


@dataclass(frozen=True)
class Gap:
    """What nobody can be proposed for, and why."""

    domain: str
    criteria: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Proposal:
    choices: tuple[Choice, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def of(self, expert: int) -> tuple[str, ...]:
        """Return the criteria proposed to an expert, in the order of the needs."""
        return tuple(
            dict.fromkeys(code for choice in self.choices if choice.expert == expert for code in choice.criteria)
        )

    @property
    def lead(self) -> int | None:
        """Return who is proposed to coordinate: who judges most, and of equals who comes first; None without choice."""
        sizes = {choice.expert: len(self.of(choice.expert)) for choice in self.choices}
        return max(sizes, key=lambda key: (sizes[key], -key)) if sizes else None


# Criteria an expert takes of each need: (rank of the need, key of the expert) → number.
Shares = dict[tuple[int, int], int]


@dataclass
class _Table:
    """The problem while it is solved: who could take what, and who takes how much."""

    needs: list[Need]
    candidates: dict[int, Candidate]
    shares: Shares = field(default_factory=dict)

    def able(self, need: Need) -> list[int]:
        return [key for key, one in self.candidates.items() if not one.barred and need.domain in one.competences]

    def taken(self, key: int) -> int:
        return sum(number for (_, expert), number in self.shares.items() if expert == key)

    def room(self, key: int) -> int:
        one = self.candidates[key]
        return one.capacity - one.load - self.taken(key)

    def takers(self, rank: int) -> list[int]:
        """Who takes part of a need, the largest share first."""
        found = [key for (need, key), number in self.shares.items() if need == rank and number]
        return sorted(found, key=lambda key: (-self.shares[rank, key], key))


def propose(candidates: Iterable[Candidate], needs: Sequence[Need]) -> Proposal:
    """Return who should judge what. The same facts give the same proposition, whatever their order of arrival.

    Never an expert who is barred, or who does not know the domain; never over a capacity when it can be avoided.
    """
    people = {one.key: one for one in sorted(candidates, key=lambda one: one.key)}
    table = _Table([need for need in needs if need.criteria], people)
    table.shares = _flow(table)
    for rank in range(len(table.needs)):
        _gather(table, rank)
    choices: list[Choice] = []
    gaps: list[Gap] = []
    for rank, need in enumerate(table.needs):
        dealt, missing = _deal(table, rank)
        choices += [_choice(table, need, key, codes) for key, codes in dealt.items()]
        if missing:
            gaps.append(Gap(need.domain, missing, _why_nobody(table, need)))
    return Proposal(tuple(choices), tuple(gaps))


def _flow(table: _Table) -> Shares:
    graph = nx.MultiDiGraph()
    total = 0
    for rank, need in enumerate(table.needs):
        size = len(need.criteria)
        total += size * need.seats
        graph.add_node(("need", rank), demand=-size * need.seats)
        graph.add_edge(("need", rank), "sink", capacity=size * need.seats, weight=NOBODY)
        for key in table.able(need):
            graph.add_edge(("need", rank), ("expert", key), capacity=size, weight=0)
    graph.add_node("sink", demand=total)
    for key, one in table.candidates.items():
        for width, cost in _slices(one):
            graph.add_edge(("expert", key), "sink", capacity=width, weight=cost)
        graph.add_edge(("expert", key), "sink", capacity=total, weight=OVER)
    if not total:
        return {}
    flow = nx.min_cost_flow(graph)
    return {
        (rank, key): sum(flow["need", rank].get(("expert", key), {}).values())
        for rank, need in enumerate(table.needs)
        for key in table.able(need)
    }


def _slices(one: Candidate) -> Iterable[tuple[int, int]]:
    """Cut the room of an expert in slices, each with the cost of one criterion there: their load by then, per thousand."""
    step = max(1, -(-one.capacity // SLICES))
    start = one.load
    while start < one.capacity:
        end = min(one.capacity, (start // step + 1) * step)
        yield end - start, 1 + 1000 * end // one.capacity
        start = end


def _gather(table: _Table, rank: int) -> None:
    """Give a domain back to as few experts as their room allows: to share it in crumbs costs more than it balances."""
    need, size = table.needs[rank], len(table.needs[rank].criteria)
    for giver in reversed(table.takers(rank)):
        for taker in table.takers(rank):
            number = table.shares[rank, giver]
            fits = table.shares[rank, taker] + number <= size
            if (
                taker != giver
                and number
                and fits
                and table.room(taker) >= number
                and len(table.takers(rank)) > need.seats
            ):
                table.shares[rank, taker] += number
                table.shares[rank, giver] = 0


def _deal(table: _Table, rank: int) -> tuple[dict[int, tuple[str, ...]], tuple[str, ...]]:
    """Turn numbers into criteria: each expert takes the next ones, going round, so that a pair is never one person.

    A share never exceeds the number of criteria, hence no expert meets the same criterion twice. Also returns the
    criteria that lack an expert.
    """
    need = table.needs[rank]
    place = 0
    seats: dict[int, int] = defaultdict(int)
    dealt = {}
    for key in table.takers(rank):
        places = [(place + i) % len(need.criteria) for i in range(table.shares[rank, key])]
        place += len(places)
        for i in places:
            seats[i] += 1
        dealt[key] = tuple(need.criteria[i] for i in sorted(places))
    missing = tuple(code for i, code in enumerate(need.criteria) if seats[i] < need.seats)
    return dealt, missing


def _choice(table: _Table, need: Need, key: int, codes: tuple[str, ...]) -> Choice:
    one, room = table.candidates[key], table.room(key)
    after = one.load + table.taken(key)
    why = f"compétence déclarée ; {_carried(one)}, {after} avec cette proposition sur {one.capacity} possibles"
    others = len(table.able(need)) - 1
    if others == 0:
        why += " ; seule personne disponible dans ce domaine"
    if room < 0:
        why += " ; au-delà de sa capacité, faute d'autre personne dans ce domaine"
    if need.seats > 1:
        why += " ; deux experts sont demandés pour ces critères"
    return Choice(key, need.domain, codes, f"{why}.", is_over=room < 0)


def _carried(one: Candidate) -> str:
    if not one.load:
        return "aucun critère à juger aujourd'hui"
    files = "1 dossier" if one.files == 1 else f"{one.files} dossiers"
    return f"{one.load} à juger aujourd'hui dans {files}"


def _why_nobody(table: _Table, need: Need) -> str:
    knowing = [one for one in table.candidates.values() if need.domain in one.competences]
    if not knowing:
        return "Aucun expert n'a déclaré cette compétence."
    able = table.able(need)
    barred = " ; ".join(
        f"{one.name} : {one.barred[:1].lower()}{one.barred[1:].rstrip('.')}" for one in knowing if one.barred
    )
    if not able:
        return f"Personne de disponible. {barred}."
    alone = table.candidates[able[0]].name if len(able) == 1 else f"{len(able)} personnes"
    tail = f" {barred}." if barred else ""
    return f"Il faut {need.seats} experts différents, et seule une partie est disponible ({alone}).{tail}"
