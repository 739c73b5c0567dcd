"""The files of a dossier: each distinct set of bytes once, under a clean name, attached or kept apart. Pure.

What an éditeur called a file is data: it is cleaned before it names anything.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

MANIFEST = "manifeste.json"
NAME_LENGTH = 120
# Characters that a file system, a shell or a reader of PDF may take for something else than a letter.
UNSAFE = re.compile(r'[\\/:*?"<>|$`\x00-\x1f\x7f]+')


class Fate(StrEnum):
    """What became of a file when the dossier was sealed."""

    ATTACHED = "attached"
    APART = "apart"
    REFUSED = "refused"


FATES = {
    Fate.ATTACHED: "jointe à ce PDF",
    Fate.APART: "conservée à part : le dossier dépasse la taille admise",
    Fate.REFUSED: "écartée : l'antivirus l'a reconnue dangereuse",
}


@dataclass(frozen=True)
class Piece:
    """One set of bytes. `source` opens it (a Django `FieldFile`), `criteria` lists the codes it serves."""

    sha256: str
    size: int
    original_name: str
    title: str
    media_type: str
    criteria: tuple[str, ...]
    source: Any
    is_dangerous: bool = False
    name: str = ""
    fate: Fate = Fate.ATTACHED

    @property
    def fate_label(self) -> str:
        return FATES[self.fate]

    @property
    def is_attached(self) -> bool:
        return self.fate == Fate.ATTACHED


def gather(pieces: Iterable[Piece], *, limit: int) -> list[Piece]:
    """Return each distinct file once, with the criteria of all, a unique clean name and its fate.

    Files are attached in their order while their sum stays within `limit` (bytes); one that does not fit is kept
    apart and the next, smaller, may still fit.
    """
    distinct: dict[str, Piece] = {}
    for piece in pieces:
        known = distinct.get(piece.sha256)
        criteria = (*known.criteria, *piece.criteria) if known else piece.criteria
        distinct[piece.sha256] = replace(known or piece, criteria=tuple(dict.fromkeys(criteria)))
    room, taken, settled = limit, {MANIFEST}, []
    for piece in distinct.values():
        fate = Fate.REFUSED if piece.is_dangerous else Fate.ATTACHED if piece.size <= room else Fate.APART
        room -= piece.size if fate == Fate.ATTACHED else 0
        settled.append(replace(piece, fate=fate, name=_unique(clean_name(piece.original_name, piece.criteria), taken)))
    return settled


def clean_name(original: str, criteria: Sequence[str] = ()) -> str:
    """Return a file name that is only a name: « SEC-GOV-01 - politique.pdf », at most 120 characters.

    Path separators, control and direction characters, leading dots and doubled spaces go; the extension stays.
    """
    kept = "".join(
        " " if unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"} else char for char in original
    )
    words = " ".join(UNSAFE.sub(" ", unicodedata.normalize("NFC", kept)).split()).strip(". ") or "fichier"
    stem, dot, extension = words.rpartition(".")
    if not dot or not extension.isalnum() or len(extension) > 8:
        stem, dot, extension = words, "", ""
    prefix = f"{criteria[0]} - " if criteria else ""
    return (prefix + stem)[: NAME_LENGTH - len(dot + extension)].rstrip(". ") + dot + extension.lower()


def _unique(name: str, taken: set[str]) -> str:
    """Number a name already taken, whatever its case, and remember it."""
    stem, dot, extension = name.rpartition(".") if "." in name else (name, "", "")
    candidate, rank = name, 2
    while candidate.casefold() in taken:
        candidate = f"{stem} ({rank}){dot}{extension}"
        rank += 1
    taken.add(candidate.casefold())
    return candidate
