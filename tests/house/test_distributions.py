"""What is installed: our package `referencing` and the module `django_fsm` each have a namesake that breaks them."""

from importlib import metadata
from pathlib import Path

import django_fsm
import pytest

import referencing
from tests.house.source import ROOT

pytestmark = pytest.mark.once


@pytest.mark.parametrize("name", ["referencing", "jsonschema", "jsonschema-specifications", "django-fsm"])
def test_a_namesake_is_not_installed(name: str):
    with pytest.raises(metadata.PackageNotFoundError):
        metadata.distribution(name)


def test_referencing_is_ours():
    assert Path(referencing.__file__ or "").parent == ROOT / "referencing"


def test_django_fsm_is_the_maintained_one():
    owner = [name for name, owners in metadata.packages_distributions().items() if name == "django_fsm" for _ in owners]
    assert owner == ["django_fsm"]
    files = metadata.files("django-fsm-2") or []
    assert Path(django_fsm.__file__ or "") in [Path(str(file.locate())) for file in files]


def test_every_requirement_is_pinned():
    loose = [
        line
        for name in ("requirements.txt", "requirements-dev.txt")
        for line in (ROOT / name).read_text().splitlines()
        if line and not line.startswith(("#", "-r ")) and "==" not in line
    ]
    assert loose == []
