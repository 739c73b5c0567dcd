"""Finding who a message names: « @Alice Martin », or « @Alice » when one person only is called so. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Named:
    """The people a message names, by key, and the names written after « @ » that are nobody's, or several people's."""

    people: frozenset[int]
    unclear: tuple[str, ...]


def find(text: str, team: Mapping[int, str]) -> Named:
    """Read the names that follow an « @ » which begins a word: an e-mail address names nobody."""
    names = {key: _plain(name) for key, name in team.items()}
    callings = _callings(names)
    known = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(callings, key=len, reverse=True))
    pattern = re.compile(rf"(?<![^\s(,;:«\"'])@(?:({known or '(?!)'})(?!\w)|([^\W\d_][\w'’-]*))", re.IGNORECASE)
    people: set[int] = set()
    unclear: dict[str, None] = {}
    for match in pattern.finditer(unicodedata.normalize("NFC", text)):
        if match[1]:
            people |= callings[_plain(match[1])]
        else:
            unclear[match[2]] = None
    return Named(frozenset(people), tuple(unclear))


def _callings(names: Mapping[int, str]) -> dict[str, set[int]]:
    """Return what people answer to: their whole name, and their first name when nobody shares it."""
    found: dict[str, set[int]] = {}
    for key, name in names.items():
        if name:
            found.setdefault(name, set()).add(key)
    first = Counter(name.split()[0] for name in names.values() if name)
    for key, name in names.items():
        if name and first[name.split()[0]] == 1:
            found.setdefault(name.split()[0], set()).add(key)
    return found


def _plain(name: str) -> str:
    """A name without marks that are not seen, in small letters, its parts one space apart."""
    seen = "".join(letter for letter in unicodedata.normalize("NFC", name) if unicodedata.category(letter) != "Cf")
    return " ".join(seen.lower().split())
