"""The text of the project, for the rules that are checked by reading it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "accounts",
    "api",
    "catalogue",
    "commission",
    "config",
    "conversation",
    "demonstration",
    "dossiers",
    "evaluation",
    "exchange",
    "instruction",
    "journal",
    "kit",
    "questionnaires",
    "referencing",
    "teams",
)
NOT_OURS = {
    ".git",
    ".venv",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    "__pycache__",
    "var",
    "staticfiles",
}


@cache
def texts() -> dict[str, str]:
    """Return every text file of the project by its path from the root."""
    found = {}
    for path in _walk(ROOT):
        try:
            found[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, a font, a PDF
    return found


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in NOT_OURS:
            continue
        if path.is_dir():
            yield from _walk(path)
        elif path.is_file() and path.name != ".env":
            yield path


@cache
def code() -> dict[str, ast.Module]:
    """Return the parsed Python files of the rooms, without migrations and without tests."""
    return {path: ast.parse(text) for path, text in python().items() if path.split("/")[0] in ROOMS}


@cache
def python() -> dict[str, str]:
    """Return the text of every Python file but migrations, tests included."""
    return {path: text for path, text in texts().items() if path.endswith(".py") and "/migrations/" not in path}


@cache
def templates() -> dict[str, str]:
    """Return our templates by the name under which Django finds them."""
    return {path.removeprefix("templates/"): text for path, text in texts().items() if path.startswith("templates/")}


def strings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def names_of_modules(tree: ast.Module) -> set[str]:
    """Return the names that an `import` gave to modules or to what they hold."""
    return {
        (alias.asname or alias.name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
