"""The autosave of one answer by fifty people at once, against the smallest Django view that updates the same row.

Both views run in this process, on PostgreSQL, through the whole handler: the same middlewares (session and person read
from the database, token checked), the same request, one thread and one connection for each person. The smallest view
is one UPDATE of the text, without rights, rules nor lock (bench/least.py). The fifty are ten teams of five, each
person on an answer of their own; then fifty on one candidature, the worst case. Last, ten thousand autosaves on a bad
network (tests/questionnaires/network.py), and what was lost.
"""

import json
import threading
import time
from typing import Any

from bench import ground

PEOPLE, TEAM, EACH = 50, 5, 20
BAD, SEEDS = 2_500, 4
TARGET = 2.5
HEADER = (
    "View",
    "SQL queries",
    "Median (ms)",
    "95th centile (ms)",
    f"Ratio of medians (target ≤ {TARGET})",
    "Ratio of 95th centiles",
)


def run() -> str:
    """Return the measures as Markdown."""
    found = ground.elsewhere("autosave", database=ground.POSTGRESQL)
    least, bad = found["views"][0], found["network"]
    rows = []
    for one in found["views"]:
        ratios = (f"{one[key] / least[key]:.2f}" for key in ("p50", "p95"))
        rows.append((one["name"], one["queries"], f"{one['p50']:.1f}", f"{one['p95']:.1f}", *ratios))
    return (
        f"{ground.table(HEADER, rows)}\n\n{bad['sent']:,} autosaves on a bad network ({bad['met']}): "
        f"{bad['lost']} lost, {bad['inverted']} inverted, {bad['others']} other faults."
    )


def measure() -> dict[str, Any]:
    """Return what each view takes (ms), and what the bad network did."""
    from django.conf import settings

    from bench import desks
    from questionnaires.loader import load

    settings.ROOT_URLCONF = "bench.least"
    version = load(desks.SIMPLIFIED)
    spread, crowded = desks.seated(version, PEOPLE, TEAM), desks.seated(version, PEOPLE, PEOPLE)
    views = []
    for name, seats, smallest in (
        ("One UPDATE of one row", spread, True),
        ("Autosave, ten teams of five", spread, False),
        ("Autosave, fifty on one candidature", crowded, False),
    ):
        _together(seats, 3, smallest=smallest)
        taken = _together(seats, EACH, smallest=smallest)
        queries = _queries(seats[0], smallest=smallest)
        views.append({"name": name, "queries": queries, "p50": ground.median(taken), "p95": ground.p95(taken)})
    return {"views": views, "network": _bad_network(crowded[0])}


def _together(seats: list[Any], times: int, *, smallest: bool) -> list[float]:
    """Let everybody save so many times, all at once; return what each save took, in ms."""
    from django.db import connection

    taken: list[float] = []
    ready = threading.Barrier(len(seats))

    def work(desk: Any) -> None:
        connection.ensure_connection()
        ready.wait()
        for _ in range(times):
            start = time.perf_counter()
            desk.save(smallest=smallest)
            taken.append((time.perf_counter() - start) * 1000)
        connection.close()

    crew = [threading.Thread(target=work, args=(desk,)) for desk in seats]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    if len(taken) != len(seats) * times:
        raise RuntimeError("one of the saves failed")
    return taken


def _queries(desk: Any, *, smallest: bool) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        desk.save(smallest=smallest)
    return sum(not query["sql"].startswith(("BEGIN", "COMMIT")) for query in captured.captured_queries)


def _bad_network(desk: Any) -> dict[str, Any]:
    """Two people on one answer of a candidature, one of them on two more, in four runs."""
    from tests.questionnaires.network import play

    played = [play(desk.pages, BAD, seed=seed) for seed in range(SEEDS)]
    fates = ("dropped", "unheard", "delayed", "repeated", "conflict")
    met = ", ".join(f"{sum(network.met[fate] for network in played)} {fate}" for fate in fates)
    lost, inverted = (sum(network.faults[fault] for network in played) for fault in ("lost", "inverted"))
    others = sum(sum(network.faults.values()) for network in played) - lost - inverted
    return {"sent": BAD * SEEDS, "met": met, "lost": lost, "inverted": inverted, "others": others}


if __name__ == "__main__":
    ground.open_house()
    print(json.dumps(measure()))
