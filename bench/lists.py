"""The pages that lists and candidatures make, at 100 and at 20,000 candidatures: medians of whole answers.

Those who look have the same work before them at both sizes; only the house around them grows.
"""

import json
import sys
from typing import Any

from bench import ground

SIZES = (100, 20_000)
TIMES = 31
TARGET = 1.5
HEADER = ("Page", "Requêtes SQL", "100 (ms)", "20 000 (ms)", f"Rapport (cible ≤ {TARGET})".replace(".", ","))


def run() -> str:
    """Return the measures as a Markdown table."""
    found = ground.elsewhere("lists", "measure", database=ground.POSTGRESQL)
    rows = [
        (name, queries, *(f"{one:.1f}" for one in durations), f"{durations[-1] / durations[0]:.2f}")
        for name, (queries, durations) in found.items()
    ]
    return ground.table(HEADER, rows)


def measure() -> dict[str, tuple[int, list[float]]]:
    """Return, page by page, the number of queries and the median (ms) at each size."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bench import crowd, past, watchers

    people = watchers.gather()
    found: dict[str, tuple[int, list[float]]] = {}
    present = 0
    for size in SIZES:
        experts = watchers.other_experts(size // 100) if present else [people.expert]
        added = crowd.add(size - present, people.version, experts)
        past.remember(added, people.filed, with_answers=crowd.PER_EXPERT)
        present = size
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as a database in service does by itself
        for name, client, address in people.pages():
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(address)
            assert answer.status_code == 200, (name, answer.status_code)
            asked = len(captured)
            durations = ground.milliseconds(lambda c=client, a=address: c.get(a).getvalue(), TIMES)  # type: ignore[misc]
            found.setdefault(name, (asked, []))[1].append(ground.median(durations))
    return found


def main(arguments: list[str]) -> None:
    ground.open_house()
    found: Any = measure()
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
