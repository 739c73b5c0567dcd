"""The ground of every measure: a process of its own on an empty database, and how durations are told."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
POSTGRESQL, SQLITE = "PostgreSQL", "SQLite"
NO_SERVER = "Il faut un PostgreSQL vide, nommé par DATABASE_URL : lancez « make bench », qui démarre le sien."


def elsewhere(module: str, *arguments: str, database: str = SQLITE, folder: str = "", **variables: str) -> Any:
    """Run `python -m bench.<module> <arguments>` in a process of its own and return what it printed last, from JSON.

    Its data go to `folder`, or to one that is thrown away; `variables` are added to its environment.
    """
    url = os.environ.get("DATABASE_URL", "") if database == POSTGRESQL else ""
    if database == POSTGRESQL and not url.startswith("postgres"):
        raise SystemExit(NO_SERVER)
    with tempfile.TemporaryDirectory(prefix="referencement-bench-") as scratch:
        settings = {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATA_DIR": folder or scratch,
            "DATABASE_URL": url,
            "REDIS_URL": "",
            "LOG_LEVEL": "ERROR",
        }
        command = [sys.executable, "-m", f"bench.{module}", *arguments]
        environment = {**os.environ, **settings, **variables}
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def open_house(*, empty: bool = True) -> None:
    """Start Django in such a process, with the tables made; on PostgreSQL, in a new database."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    if empty and connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["NAME"] = f"bench_{os.getpid()}"
        connection.creation.create_test_db(verbosity=0)
    elif empty:
        call_command("migrate", verbosity=0)


@dataclass(frozen=True)
class Durations:
    """What each run of an action took, in ms: by the clock, and of work done by the processors for it."""

    waited: list[float]
    worked: list[float]


def measured(action: Callable[[], object], times: int, *, warm_up: int = 3) -> Durations:
    """Run an action many times, after a few that do not count."""
    for _ in range(warm_up):
        action()
    work = work_clock()
    found = Durations([], [])
    for _ in range(times):
        worked, start = work(), time.perf_counter()
        action()
        found.waited.append((time.perf_counter() - start) * 1000)
        found.worked.append((work() - worked) * 1000)
    return found


def work_clock() -> Callable[[], float]:
    """Return a clock (in seconds) that runs only while this process, or its server process of PostgreSQL, works.

    On a machine shared with others it tells what a page costs, where a plain clock tells how long it queued.
    """
    from django.db import connection

    if connection.vendor != "postgresql":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")  # its first number: nanoseconds spent on a processor
    return lambda: time.process_time() + int(server.read_text().split()[0]) / 1e9


def median(durations: list[float]) -> float:
    return statistics.median(durations)


def p95(durations: list[float]) -> float:
    return sorted(durations)[int(len(durations) * 0.95)]


def table(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a Markdown table: the first column as text, the others as numbers, to the right."""
    names = list(header)
    lines = [names, ["---", *["---:"] * (len(names) - 1)], *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)
