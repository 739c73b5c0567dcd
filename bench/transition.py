"""The cost of one transition through the door, against a bare UPDATE and INSERT in one transaction."""

from collections.abc import Iterator

from bench import ground

TIMES = 200
HEADER = "| base | chemin | requêtes | médiane (ms) | p95 (ms) | rapport |\n|---|---|---|---|---|---|"
ROW = "| {base} | {way} | {queries} | {median:.2f} | {p95:.2f} | {ratio:.1f} |"


def run() -> str:
    """Return the measures as a Markdown table."""
    from django.db import connection

    rows = _rows(connection.vendor)
    return "\n".join([HEADER, *rows])


def _rows(base: str) -> Iterator[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    bare, door = _bare(), _door()
    next(bare), next(door)  # the first turn makes the tables and the drafts
    with CaptureQueriesContext(connection) as queries:
        next(bare)
    asked_bare = len(queries)
    with CaptureQueriesContext(connection) as queries:
        next(door)
    asked_door = len(queries)
    least = ground.milliseconds(lambda: next(bare), TIMES)
    found = ground.milliseconds(lambda: next(door), TIMES)
    for way, asked, durations in (
        ("`UPDATE` + `INSERT`", asked_bare, least),
        ("la porte (`withdraw`)", asked_door, found),
    ):
        ratio = ground.median(durations) / ground.median(least)
        yield ROW.format(
            base=base, way=way, queries=asked, median=ground.median(durations), p95=ground.p95(durations), ratio=ratio
        )


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

    version, alice = load(ground.SMALL), cast.alice(cast.glyco())
    first = open_for(
        actor=alice, organisation=alice.memberships.get().organisation, version=version, name="Mesure", purpose="Essai."
    )
    drafts = [open_candidature(first.service, version, alice) for _ in range(TIMES + 3)]
    for candidature in drafts:
        filing.withdraw(candidature, motive="Mesure.", actor=alice)
        yield
