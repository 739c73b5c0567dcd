"""Our templates: nothing inline that the security policy would refuse, nothing unescaped, nothing unused."""

import re

import pytest
from django.template import TemplateDoesNotExist, engines

from tests.house import source

pytestmark = pytest.mark.once


INLINE = {
    "script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "address of script": re.compile(r"javascript:", re.IGNORECASE),
}
UNESCAPED = re.compile(r"\|\s*safe(seq)?\b|autoescape\s+off")
# Printed by dossiers/press.py, read by no browser: their style is in the page.
PRINTED = "dossiers/"


def pages() -> dict[str, str]:
    return {name: text for name, text in source.templates().items() if name.endswith(".html")}


@pytest.mark.parametrize("kind", INLINE)
def test_nothing_is_inline(kind: str):
    found = {name for name, text in pages().items() if INLINE[kind].search(text) and not name.startswith(PRINTED)}
    assert found == set()


def test_everything_is_escaped_but_plain_letters():
    assert {name for name, text in pages().items() if UNESCAPED.search(text)} == set()


def other_template_of_that_name(name: str) -> bool:
    """Say whether a package brings a template of this name, which ours replaces."""
    for loader in engines["django"].engine.template_loaders[0].loaders[1:]:  # type: ignore[attr-defined]
        try:
            loader.get_template(name)
        except TemplateDoesNotExist:
            continue
        return True
    return False


def test_every_template_is_used():
    quoted = {string for tree in source.code().values() for string in source.strings(tree)}
    asked = set(re.findall(r"{% (?:extends|include) [\"']([^\"']+)[\"']", "\n".join(source.templates().values())))
    by_django = {"400.html", "403.html", "404.html", "500.html"}
    unused = {
        name
        for name in source.templates()
        if name not in quoted | asked | by_django
        # a name built from a word of the code: f"public/{name}.html", f"letters/{kind}.txt"
        and name.rsplit("/", 1)[-1].split(".")[0] not in quoted
        and not other_template_of_that_name(name)
    }
    assert unused == set()


def test_every_template_that_is_named_exists():
    named = {
        string
        for tree in source.code().values()
        for string in source.strings(tree)
        if re.fullmatch(r"[a-z_]+/[a-z_/]+\.(html|txt)", string)
    }
    ours = set(source.templates())
    assert {name for name in named if name not in ours and not other_template_of_that_name(name)} == set()
