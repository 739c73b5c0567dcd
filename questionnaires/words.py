"""Two texts compared by word. Pure, the same each time, and quick whatever the texts.

Words that both texts hold exactly once anchor the comparison (« patience »), again between two anchors and so on; only
what is left, too short to cost anything, is given to difflib, whose worst case grows as the cube of the length.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
WORD = re.compile(r"\w")
DEEPEST = 16
SHORT = 32  # words on each side that difflib may compare at leisure


class Kind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """A run of text: in both texts, in the old one only, or in the new one only."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class _Span:
    """What is left to compare: a slice of each text, and how many anchors it lies between."""

    old: range
    new: range
    depth: int = 0


def compare(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces that make both texts: same and removed give `before`, same and added give `after`.

    Nothing but blanks and punctuation kept between two changes is said to change with them: whole words are read.
    """
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    return tuple(_told(_runs(old, new, sorted(_matches(old, new)))))


def _matches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of places that hold the same word, growing on both sides."""
    spans = [_Span(range(len(old)), range(len(new)))]
    while spans:
        span = spans.pop()
        start, end = _alike_at_both_ends(old, new, span)
        yield from zip(span.old[:start], span.new[:start], strict=True)
        yield from zip(span.old[len(span.old) - end :], span.new[len(span.new) - end :], strict=True)
        inside = _Span(
            span.old[start : len(span.old) - end], span.new[start : len(span.new) - end], depth=span.depth + 1
        )
        if not inside.old or not inside.new:
            continue
        anchors = _anchors(old, new, inside) if inside.depth <= DEEPEST else []
        if anchors:
            yield from anchors
            spans += _between(anchors, inside)
        elif len(inside.old) <= SHORT and len(inside.new) <= SHORT:
            yield from _leisurely(old, new, inside)


def _alike_at_both_ends(old: Sequence[str], new: Sequence[str], span: _Span) -> tuple[int, int]:
    shortest = min(len(span.old), len(span.new))
    start = 0
    while start < shortest and old[span.old[start]] == new[span.new[start]]:
        start += 1
    end = 0
    while end < shortest - start and old[span.old[-1 - end]] == new[span.new[-1 - end]]:
        end += 1
    return start, end


def _anchors(old: Sequence[str], new: Sequence[str], span: _Span) -> list[tuple[int, int]]:
    """The longest growing series of words that each side holds once (patience sorting)."""
    mine, theirs = Counter(old[i] for i in span.old), Counter(new[j] for j in span.new)
    place = {new[j]: j for j in span.new if theirs[new[j]] == 1}
    pairs = [(i, place[old[i]]) for i in span.old if mine[old[i]] == 1 and old[i] in place]
    tops: list[int] = []  # the lowest place in `new` that ends a series of each length
    ends: list[int] = []  # the pair it belongs to
    previous: list[int] = []
    for rank, (_, j) in enumerate(pairs):
        length = bisect_left(tops, j)
        previous.append(ends[length - 1] if length else -1)
        if length == len(tops):
            tops.append(j)
            ends.append(rank)
        else:
            tops[length], ends[length] = j, rank
    series, rank = [], ends[-1] if ends else -1
    while rank >= 0:
        series.append(pairs[rank])
        rank = previous[rank]
    return series[::-1]


def _between(anchors: list[tuple[int, int]], span: _Span) -> Iterator[_Span]:
    i, j = span.old.start, span.new.start
    for anchor_i, anchor_j in [*anchors, (span.old.stop, span.new.stop)]:
        yield _Span(range(i, anchor_i), range(j, anchor_j), span.depth)
        i, j = anchor_i + 1, anchor_j + 1


def _leisurely(old: Sequence[str], new: Sequence[str], span: _Span) -> Iterator[tuple[int, int]]:
    mine, theirs = [old[i] for i in span.old], [new[j] for j in span.new]
    for block in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            yield span.old[block.a + step], span.new[block.b + step]


@dataclass
class _Run:
    """A stretch of both texts: the same words, or words that replace others."""

    same: bool
    old: str = ""
    new: str = ""


def _runs(old: Sequence[str], new: Sequence[str], matches: list[tuple[int, int]]) -> list[_Run]:
    runs: list[_Run] = []

    def add(same: bool, taken: str, given: str) -> None:
        if not taken and not given:
            return
        if not runs or runs[-1].same != same:
            runs.append(_Run(same))
        runs[-1].old += taken
        runs[-1].new += given

    i = j = 0
    for match_i, match_j in [*matches, (len(old), len(new))]:
        add(False, "".join(old[i:match_i]), "".join(new[j:match_j]))
        if match_i < len(old):
            add(True, old[match_i], new[match_j])
        i, j = match_i + 1, match_j + 1
    return _without_crumbs(runs)


def _without_crumbs(runs: list[_Run]) -> list[_Run]:
    kept: list[_Run] = []
    for rank, run in enumerate(runs):
        crumb = run.same and 0 < rank < len(runs) - 1 and not WORD.search(run.old)
        same = run.same and not crumb
        if kept and kept[-1].same is same:
            kept[-1].old += run.old
            kept[-1].new += run.new
        else:
            kept.append(_Run(same, run.old, run.new))
    return kept


def _told(runs: list[_Run]) -> Iterator[Piece]:
    for run in runs:
        if run.same:
            yield Piece(Kind.SAME, run.old)
        else:
            if run.old:
                yield Piece(Kind.REMOVED, run.old)
            if run.new:
                yield Piece(Kind.ADDED, run.new)


def shortened(pieces: tuple[Piece, ...], around: int = 160) -> tuple[Piece, ...]:
    """Keep of what did not change only what surrounds a change, `around` characters on each side, cut between words."""
    last = len(pieces) - 1
    return tuple(
        Piece(piece.kind, _middle_left_out(piece.text, around if rank else 0, around if rank < last else 0))
        if piece.kind == Kind.SAME
        else piece
        for rank, piece in enumerate(pieces)
    )


def _middle_left_out(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail + 40:
        return text
    start = text[:head].rsplit(None, 1)[0] if head else ""
    end = text[-tail:].split(None, 1)[-1] if tail else ""
    return f"{start} […] {end}".strip()
