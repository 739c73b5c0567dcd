"""A house one can live in: short files, short functions, short templates."""

import ast

import pytest

from tests.house import source

pytestmark = pytest.mark.once


LINES_OF_A_FILE = 300
LINES_OF_A_FUNCTION = 50
LINES_OF_A_TEMPLATE = 150


def too_long(lengths: dict[str, int], limit: int) -> dict[str, int]:
    return {name: length for name, length in lengths.items() if length > limit}


def test_no_file_is_longer_than_300_lines():
    lengths = {path: len(text.splitlines()) for path, text in source.python().items()}
    assert too_long(lengths, LINES_OF_A_FILE) == {}


def test_no_script_is_longer_than_300_lines():
    lengths = {
        path: len(text.splitlines())
        for path, text in source.texts().items()
        if path.startswith("scripts/") or (path.startswith("static/") and path.endswith(".js"))
    }
    assert too_long(lengths, LINES_OF_A_FILE) == {}


def test_no_function_is_longer_than_50_lines():
    lengths = {
        f"{path}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path, tree in source.code().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert too_long(lengths, LINES_OF_A_FUNCTION) == {}


def test_no_template_is_longer_than_150_lines():
    lengths = {name: len(text.splitlines()) for name, text in source.templates().items()}
    assert too_long(lengths, LINES_OF_A_TEMPLATE) == {}


@pytest.mark.parametrize("limit", [LINES_OF_A_FILE])
def test_the_measure_sees_a_long_file(limit: int):
    assert too_long({"long.py": limit + 1, "short.py": limit}, limit) == {"long.py": limit + 1}
