"""What changed in a text, word by word. Pure, and bounded: two long texts that differ everywhere are not searched."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

WORDS = re.compile(r"\s+|[^\W_]+(?:['’\-][^\W_]+)*|.", re.UNICODE)
MOST_PAIRS = 200_000
"""Words of one text times words of the other, beyond which the search of what they share would be felt."""


class Side(StrEnum):
    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True)
class Piece:
    """A run of words that both texts have, or that one alone has."""

    side: Side
    text: str


def compare(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces that make both texts: all but those of IN make `before`, all but those of OUT make `after`."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    pieces = [(Side.SAME, old[:head]), *_searched(middle_old, middle_new), (Side.SAME, old[len(old) - tail :])]
    return tuple(Piece(side, "".join(words)) for side, words in pieces if words)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words both begin with."""
    number = 0
    for word, same in zip(one, other, strict=False):
        if word != same:
            break
        number += 1
    return number


def _searched(old: list[str], new: list[str]) -> list[tuple[Side, list[str]]]:
    if len(old) * len(new) > MOST_PAIRS:
        return [(Side.OUT, old), (Side.IN, new)]
    pieces: list[tuple[Side, list[str]]] = []
    for tag, start, end, at, until in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append((Side.SAME, old[start:end]))
        else:
            pieces += [(Side.OUT, old[start:end]), (Side.IN, new[at:until])]
    return _smoothed(pieces)


def _smoothed(pieces: list[tuple[Side, list[str]]]) -> list[tuple[Side, list[str]]]:
    """Join two changes that only a space separates: « a b » replaced by « c d » reads better in one go."""
    smooth: list[tuple[Side, list[str]]] = []
    out: list[str] = []
    into: list[str] = []
    for rank, (side, words) in enumerate(pieces):
        blank = side == Side.SAME and "".join(words).isspace()
        if blank and (out or into) and any(later[1] for later in pieces[rank + 1 :]):
            out, into = out + words, into + words
        elif side == Side.SAME:
            smooth += [(Side.OUT, out), (Side.IN, into), (side, words)]
            out, into = [], []
        else:
            out, into = (out + words, into) if side == Side.OUT else (out, into + words)
    return [*smooth, (Side.OUT, out), (Side.IN, into)]
