"""The dialogue with ClamAV, on a real socket."""

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from questionnaires import antivirus
from questionnaires.filetypes import EICAR
from tests.clamd import FakeClamd

pytestmark = pytest.mark.once


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="clamd-", dir="/tmp") as made:  # the path of a socket must stay short
        yield Path(made)


def test_a_clean_file_is_safe_and_was_read_whole(folder: Path):
    content = bytes(range(256)) * 5000
    with FakeClamd(folder) as daemon:
        assert antivirus.scan(io.BytesIO(content), daemon.address).is_safe
        assert daemon.received == [content]


def test_a_virus_is_named(folder: Path):
    with FakeClamd(folder) as daemon:
        assert antivirus.scan(io.BytesIO(b"avant " + EICAR), daemon.address).virus == "Eicar-Signature"


@pytest.mark.parametrize("size", [3_000, 4_000_000])
def test_a_file_above_the_limit_of_the_daemon_is_neither_safe_nor_infected(folder: Path, size: int):
    with (
        FakeClamd(folder, limit=2_000) as daemon,
        pytest.raises(antivirus.Unreachable, match=r"size limit exceeded|reset"),
    ):
        antivirus.scan(io.BytesIO(b"x" * size), daemon.address)


@pytest.mark.parametrize("answer", [b"", b"stream: ", b"OK", b"stream: OK FOUND ERROR"])
def test_an_answer_that_is_not_clear_is_never_taken_for_a_yes(folder: Path, answer: bytes):
    with FakeClamd(folder, answer=answer) as daemon, pytest.raises(antivirus.Unreachable):
        antivirus.scan(io.BytesIO(b"x"), daemon.address)


def test_a_daemon_that_is_not_there_says_where_it_was_looked_for(folder: Path):
    with pytest.raises(antivirus.Unreachable, match=r"clamd\.sock"):
        antivirus.scan(io.BytesIO(b"x"), f"unix://{folder}/clamd.sock")
    with pytest.raises(antivirus.Unreachable, match="refused"):
        antivirus.scan(io.BytesIO(b"x"), "tcp://127.0.0.1:1")


def test_it_answers_a_ping(folder: Path):
    with FakeClamd(folder) as daemon:
        antivirus.ping(daemon.address)
    with FakeClamd(folder, answer=b"NO") as daemon, pytest.raises(antivirus.Unreachable, match="NO"):
        antivirus.ping(daemon.address)
