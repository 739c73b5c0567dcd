"""Winding the clocks of every file, at 2,000 and at 20,000 candidatures, and counting what past files took.

A first run, which finds the facts of the crowd in the journal, does not count.
"""

import json
from typing import Any

from bench import ground

SIZES = (2_000, 20_000)
HEADER = ("", "Files wound", "Queries a batch", "Work (s)", "Work for 1,000 files (s)", "Ratio of it to 2,000 files")


def run() -> str:
    """Return the measures as a Markdown table; linear is a ratio of 1 in the last column."""
    rows, least = [], {}
    for what, size, files, queries, seconds in ground.elsewhere("clocks", "measure", database=ground.POSTGRESQL):
        each = seconds * 1000 / files
        least.setdefault(what, each)
        name = f"{what}, {size:,} candidatures"
        rows.append((name, files, queries, f"{seconds:.1f}", f"{each:.2f}", f"{each / least[what]:.2f}"))
    return ground.table(HEADER, rows)


def measure() -> list[list[Any]]:
    """Return, for each task and size: its name, the size, files wound, queries a batch (0: not by batches) and seconds of work."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from bench import crowd, past, watchers
    from referencing import durations, recomputing

    people = watchers.gather()
    found: list[list[Any]] = []
    present = 0
    for size in SIZES:
        added = crowd.add(size - present, people.version, [people.expert])
        past.remember(added, people.filed, with_answers=0)
        present = size
        recomputing.recompute()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        with CaptureQueriesContext(connection) as captured:
            tally = recomputing.recompute()
        batches = -(-tally.files // recomputing.BATCH)
        for what, action, queries in (
            ("clocks", recomputing.recompute, round(len(captured) / batches, 1)),
            ("durations", lambda: durations.refresh(timezone.localdate()), 0),
        ):
            taken = ground.measured(action, 5, warm_up=1)
            found.append([what, size, tally.files, queries, ground.median(taken.worked) / 1000])
    return found


def main() -> None:
    ground.open_house()
    print(json.dumps(measure()))


if __name__ == "__main__":
    main()
