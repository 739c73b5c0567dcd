"""The ground of every measure: a process of its own on an empty database, and how durations are told."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
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
    """Start Django in such a process, with the tables made; on PostgreSQL, in the database that tests use, made anew."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    if empty and connection.vendor == "postgresql":
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
    elif empty:
        call_command("migrate", verbosity=0)


def milliseconds(action: Callable[[], object], times: int, *, warm_up: int = 3) -> list[float]:
    """Run an action many times, after a few that do not count; return each duration."""
    for _ in range(warm_up):
        action()
    found = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        found.append((time.perf_counter() - start) * 1000)
    return found


def median(durations: list[float]) -> float:
    return statistics.median(durations)


def p95(durations: list[float]) -> float:
    return sorted(durations)[int(len(durations) * 0.95)]


def table(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a Markdown table: the first column as text, the others as numbers, to the right."""
    names = list(header)
    lines = [names, ["---", *["---:"] * (len(names) - 1)], *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)
