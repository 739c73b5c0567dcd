"""The papers that come with the code: licence, guides, description for the catalogue of public software."""

import hashlib
import re

import pytest
import yaml

from tests.house.source import ROOT, texts

pytestmark = pytest.mark.once


def test_the_licence_is_whole():
    licence = texts()["LICENSE"]
    assert re.findall(r"^(\d+)\.[A-Z]", licence, flags=re.MULTILINE) == [str(number) for number in range(1, 16)]
    # The English text of the licence as SPDX publishes it: nobody edits a licence.
    assert (
        hashlib.sha256(licence.encode()).hexdigest()
        == "d126070e53a97387b339cc1b4c794e9bc134df061d6cb5ab37cef0bfe986228a"
    )


def test_publiccode_has_the_required_keys():
    description = yaml.safe_load(texts()["publiccode.yml"])
    assert {
        "publiccodeYmlVersion",
        "name",
        "url",
        "platforms",
        "developmentStatus",
        "softwareType",
        "description",
        "legal",
        "maintenance",
        "localisation",
    } <= set(description)
    french = description["description"]["fr"]
    assert len(french["shortDescription"]) <= 150
    assert 150 <= len(french["longDescription"]) <= 10_000
    assert description["legal"] == {"license": "EUPL-1.2"}
    assert description["maintenance"]["contacts"]


def test_the_version_is_the_same_everywhere():
    version = yaml.safe_load(texts()["publiccode.yml"])["softwareVersion"]
    newest = re.search(r"^## \[.*?\](?: — | - )?([\d.]+)?", texts()["CHANGELOG.md"], flags=re.MULTILINE)
    assert newest is not None
    assert newest.group(1) == version


def test_the_guides_point_to_what_exists():
    broken = set()
    for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"):
        text = texts()[name]
        links = re.findall(r"\]\(([^)#:]+)\)", text) + re.findall(r"`((?:[a-z_]+/)+[a-z_.]*)`", text)
        broken |= {f"{name}: {link}" for link in links if not (ROOT / link).exists()}
    assert broken == set()


def test_every_target_of_the_makefile_has_its_script():
    targets = re.findall(r"^([a-z]+): ##", texts()["Makefile"], flags=re.MULTILINE)
    assert targets == ["help", "run", "reset", "test", "lint", "format", "bench"]
    assert [name for name in targets[1:] if not (ROOT / "scripts" / name).is_file()] == []
