"""The files of the production shape, read and not built: no container engine here."""

import re
import shlex
from fnmatch import fnmatch
from typing import Any

import pytest
import yaml

from tests.house.source import ROOT, texts

pytestmark = pytest.mark.once


COMPOSE: dict[str, Any] = yaml.safe_load(texts()["compose.yaml"])
SERVICES: dict[str, Any] = COMPOSE["services"]
ONE_OFF = {"prepare", "bucket"}


def instructions() -> list[tuple[str, str]]:
    """Return the instructions of the Dockerfile, continued lines joined: [("FROM", "python:…"), …]."""
    text = texts()["Dockerfile"].replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def of(word: str) -> list[str]:
    return [rest for name, rest in instructions() if name == word]


def test_the_image_starts_from_a_precise_edition():
    assert [re.fullmatch(r"python:3\.11\.\d+-slim-bookworm", image) is not None for image in of("FROM")] == [True]


def test_the_image_knows_only_its_instructions():
    known = {"FROM", "ENV", "RUN", "WORKDIR", "COPY", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"}
    assert {name for name, _ in instructions()} == known  # and no ADD, which may fetch an address


def test_the_image_does_not_run_as_root():
    last_user = of("USER")[-1]
    assert f"--create-home {last_user}" in " ".join(of("RUN"))
    names = [name for name, _ in instructions()]
    assert names.index("USER") < names.index("CMD")
    assert names.count("USER") == 1


def test_every_file_copied_into_the_image_exists():
    ignored = [line for line in texts()[".dockerignore"].splitlines() if line and line[0] not in "#!"]
    for copy in of("COPY"):
        *sources, _ = shlex.split(copy)
        for name in sources:
            assert (ROOT / name).exists()
            assert name == "." or not any(fnmatch(name, pattern) for pattern in ignored)


@pytest.mark.parametrize("name", ["config", "templates", "static", "manage.py", "gunicorn.conf.py", "questionnaires"])
def test_what_the_application_needs_is_not_left_out_of_the_image(name: str):
    ignored = [line for line in texts()[".dockerignore"].splitlines() if line and line[0] not in "#!"]
    assert (ROOT / name).exists()
    assert not any(fnmatch(name, pattern) for pattern in ignored)


@pytest.mark.parametrize("name", [".env", ".git", ".venv", "var"])
def test_what_is_private_is_left_out_of_the_image(name: str):
    ignored = [line for line in texts()[".dockerignore"].splitlines() if line and line[0] not in "#!"]
    assert any(fnmatch(name, pattern) for pattern in ignored)


def test_the_image_has_the_same_debian_packages_as_make_run():
    packages = re.search(r"RUN_PACKAGES=\(([^)]+)\)", texts()["scripts/common.sh"])
    assert packages is not None
    installed = re.search(r"--no-install-recommends ([^&]+)&&", " ".join(of("RUN")))
    assert installed is not None
    assert set(installed.group(1).split()) == set(packages.group(1).split()) - {"ca-certificates"}


def test_compose_has_every_part_of_production():
    assert set(SERVICES) == {"web", "worker", "beat", "postgres", "redis", "storage", "clamav", *ONE_OFF}


def test_every_image_of_compose_is_a_precise_edition():
    images = [service["image"] for service in SERVICES.values() if "image" in service]
    assert [image for image in images if not re.search(r":.*\d", image) or image.endswith(":latest")] == []


def test_every_lasting_service_is_watched():
    built = {"web"}  # its check is in the image
    lasting = set(SERVICES) - ONE_OFF - built
    assert {name for name in lasting if "test" not in SERVICES[name].get("healthcheck", {})} == set()
    assert of("HEALTHCHECK") != []
    assert {name for name in set(SERVICES) - ONE_OFF if SERVICES[name].get("restart") != "unless-stopped"} == set()


def test_compose_holds_no_secret():
    secret = re.compile(r"SECRET|PASSWORD|ACCESS_KEY|ROOT_USER")
    written = {
        f"{name}: {key}"
        for name, service in SERVICES.items()
        for key, value in service.get("environment", {}).items()
        if secret.search(key) and not re.fullmatch(r"\$\{[A-Z_]+:\?.+\}", str(value))
    }
    assert written == set()


def test_compose_gives_the_settings_that_exist():
    explained = set(re.findall(r"^# ([A-Z][A-Z0-9_]+)=", texts()[".env.example"], flags=re.MULTILINE))
    assert set(SERVICES["web"]["environment"]) - explained == set()


def test_only_the_web_server_is_open_and_only_to_this_machine():
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "web": ["127.0.0.1:8000:8000"]
    }


def test_redis_keeps_what_is_queued():
    command = " ".join(SERVICES["redis"]["command"])
    assert "--appendonly yes" in command
    assert "--maxmemory-policy noeviction" in command


def test_the_procfile_has_every_process():
    processes = dict(line.split(": ", 1) for line in texts()["Procfile"].splitlines())
    assert set(processes) == {"release", "postdeploy", "web", "worker", "beat"}
    assert processes["release"] == processes["postdeploy"] == "python manage.py prepare"


def test_the_procfile_and_compose_run_the_same_programs():
    processes = dict(line.split(": ", 1) for line in texts()["Procfile"].splitlines())
    assert shlex.split(processes["beat"]) == SERVICES["beat"]["command"]
    assert shlex.split(processes["worker"])[1:] == SERVICES["worker"]["command"]
