"""Videos as proofs: whole ones are kept, cut ones are refused with a sentence."""

import struct

import pytest

from questionnaires.contents import FileRefused
from questionnaires.filetypes import examine
from tests import play

pytestmark = pytest.mark.once

LIMIT = 10_000
WEBM = b"\x1aE\xdf\xa3\x93\x42\x82\x84webm" + b"\x00" * 50


def box(kind: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


MP4 = box(b"ftyp", b"isom\x00\x00\x02\x00isomiso2") + box(b"moov", b"x" * 40) + box(b"mdat", b"y" * 60)
LARGE = box(b"ftyp", b"isom\x00\x00\x02\x00") + box(b"moov") + struct.pack(">I4sQ", 1, b"mdat", 30) + b"z" * 14
TO_THE_END = box(b"ftyp", b"isom\x00\x00\x02\x00") + box(b"moov") + struct.pack(">I4s", 0, b"mdat") + b"z" * 9


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("demo.mp4", MP4, "video/mp4"),
        ("demo.MP4", LARGE, "video/mp4"),
        ("demo.mp4", TO_THE_END, "video/mp4"),
        ("demo.webm", WEBM, "video/webm"),
    ],
)
def test_a_whole_video_is_known_for_what_it_is(name: str, content: bytes, media_type: str):
    assert examine(play.a_file(name, content), max_bytes=LIMIT).media_type == media_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("coupee.mp4", MP4[:-10]),
        ("sans-description.mp4", box(b"ftyp", b"isom\x00\x00\x02\x00") + box(b"mdat", b"y" * 9)),
        ("bout.mp4", MP4 + b"\x00\x00"),
        ("boite-trop-courte.mp4", MP4 + struct.pack(">I4s", 4, b"free")),
        ("longueur-coupee.mp4", MP4 + struct.pack(">I4s", 1, b"free")),
        ("matroska.webm", WEBM.replace(b"webm", b"matr")),
    ],
)
def test_a_cut_video_is_refused_with_a_sentence(name: str, content: bytes):
    with pytest.raises(FileRefused) as refused:
        examine(play.a_file(name, content), max_bytes=LIMIT)
    assert refused.value.sentence == f"Le fichier « {name} » est endommagé : il ne s'ouvre pas. Exportez-le de nouveau."


def test_a_page_is_not_a_video():
    with pytest.raises(FileRefused):
        examine(play.a_file("demo.mp4", b"<html><script>alert(1)</script></html>"), max_bytes=LIMIT)
