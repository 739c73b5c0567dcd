"""The ground on which the measures are made: a new database, the small référentiel, a few people."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

SMALL = Path(__file__).resolve().parent.parent / "tests" / "data" / "petit-referentiel" / "simplifie"


def create_database() -> None:
    """Create the database named by the settings when the server does not hold it yet, then its tables."""
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]  # noqa: SLF001 as Django's own test runner does
            name = connection.settings_dict["NAME"]
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is None:
                cursor.execute(f'CREATE DATABASE "{name}"')
    call_command("migrate", verbosity=0)


def milliseconds(action: Callable[[], object], times: int) -> list[float]:
    """Run an action many times, after one that does not count; return each duration."""
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
