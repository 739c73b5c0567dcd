"""A big proof survives three cuts of the connection, on the real server; its memory does not follow the size."""

import hashlib
import random
from pathlib import Path

import pytest

from tests.tus import peak_of_workers, serving

pytestmark = pytest.mark.once
MEGABYTE = 1024 * 1024
# The same gesture was measured with 200 MB (docs/performance.md).
SIZE = 24 * MEGABYTE


def big_text(size: int) -> bytes:
    line = "".join(random.choice("abcdefghij ") for _ in range(127)).encode() + b"\n"
    return line * (size // len(line))


def test_a_big_proof_survives_three_cuts(tmp_path: Path):
    content = big_text(SIZE)
    with serving(tmp_path) as (wire, server):
        path = wire.create("journal.txt", len(content))
        before, offset = peak_of_workers(server), 0
        for cut in (1, 2, 3):
            end = cut * len(content) // 4
            wire.cut(path, content[offset:end], offset)
            offset = wire.offset(path, beyond=offset)
            assert 0 < offset <= end
        answer = wire.tus("PATCH", path, content[offset:], **{"Upload-Offset": str(offset)})
        assert (answer.status, answer.headers["upload-offset"]) == (204, str(len(content)))
        assert wire.deposit(path).status == 302
        assert peak_of_workers(server) - before < 32 * MEGABYTE
    (kept,) = (tmp_path / "files" / "preuves").iterdir()
    assert hashlib.sha256(kept.read_bytes()).digest() == hashlib.sha256(content).digest()
    assert list((tmp_path / "files" / "televersements").iterdir()) == []
