"""The pages that lists and candidatures make, at 100 and at 20,000 candidatures: medians of whole answers.

Those who look have the same work before them at both sizes; only the house around them grows. What is compared is the
work of the processors, web and database together; the last column is the time by the clock.
"""

import json
from typing import Any

from bench import ground

SIZES = (100, 20_000)
TIMES = 31
TARGET = 1.5
HEADER = (
    "Page",
    "SQL queries",
    "Work at 100 (ms)",
    "Work at 20,000 (ms)",
    f"Ratio (target ≤ {TARGET})",
    "Clock at 20,000 (ms)",
)


def run() -> str:
    """Return the measures as a Markdown table."""
    rows = []
    for name, asked, small, large in ground.elsewhere("lists", "measure", database=ground.POSTGRESQL):
        ratio = f"{large['worked'] / small['worked']:.2f}"
        rows.append((name, asked, f"{small['worked']:.1f}", f"{large['worked']:.1f}", ratio, f"{large['waited']:.1f}"))
    return ground.table(HEADER, rows)


def measure() -> list[list[Any]]:
    """Return, page by page, its name, its number of queries and, at each size, its medians (ms)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bench import crowd, past, watchers

    people = watchers.gather()
    found: dict[str, list[Any]] = {}
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
                assert client.get(address).status_code == 200, name
            line = found.setdefault(name, [name, len(captured)])
            taken = ground.measured(lambda c=client, a=address: c.get(a).getvalue(), TIMES)  # type: ignore[misc]
            line.append({"worked": ground.median(taken.worked), "waited": ground.median(taken.waited)})
    return list(found.values())


def main() -> None:
    ground.open_house()
    print(json.dumps(measure()))


if __name__ == "__main__":
    main()
