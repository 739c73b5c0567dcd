"""`make run` and `make reset`, as a person types them."""

import fcntl
import os
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.programs import ROOT, environment, run

pytestmark = pytest.mark.once


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "nos données"


@pytest.fixture
def running(port: int, data: Path) -> Iterator[subprocess.Popen[str]]:
    """The application started by scripts/run on an empty base, open: its address has been printed."""
    settings = {"PORT": str(port), "DATA_DIR": str(data), "DEMO": "0"}
    with subprocess.Popen(
        ["bash", "scripts/run"],
        cwd=ROOT,
        env=environment(settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            assert f"L'application est ouverte : http://127.0.0.1:{port}/\n" in until_open(process)
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def until_open(process: subprocess.Popen[str]) -> list[str]:
    """Return what the script says, up to its last line before it waits; or all of it when it ends before."""
    said = []
    for line in process.stdout or ():
        said.append(line)
        if line.startswith("Ctrl-C"):
            break
    return said


def children(process: subprocess.Popen[str]) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=True
    )
    return [int(pid) for pid in listed.stdout.split()]


def is_alive(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state) and not state.startswith("Z")


def test_it_opens_then_stops_all_it_started(running: subprocess.Popen[str], port: int, data: Path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
        assert answer.status == 200
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/inconnu")
    with refusal.value:
        assert refusal.value.code == 404
    refused = run("bash", "scripts/reset", settings={"DATA_DIR": str(data)})
    assert (refused.returncode, refused.stderr) == (
        1,
        f"L'application tourne encore sur {data} : arrêtez-la (Ctrl-C), puis recommencez.\n",
    )
    started = children(running)
    assert len(started) == 2
    running.terminate()
    assert running.wait(timeout=30) == 0
    assert [pid for pid in started if is_alive(pid)] == []


def test_when_one_half_dies_the_other_is_stopped(running: subprocess.Popen[str]):
    started = children(running)
    os.kill(started[1], signal.SIGKILL)
    said, _ = running.communicate(timeout=30)
    assert running.returncode == 1
    assert said.splitlines()[-1] == "Le travail de fond s'est arrêté : l'application s'arrête aussi."
    assert [pid for pid in started if is_alive(pid)] == []


def test_a_port_already_taken_is_one_sentence(data: Path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        result = run("bash", "scripts/run", settings={"PORT": str(port), "DATA_DIR": str(data), "DEMO": "0"})
    assert (result.returncode, result.stderr) == (
        1,
        f"Le port {port} est déjà occupé ou interdit sur 127.0.0.1 : choisissez-en un autre, "
        "par exemple « make run PORT=8001 ».\n",
    )


def test_reset_erases_the_folder_that_the_application_made(data: Path):
    made = run("bash", "-c", ".venv/bin/python manage.py check", settings={"DATA_DIR": str(data)})
    assert made.returncode == 0
    assert (data / "secret_key").exists()
    result = run("bash", "scripts/reset", settings={"DATA_DIR": str(data)})
    assert (result.returncode, result.stdout) == (0, f"Effacé : {data}. « make run » repart de zéro.\n")
    assert not data.exists()


def test_reset_refuses_a_folder_that_is_not_ours(tmp_path: Path):
    (tmp_path / "thèse.odt").write_text("trois ans de travail")
    result = run("bash", "scripts/reset", settings={"DATA_DIR": str(tmp_path)})
    assert (result.returncode, result.stderr) == (
        1,
        f"{tmp_path} n'a pas été créé par l'application : rien n'est effacé. Vérifiez DATA_DIR.\n",
    )
    assert (tmp_path / "thèse.odt").exists()


def test_reset_of_nothing_says_so(data: Path):
    result = run("bash", "scripts/reset", settings={"DATA_DIR": str(data)})
    assert (result.returncode, result.stdout) == (0, f"Rien à effacer : {data} n'existe pas.\n")


def test_a_folder_with_other_files_is_never_taken_for_ours(tmp_path: Path):
    (tmp_path / "thèse.odt").write_text("trois ans de travail")
    run("bash", "-c", ".venv/bin/python manage.py check", settings={"DATA_DIR": str(tmp_path)})
    assert run("bash", "scripts/reset", settings={"DATA_DIR": str(tmp_path)}).returncode == 1
    assert (tmp_path / "thèse.odt").exists()


def test_two_runs_on_one_folder_are_refused(data: Path, port: int):
    data.mkdir()
    descriptor = os.open(data, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    result = run("bash", "scripts/run", settings={"PORT": str(port), "DATA_DIR": str(data), "DEMO": "0"})
    os.close(descriptor)
    assert (result.returncode, result.stderr) == (
        1,
        f"L'application tourne déjà sur {data} : arrêtez-la, ou choisissez un autre DATA_DIR.\n",
    )
