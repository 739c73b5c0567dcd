"""Where to look in a proof, read from the éditeur's own words: « p. 12 à 14 », « pages 3 et 7 », « à 2:35 ». Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_PAGES = 6
HIGHEST_PAGE = 9_999
_NUMBER = r"\d{1,4}(?!\d)"
# « p. 12 », « pp. 3-4 », « page n° 5 », then what follows it: « à 14 », « , 20 et 31 ».
_PAGES = re.compile(
    rf"(?<!\w)p(?:ages?|p|g)?\s*\.?\s*(?:n\s*[°ºo]\s*)?(?P<first>{_NUMBER})"
    rf"(?P<more>(?:\s*(?:à|-|–|/|,|;|&|et|ou|puis)\s*(?:p(?:ages?|p)?\s*\.?\s*)?{_NUMBER}(?!\s*(?:[:h]\s*\d|min|octets|[kMG]o)))*)",
    re.IGNORECASE,
)
_NEXT = re.compile(
    rf"(?P<link>à|-|–|/|,|;|&|et|ou|puis)\s*(?:p(?:ages?|p)?\s*\.?\s*)?(?P<page>{_NUMBER})", re.IGNORECASE
)
_UP_TO = frozenset("à-–")
_TOTAL = "/"  # « page 3/40 » : the third of forty
_CLOCK = re.compile(r"(?<![\d:])(?:(?P<h>\d{1,2}):)?(?P<m>\d{1,2}):(?P<s>[0-5]\d)(?![\d:])")
_SPOKEN = re.compile(r"(?<![\w,.])(?P<m>\d{1,3})\s*(?:min(?:utes?)?|mn|')\s*(?P<s>[0-5]?\d)?(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """A page, or the first and the last of several."""

    first: int
    last: int

    @property
    def words(self) -> str:
        return f"page {self.first}" if self.first == self.last else f"pages {self.first} à {self.last}"


def places_in(note: str) -> tuple[Place, ...]:
    """Return the pages that a note names, in its order, each once; none when it names no page."""
    found: dict[Place, None] = {}
    for match in _PAGES.finditer(note):
        for place in _places(match):
            found.setdefault(place)
    return tuple(found)[:MOST_PAGES]


def moment_in(note: str) -> int | None:
    """Return the first moment of a recording that a note names, in seconds: « à 1:02:35 », « 2 min 35 »."""
    match = _CLOCK.search(note) or _SPOKEN.search(note)
    if match is None:
        return None
    parts = match.groupdict()
    return int(parts.get("h") or 0) * 3600 + int(parts["m"]) * 60 + int(parts["s"] or 0)


def _places(match: re.Match[str]) -> Iterator[Place]:
    first = last = int(match["first"])
    for following in _NEXT.finditer(match["more"]):
        page, link = int(following["page"]), following["link"].lower()
        if link == _TOTAL:
            continue
        if link in _UP_TO and page > first:
            last = page
            continue
        yield from _one(first, last)
        first = last = page
    yield from _one(first, last)


def _one(first: int, last: int) -> Iterator[Place]:
    if first:  # nothing has a page zero
        yield Place(first, last)
