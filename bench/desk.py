"""Support's work list with its filters and its orders, and its boards, at 200 and at 20,000 files.

Those who look have the same work before them at both sizes: the filters that name somebody keep as many files. What is
compared is the work of the processors, web and database together.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from bench import ground
from evaluation.domains import Domain

SIZES = (200, 20_000)
TIMES = 21
TARGET = 1.5
HEADER = (
    "Page",
    "SQL queries (target ≤ 20)",
    "Files listed at 20,000",
    "Work at 200 (ms)",
    "Work at 20,000 (ms)",
    f"Ratio (target ≤ {TARGET})",
)
FOLLOWED = 20  # files that the agent follows


def run() -> str:
    """Return the measures as a Markdown table."""
    rows = []
    for name, asked, listed, small, large in ground.elsewhere("desk", "measure", database=ground.POSTGRESQL):
        rows.append((name, asked, listed, f"{small:.1f}", f"{large:.1f}", f"{large / small:.2f}"))
    return ground.table(HEADER, rows)


def addresses(expert: int, version: str, track: str) -> Iterator[tuple[str, str]]:
    """Yield (what is measured, the address): each filter alone, all together, each order."""
    alone = {
        "text": "q=glyco",
        "éditeur": "editor=glyco",
        "SIREN": "editor=732829320",
        "one stage": "stage=submitted",
        "who acts": "waits=support",
        "track": f"track={track}",
        "followed by me": "holder=moi",
        "followed by nobody": "holder=personne",
        "expert": f"expert={expert}",
        "domain": f"domain={Domain.SECURITY}",
        "version": f"version={version}",
        "dates": "filed_from=2020-01-01&filed_to=2040-01-01&due_from=2020-01-01&due_to=2040-01-01",
        "open": "open=on",
        "late": "late=on",
    }
    yield "the list", "?tout=1"
    for name, query in alone.items():
        yield f"filter: {name}", f"?{query}"
    # Each kind of filter once, with the values of a file under evaluation: one is found.
    together = alone | {"one stage": "stage=in_evaluation", "who acts": "waits=experts"}
    kept = [query for name, query in together.items() if name not in ("SIREN", "followed by nobody", "late")]
    yield "every filter together", f"?{'&'.join(kept)}"
    for order in ("-deadline", "service", "-editor", "stage", "-filed"):
        yield f"order: {order}", f"?sort={order}"
    yield "boards (no target)", "charge/"


def measure() -> list[list[Any]]:
    """Return, page by page, its name, its queries, the files it lists, and at each size the median of its work (ms)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bench import crowd, watchers
    from evaluation.models import Assignment
    from referencing import claims

    people = watchers.gather()
    client = next(found for name, found, _ in people.pages() if name == "Support's work list")
    found: dict[str, list[Any]] = {}
    present = 0
    for size in SIZES:
        experts = [people.expert] if not present else watchers.other_experts(10)
        added = crowd.add(size - present, people.version, experts)
        if not present:
            judged = people.admitted
            Assignment.objects.create(
                candidature=judged,
                expert=people.expert,
                assigned_by=people.support,
                accepted_at=timezone.now(),
                domains=[Domain.SECURITY],
            )
            filed = [one for one in added if one.submitted_at]
            for candidature in [judged, *filed[: FOLLOWED - 1]]:
                claims.take(candidature, actor=people.support)
        present = size
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as a database in service does by itself
        for name, query in addresses(people.expert.pk, people.version.code, people.admitted.track):
            address = f"/instruction/{query}"
            client.get(address)  # what a process remembers is not counted
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(address)
            assert answer.status_code == 200, name
            listed = re.search(r"<caption>([\d\s\xa0\u202f]+)", answer.content.decode())
            line = found.setdefault(name, [name, 0, 0])
            line[1:3] = [len(captured), listed[1].strip() if listed else "—"]
            taken = ground.measured(lambda a=address: client.get(a).getvalue(), TIMES)  # type: ignore[misc]
            line.append(ground.median(taken.worked))
    return list(found.values())


def main() -> None:
    ground.open_house()
    print(json.dumps(measure()))


if __name__ == "__main__":
    main()
