"""Is a video whole? Its container is walked from box to box; the pictures themselves are not decoded."""

import struct

from django.core.files import File

from questionnaires.contents import Damaged

HEADER = 8
DOCTYPE = b"\x42\x82"
FIRST_BYTES = 4096


def check_mp4(file: File, name: str) -> None:
    """Walk the boxes to the end of the file: they fill it exactly, and one of them (moov) describes the video."""
    place, kinds = 0, set()
    while place < file.size:
        length, kind = _box(file, place)
        if length < HEADER or place + length > file.size:
            raise Damaged
        kinds.add(kind)
        place += length
    if b"moov" not in kinds:
        raise Damaged


def check_webm(file: File, name: str) -> None:
    """Accept Matroska that says it is WebM."""
    file.seek(0)
    head = file.read(FIRST_BYTES)
    place = head.find(DOCTYPE)
    if place < 0 or head[place + 3 : place + 7] != b"webm":
        raise Damaged


def _box(file: File, place: int) -> tuple[int, bytes]:
    """Return the length and the kind of the box at `place`; a length of 0 goes to the end, of 1 is written after."""
    file.seek(place)
    head = file.read(HEADER)
    if len(head) < HEADER:
        raise Damaged
    length, kind = struct.unpack(">I4s", head)
    if length == 1:
        large = file.read(HEADER)
        if len(large) < HEADER:
            raise Damaged
        return int(struct.unpack(">Q", large)[0]), kind
    return (file.size - place if length == 0 else length), kind
