"""One part of a file, as a reader of videos asks for it to jump to a moment (RFC 9110, 14.2). Pure but for the reading."""

import re
from dataclasses import dataclass
from typing import IO

ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


@dataclass(frozen=True)
class Part:
    """The first and the last byte asked for, both included, of a file of `size` bytes."""

    first: int
    last: int
    size: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    @property
    def content_range(self) -> str:
        return f"bytes {self.first}-{self.last}/{self.size}"


class Unsatisfiable(Exception):
    """The part asked for begins after the end of the file."""


def part_asked(header: str, size: int) -> Part | None:
    """Return the part that a `Range` header asks for; None for the whole file, as for several parts or another unit.

    Raises Unsatisfiable.
    """
    match = ONE_RANGE.fullmatch(header.strip())
    if match is None or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        start, end = max(size - int(last), 0), size - 1
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
    if start >= size or (not first and not int(last)):
        raise Unsatisfiable
    return Part(start, end, size) if start <= end else None


class Slice:
    """Reads one part of an open file, and closes it."""

    def __init__(self, content: IO[bytes], part: Part) -> None:
        content.seek(part.first)
        self.content, self.left = content, part.length

    def read(self, size: int = -1) -> bytes:
        wanted = self.left if size < 0 else min(size, self.left)
        chunk = self.content.read(wanted)
        self.left -= len(chunk)
        return chunk

    def close(self) -> None:
        self.content.close()
