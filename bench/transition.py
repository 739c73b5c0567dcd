"""The cost of one transition through the door, against a bare UPDATE and INSERT in one transaction, same database.

The verb is `withdraw`: right, guard, event chained, act filed, sheet frozen, what follows owed. A dépôt, which reads
the whole sheet and photographs it, is measured beside. Then how many a second, from one thread and from four.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench import ground

TIMES, SUBMISSIONS, RATED, THREADS = 250, 40, 240, 4
DRAFTS = TIMES + 2 * RATED + 10
# Whether a commit waits for the disk, as in production; without, only the processors and the locks are left.
SHAPES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("PostgreSQL", ground.POSTGRESQL, {"PGOPTIONS": "-c synchronous_commit=on"}),
    ("PostgreSQL, not waiting for the disk", ground.POSTGRESQL, {"PGOPTIONS": "-c synchronous_commit=off"}),
    ("SQLite", ground.SQLITE, {}),
)
BOUNDS = ("BEGIN", "COMMIT", "ROLLBACK")  # not counted: they are the transaction, the same for all
HEADER = ("Database", "Writing", "SQL queries", "Median (ms)", "95th centile (ms)", "Ratio", "Work (ms)")
RATES = ("Database", "Writing", "A second, 1 thread", f"A second, {THREADS} threads")
# The row and its journal, with the indexes and the foreign keys that the house gives them, and nothing else.
UPDATE = "UPDATE referencing_candidature SET stage = 'withdrawn', stage_since = %s, version = version + 1 WHERE id = %s"
INSERT = (
    "INSERT INTO journal_event (seq, at, kind, subject, actor_id, data, previous_hash, hash) "
    "VALUES (%s, %s, 'candidature.withdraw', %s, %s, '{}', '', %s)"
)


def run() -> str:
    """Return the measures as two Markdown tables."""
    rows, rates = [], []
    for name, database, variables in SHAPES:
        found = ground.elsewhere("transition", database=database, **variables)
        least = found["writings"][0]["waited"]
        for one in found["writings"]:
            ratio = "" if one["undone"] else f"{one['waited'] / least:.1f}"
            median, p95, worked = (f"{one[key]:.2f}" for key in ("waited", "p95", "worked"))
            rows.append((name, one["name"], one["queries"], median, p95, ratio, worked))
        rates += [(name, way, f"{alone:.0f}", f"{together:.0f}") for way, alone, together in found["rates"]]
    return f"{ground.table(HEADER, rows)}\n\n{ground.table(RATES, rates)}"


def measure() -> dict[str, Any]:
    """Return the writings, each {name, queries, waited, p95, worked, undone} in ms, and the rates."""
    from bench import crowd
    from questionnaires.loader import load
    from referencing import filing
    from referencing.stages import Stage

    version = load(ground.ROOT / "tests" / "data" / "petit-referentiel" / "simplifie")
    rows = crowd.add(DRAFTS, version, [], stages=[Stage.DRAFT])
    people = crowd.people_of(rows)

    def withdraw(rank: int) -> None:
        filing.withdraw(rows[rank], motive="Mesure.", actor=people[rank])

    bare, submit = _bare(rows), _submission()
    ranks, bare_ranks = iter(range(DRAFTS)), iter(range(DRAFTS))
    door = _writing("the door, a retrait", lambda: withdraw(next(ranks)), TIMES)
    filed = _writing("the door, a dépôt (rolled back)", submit, SUBMISSIONS) | {"undone": True}
    alone, together = (_rate(withdraw, ranks, threads) for threads in (1, THREADS))
    least = _writing("UPDATE and INSERT", lambda: bare(next(bare_ranks)), TIMES)  # last: it breaks the chain
    bare_alone, bare_together = (_rate(bare, bare_ranks, threads) for threads in (1, THREADS))
    return {
        "writings": [least, door, filed],
        "rates": [("UPDATE and INSERT", bare_alone, bare_together), ("the door, a retrait", alone, together)],
    }


def _writing(name: str, action: Callable[[], object], times: int) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        action()
    asked = [query for query in captured.captured_queries if not query["sql"].startswith(BOUNDS)]
    taken = ground.measured(action, times)
    return {
        "name": name,
        "queries": len(asked),
        "waited": ground.median(taken.waited),
        "p95": ground.p95(taken.waited),
        "worked": ground.median(taken.worked),
        "undone": False,
    }


def _bare(rows: list[Any]) -> Callable[[int], None]:
    """The least that any system would do: change the row, write that it changed, commit."""
    from django.db import connection, transaction
    from django.utils import timezone

    def write(rank: int) -> None:
        row, now = rows[rank], timezone.now()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(UPDATE, [now, row.pk])
            cursor.execute(INSERT, [10**9 + rank, now, row.reference, row.opened_by_id, f"{rank:064d}"])

    return write


def _submission() -> Callable[[], None]:
    """A dépôt of a whole simplified sheet, undone each time: the same one can be made again."""
    from django.db import transaction

    from bench import watchers
    from referencing import filing

    candidature, editor = watchers.complete_draft()

    def submit() -> None:
        with transaction.atomic():
            filing.submit(candidature, actor=editor)
            transaction.set_rollback(True)

    return submit


def _rate(write: Callable[[int], None], ranks: Iterator[int], threads: int) -> float:
    """Return how many writings a second, made by so many threads, each on its own connection."""
    from django.db import connection

    mine = [[next(ranks) for _ in range(RATED // threads)] for _ in range(threads)]
    ready = threading.Barrier(threads + 1)

    def work(turns: list[int]) -> None:
        connection.ensure_connection()
        ready.wait()
        for rank in turns:
            write(rank)
        connection.close()

    crew = [threading.Thread(target=work, args=(turns,)) for turns in mine]
    for one in crew:
        one.start()
    ready.wait()
    start = time.perf_counter()
    for one in crew:
        one.join()
    return RATED / (time.perf_counter() - start)


if __name__ == "__main__":
    ground.open_house()
    print(json.dumps(measure()))
