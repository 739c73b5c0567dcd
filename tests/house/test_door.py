"""One door: nothing but referencing/door.py calls a transition or writes a stage."""

import ast
from collections.abc import Iterator

import pytest

from referencing.verbs import all_verbs
from tests.house import source

pytestmark = pytest.mark.once


DOOR = "referencing/door.py"


def breaches(path: str, tree: ast.Module) -> Iterator[str]:
    """Yield the places where a stage is written or a transition called; a function of a module is neither."""
    modules = source.names_of_modules(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Attribute) and target.attr == "stage" for target in targets):
                yield f"{path}:{node.lineno} writes a stage"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in {"update", "bulk_update"} and any(keyword.arg == "stage" for keyword in node.keywords):
                yield f"{path}:{node.lineno} updates a stage"
            holder = node.func.value
            of_a_module = isinstance(holder, ast.Name) and holder.id in modules
            if node.func.attr in all_verbs() and not of_a_module and not node.args and not node.keywords:
                yield f"{path}:{node.lineno} calls {node.func.attr}"


def test_only_the_door_moves_a_candidature():
    found = [breach for path, tree in source.code().items() if path != DOOR for breach in breaches(path, tree)]
    assert found == []


@pytest.mark.parametrize(
    ("line", "breach"),
    [
        ("candidature.stage = 'published'", "writes a stage"),
        ("candidatures.update(stage='published')", "updates a stage"),
        ("candidature.publish()", "calls publish"),
    ],
)
def test_the_rule_sees_a_breach(line: str, breach: str):
    assert list(breaches("x.py", ast.parse(line))) == [f"x.py:1 {breach}"]


def test_the_rule_lets_a_function_of_a_module_be():
    assert list(breaches("x.py", ast.parse("from commission import agenda\nagenda.schedule()"))) == []
