"""Habits of the code that no tool checks for us."""

import ast
from importlib import import_module

import pytest
from django.conf import settings

from tests.house import source

pytestmark = pytest.mark.once


# What belongs to somebody: a view reaches it through `access`, or through the candidature that `access` gave it.
SOMEBODYS = {"Candidature", "Sheet", "Answer", "EvidenceUse", "Evidence", "EvidenceRevision", "Letter"}


def views() -> dict[str, ast.Module]:
    return {path: tree for path, tree in source.code().items() if path.endswith("/views.py") or "/views/" in path}


def test_a_view_never_starts_from_the_table_of_what_belongs_to_somebody():
    found = {
        f"{path}:{node.lineno}"
        for path, tree in views().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager"}
        and isinstance(node.value, ast.Name)
        and node.value.id in SOMEBODYS
    }
    assert found == set()


def lines_of_body(function: ast.FunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_no_view_is_longer_than_20_lines():
    lengths = {
        f"{path}:{node.name}": lines_of_body(node)
        for path, tree in views().items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.args.args and node.args.args[0].arg == "request"
    }
    assert {name: length for name, length in lengths.items() if length > 20} == {}


def test_no_text_is_declared_safe():
    found = {
        f"{path}:{node.lineno}"
        for path, tree in source.code().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in {"mark_safe", "SafeString", "SafeText"}
    }
    assert found == set()


def test_nobody_but_the_outbox_calls_a_task():
    found = {
        f"{path}:{node.lineno}"
        for path, tree in source.code().items()
        if path != "journal/outbox.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"delay", "apply_async", "send_task", "delay_on_commit"}
    }
    assert found == set()


def test_every_reaction_exists():
    for paths in settings.REACTIONS.values():
        for path in paths:
            module, _, name = path.rpartition(".")
            assert callable(getattr(import_module(module), name, None)), path


def test_every_way_of_signing_in_and_of_holding_a_right_is_on():
    assert settings.AUTHENTICATION_BACKENDS == [
        "allauth.account.auth_backends.AuthenticationBackend",
        "django.contrib.auth.backends.ModelBackend",
        "guardian.backends.ObjectPermissionBackend",
    ]


def test_every_page_asks_for_sign_in_unless_it_says_otherwise():
    wanted = {
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "csp.middleware.CSPMiddleware",
    }
    assert wanted <= set(settings.MIDDLEWARE)
