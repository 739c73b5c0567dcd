"""Habits of the code that no tool checks for us."""

import ast
from importlib import import_module

import pytest
from django.conf import settings

from tests.house import source

pytestmark = pytest.mark.once


# The press escapes what it prints by itself; letters are plain text.
MAY_TRUST_TEXT: set[str] = set()


def is_a_view(path: str) -> bool:
    return path.endswith("/views.py") or "/views/" in path


def test_a_view_asks_a_room_for_its_rows():
    found = {
        f"{path}:{node.lineno}"
        for path, tree in source.code().items()
        if is_a_view(path)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    }
    assert found == set()


def test_no_view_is_longer_than_20_lines():
    lengths = {
        f"{path}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path, tree in source.code().items()
        if is_a_view(path)
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > 20} == {}


def test_no_text_is_declared_safe():
    found = {
        path
        for path, tree in source.code().items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id in {"mark_safe", "SafeString"})
        or (isinstance(node, ast.Attribute) and node.attr in {"mark_safe", "SafeString"})
    }
    assert found <= MAY_TRUST_TEXT


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
