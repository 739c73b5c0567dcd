"""`.env.example` explains every setting, and explains none that does not exist."""

import ast
import re
from itertools import pairwise

import pytest

from tests.house.source import ROOT, texts

pytestmark = pytest.mark.once


READERS = {"boolean", "integer", "text", "words", "required", "needed", "url"}
EXAMPLE = re.compile(r"^# ([A-Z][A-Z0-9_]+)=", re.MULTILINE)


def read_in_code() -> set[str]:
    names = set()
    for path in texts():
        if path != "gunicorn.conf.py" and not (path.startswith("config/") and path.endswith(".py")):
            continue
        for node in ast.walk(ast.parse(texts()[path])):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if function in READERS and isinstance(node.args[0].value, str):
                    names.add(node.args[0].value)
    return names


def test_every_setting_is_explained():
    assert set(EXAMPLE.findall(texts()[".env.example"])) == read_in_code()


def test_the_example_changes_nothing_when_copied():
    lines = texts()[".env.example"].splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == []


def test_the_example_explains_before_it_names():
    lines = texts()[".env.example"].splitlines()
    unexplained = [line for before, line in pairwise(lines) if EXAMPLE.match(line) and not before.startswith("#")]
    assert unexplained == []


def test_no_room_reads_the_environment_by_itself():
    found = {
        path
        for path, text in texts().items()
        if path.endswith(".py") and path.split("/")[0] not in {"tests", "bench", "config"} and "environ" in text
    }
    assert found <= {"manage.py", "gunicorn.conf.py"}


def test_the_scripts_use_settings_that_exist():
    asked = set(
        re.findall(r"\$\(setting ([A-Z_]+) ", "\n".join(texts()[f"scripts/{name}"] for name in ("run", "reset")))
    )
    assert asked - read_in_code() == set()
    assert (ROOT / ".env").exists() or "DATA_DIR" in asked
