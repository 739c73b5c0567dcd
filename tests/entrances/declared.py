"""What is declared of the entrances: two tables of statuses, and those that other tests try."""

from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
# Moment → name of the address → status for each person, in the order of scenes.NAMES.
Rows = dict[str, dict[str, list[int]]]


def asked() -> Rows:
    """What each person gets when they ask for an address."""
    return _rows(HERE / "table.txt")


def sent() -> Rows:
    """What each person gets when they send it a blank form."""
    return _rows(HERE / "sent.txt")


def elsewhere() -> dict[str, str]:
    """The addresses that need a value of their own, each with what is done there: "GET" for a page, "POST" for a form."""
    return {name: method for name, method, _ in _lines(HERE / "elsewhere.txt")}


def tried_by() -> dict[str, Path]:
    """The same addresses, each with the file of the test that tries it."""
    return {name: HERE.parent.parent / file for name, _, file in _lines(HERE / "elsewhere.txt")}


def names(rows: Rows) -> set[str]:
    return {name for of_scene in rows.values() for name in of_scene}


def _rows(table: Path) -> Rows:
    rows: Rows = defaultdict(dict)
    for scene, name, *statuses in _lines(table):
        rows[scene][name] = [int(status) for status in statuses]
    return rows


def _lines(table: Path) -> list[list[str]]:
    lines = table.read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]
