"""What no file may say: where it was written, where packages come from, what is left to do."""

import ast
import re

import pytest

from tests.house import source

pytestmark = pytest.mark.once


# Spelt in two halves, so that this file does not say them either.
PLACES = ("/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "pypi" + ".org", "pythonhosted" + ".org", "registry.npm" + "js")
LEFT_TO_DO = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")


def test_no_file_names_a_place_of_one_machine_or_a_package_registry():
    found = {path: place for path, text in source.texts().items() for place in PLACES if place in text}
    assert found == {}


def test_nothing_is_left_to_do():
    assert {path for path, text in source.texts().items() if LEFT_TO_DO.search(text)} == set()


def test_no_test_is_skipped_nor_waits():
    refused = {"skip", "skipif", "xfail", "importorskip", "sleep"}
    found = {
        f"{path}:{node.lineno}"
        for path, text in source.python().items()
        if path.startswith("tests/")
        for node in ast.walk(ast.parse(text))
        if (isinstance(node, ast.Attribute) and node.attr in refused)
        or (isinstance(node, ast.Name) and node.id in refused)
    }
    assert found == set()
