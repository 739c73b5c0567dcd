"""The cost of one transition through the door, against a bare UPDATE and INSERT in one transaction."""

import json
from collections.abc import Iterator

from bench import ground

TIMES = 200
HEADER = ("Base", "Chemin", "Requêtes SQL", "Médiane (ms)", "95e centile (ms)", "Rapport")
SMALL = ground.ROOT / "tests" / "data" / "petit-referentiel" / "simplifie"


def run() -> str:
    """Return the measures as a Markdown table, on both databases."""
    rows = []
    for database in (ground.POSTGRESQL, ground.SQLITE):
        bare, door = ground.elsewhere("transition", "measure", database=database)
        for way, (asked, median, p95) in (("UPDATE et INSERT", bare), ("la porte (retrait)", door)):
            rows.append((database, way, asked, f"{median:.2f}", f"{p95:.2f}", f"{median / bare[1]:.1f}"))
    return ground.table(HEADER, rows)


def measure() -> list[tuple[int, float, float]]:
    """Return (queries, median, p95), durations in ms, of the bare writing then of the door."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = []
    for turns in (_bare(), _door()):
        next(turns)  # the first turn makes the tables and the drafts
        with CaptureQueriesContext(connection) as queries:
            next(turns)
        durations = ground.milliseconds(lambda ways=turns: next(ways), TIMES)  # type: ignore[misc]
        found.append((len(queries), ground.median(durations), ground.p95(durations)))
    return found


def _bare() -> Iterator[None]:
    """The least that any system would do: change a row, write another, commit."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_row (id integer PRIMARY KEY, stage varchar(20))")
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_log (row_id integer, what varchar(20))")
        cursor.execute("INSERT INTO bench_row VALUES (1, 'draft')")
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE bench_row SET stage = 'withdrawn' WHERE id = 1")
            cursor.execute("INSERT INTO bench_log VALUES (1, 'withdrawn')")
        yield


def _door() -> Iterator[None]:
    """A new draft is withdrawn at each turn: right, guard, event, act, sheet frozen, what follows scheduled."""
    from questionnaires.loader import load
    from referencing import filing
    from referencing.opening import open_candidature, open_for
    from tests import cast

    version, alice = load(SMALL), cast.alice(cast.glyco())
    first = open_for(
        actor=alice, organisation=alice.memberships.get().organisation, version=version, name="Mesure", purpose="Essai."
    )
    drafts = [open_candidature(first.service, version, alice) for _ in range(TIMES + 6)]
    for candidature in drafts:
        filing.withdraw(candidature, motive="Mesure.", actor=alice)
        yield


if __name__ == "__main__":
    ground.open_house()
    print(json.dumps(measure()))
