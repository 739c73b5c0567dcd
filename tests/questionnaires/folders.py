"""Référentiels with faults, made from the small one by changing one file."""

import shutil
from pathlib import Path

from questionnaires.lint import lint

SMALL = Path(__file__).parent.parent / "data" / "petit-referentiel"


def copied(target: Path, name: str = "complet") -> Path:
    """Copy a small référentiel where a test may spoil it."""
    return Path(shutil.copytree(SMALL / name, target / name))


def another(target: Path) -> Path:
    """Copy the full one under a code that no test has loaded."""
    folder = copied(target)
    change(folder, "referentiel.yaml", "code: petit-complet", "code: petit-autre")
    return folder


def orphan(target: Path) -> Path:
    """Copy what follows the full one, as following a version that nobody has loaded."""
    folder = copied(target, "suite")
    change(folder, "evolution.yaml", "version: petit-complet", "version: petit-autre")
    return folder


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replace the first occurrence of a text that must be there."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in lint(folder).faults]
