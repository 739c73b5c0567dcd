"""Two versions of one text put together, word by word. Pure.

Each side is compared with the text that both started from: what one alone changed is taken, what both changed
differently is kept from both, one after the other. The result is a proposition; a person decides.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s*(?:\w(?:[\w'’-]*\w)?|[^\w\s])|\s+$")


@dataclass(frozen=True)
class Piece:
    """A run of words: `by` is "both" when nobody contests it, else "theirs" or "mine"."""

    text: str
    by: str


@dataclass(frozen=True)
class Merge:
    """The proposition, piece by piece. `clashes` counts the passages that both changed differently."""

    pieces: tuple[Piece, ...]
    clashes: int

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces).strip()


def merge(theirs: str, mine: str, base: str | None = None) -> Merge:
    """Put two texts together. Without `base`, what they have in common stands for it: then nothing is taken away."""
    left, right = _words(theirs), _words(mine)
    origin = _words(base) if base is not None else _in_common(left, right)
    pieces: list[Piece] = []
    clashes = 0
    for kept, from_theirs, from_mine in _regions(origin, left, right):
        if from_theirs == from_mine:
            pieces.append(Piece("".join(from_theirs), "both"))
        elif from_mine == kept:
            pieces.append(Piece("".join(from_theirs), "theirs"))
        elif from_theirs == kept:
            pieces.append(Piece("".join(from_mine), "mine"))
        else:
            clashes += 1
            pieces += [Piece("".join(from_theirs), "theirs"), Piece(_apart(from_mine), "mine")]
    return Merge(tuple(piece for piece in pieces if piece.text), clashes)


def _words(text: str) -> list[str]:
    """The words and signs of a text, each with the blanks before it: joined again they make the same text."""
    return WORDS.findall(text)


def _apart(words: Sequence[str]) -> str:
    """A passage that follows another one which it does not continue."""
    text = "".join(words)
    return f" {text}" if text[:1].isalnum() else text


def _in_common(left: Sequence[str], right: Sequence[str]) -> list[str]:
    return [word for start, _, size in _matches(left, right) for word in left[start : start + size]]


def _matches(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int, int]]:
    return [tuple(block) for block in SequenceMatcher(None, before, after).get_matching_blocks()]  # type: ignore[misc]


def _regions(
    origin: Sequence[str], left: Sequence[str], right: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """Cut the three texts at the words that all three share; yield the same passage in each."""
    at_origin = at_left = at_right = 0
    for start, in_left, in_right, size in _shared(_matches(origin, left), _matches(origin, right)):
        yield origin[at_origin:start], left[at_left:in_left], right[at_right:in_right]
        at_origin, at_left, at_right = start + size, in_left + size, in_right + size
        same = origin[start:at_origin]
        yield same, same, same


def _shared(
    lefts: Sequence[tuple[int, int, int]], rights: Sequence[tuple[int, int, int]]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield what of the origin both sides kept: its place in the origin, in each side, and its length."""
    one = other = 0
    while one < len(lefts) and other < len(rights):
        (start, in_left, size), (begin, in_right, length) = lefts[one], rights[other]
        first, last = max(start, begin), min(start + size, begin + length)
        if first < last:
            yield first, in_left + first - start, in_right + first - begin, last - first
        if start + size < begin + length:
            one += 1
        else:
            other += 1
    end_left, end_right = lefts[-1], rights[-1]
    yield end_left[0], end_left[1], end_right[1], 0
