"""A workbook that comes back: what it may be, and its lines. Refused whole, with one sentence, or read without trust.

Nothing is unpacked before the table of contents of the archive has been found reasonable.
"""

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from django.core.files import File
from openpyxl.utils import get_column_letter

from kit.templatetags.french import filesize_fr
from questionnaires.contents import FileRefused
from questionnaires.filetypes import clean_name, examine
from questionnaires.workbooks import ods_reading, xlsx
from questionnaires.workbooks.cells import Cell, Sheet
from questionnaires.workbooks.columns import COLUMNS, READ, REASON, REQUIREMENTS, folded, tidy

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_ENTRIES = 500
MOST_LINES = 2_000
MOST_ROWS = 20_000  # blank ones included
MOST_COLUMNS = 60
HEADING_WITHIN = 20  # rows among which the headings are looked for
READERS = {".xlsx": xlsx.read, ".ods": ods_reading.read}
# Tables of what a spreadsheet runs by itself, or takes from elsewhere.
MACROS = ("xl/vbaproject.bin", "basic/", "scripts/", "xl/macrosheets/")
LINKS = ("xl/externallinks/",)
# What the reading of a file that is not what it seems may raise; a fault of XML is a SyntaxError.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    NotImplementedError,
    OverflowError,
)


@dataclass(frozen=True)
class Line:
    """A line of the sheet: its number, the text of the cells that are read, and what is wrong with them.

    `reason` is None when the file has no column for it.
    """

    number: int
    code: str
    value: str
    comment: str
    mark: str
    faults: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True)
class Reading:
    """What a file says. `ignored` names the columns that are not ours."""

    name: str
    sha256: str
    lines: tuple[Line, ...]
    ignored: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_json(cls, kept: dict[str, Any]) -> "Reading":
        lines = tuple(Line(**{**line, "faults": tuple(line["faults"])}) for line in kept["lines"])
        return cls(kept["name"], kept["sha256"], lines, tuple(kept["ignored"]))


def take_in(file: File) -> Reading:
    """Read a workbook. Raises FileRefused with one French sentence when it cannot be."""
    name = clean_name(file.name or "")
    suffix = _suffix(name)
    if file.size > MOST_BYTES:
        limit = filesize_fr(MOST_BYTES)
        raise FileRefused(f"Le fichier « {name} » pèse {filesize_fr(file.size)} : la limite est de {limit}.")
    if file.size:
        _look_at_the_contents(file, name)
    examined = examine(file, max_bytes=MOST_BYTES)
    try:
        lines, ignored = _lines(_requirements(READERS[suffix](_bytes(file), most_columns=MOST_COLUMNS)))
    except ods_reading.LinkedElsewhere:
        raise _linked(name) from None
    except UNREADABLE as error:
        raise FileRefused(
            f"Le fichier « {name} » ne se lit pas : ouvrez-le dans votre tableur et enregistrez-le de nouveau."
        ) from error
    return Reading(name, examined.sha256, lines, ignored)


def _suffix(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in (".xlsm", ".xltm", ".xlam", ".xlsb"):
        raise FileRefused(f"Le classeur « {name} » peut contenir des macros : enregistrez-le au format .xlsx.")
    if suffix not in READERS:
        raise FileRefused(
            f"Le fichier « {name} » n'est pas un classeur .xlsx ou .ods : renvoyez celui qui a été exporté."
        )
    return suffix


def _look_at_the_contents(file: File, name: str) -> None:
    """Refuse on the table of contents alone; a file that is no archive is left to `examine`, which names it."""
    try:
        with zipfile.ZipFile(_bytes(file)) as archive:
            entries = archive.infolist()
    except UNREADABLE:
        return
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise FileRefused(f"Le fichier « {name} » se décompresse en un volume démesuré : il est refusé par précaution.")
    names = [entry.filename.lower() for entry in entries]
    if any(one.startswith(MACROS) for one in names):
        raise FileRefused(f"Le fichier « {name} » contient des macros : enregistrez-le sans elles.")
    if any(one.startswith(LINKS) for one in names):
        raise _linked(name)


def _bytes(file: File) -> BinaryIO:
    file.seek(0)
    return cast("BinaryIO", file.file)


def _linked(name: str) -> FileRefused:
    return FileRefused(f"Le classeur « {name} » est lié à d'autres fichiers : rompez ces liens, puis renvoyez-le.")


def _requirements(sheets: Iterable[Sheet]) -> Sheet:
    alone: list[Sheet] = []
    for sheet in sheets:
        if folded(sheet.title) == folded(REQUIREMENTS):
            return sheet
        alone.append(sheet)
    if len(alone) == 1:
        return alone[0]
    raise FileRefused(f"Le classeur n'a pas de feuille « {REQUIREMENTS} » : c'est elle qui est relue.")


def _lines(sheet: Sheet) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    places, ignored, after = _heading(sheet)
    lines: list[Line] = []
    for number, row in sheet.rows:
        if number > MOST_ROWS or len(lines) > MOST_LINES:
            raise FileRefused(f"La feuille « {REQUIREMENTS} » compte plus de {MOST_LINES} lignes : c'est trop.")
        line = _line(number, row, places)
        if line:
            lines.append(line)
    if not lines:
        raise FileRefused(f"La feuille « {REQUIREMENTS} » n'a aucune ligne sous ses titres (ligne {after}).")
    return tuple(lines), ignored


def _heading(sheet: Sheet) -> tuple[dict[str, int], tuple[str, ...], int]:
    """Find where each column is, in whatever order they are; also return the columns that are not ours."""
    known = {folded(column.name): column.name for column in COLUMNS}
    for number, row in sheet.rows:
        titles = [folded(cell.text) for cell in row]
        if folded("ID") in titles or sum(title in known for title in titles) > 2:
            return _places(titles, known), _foreign(row, known), number
        if number >= HEADING_WITHIN:
            break
    raise FileRefused(f"La feuille « {REQUIREMENTS} » n'a pas de ligne de titres (ID, Réponse, Explication, Édition…).")


def _places(titles: list[str], known: dict[str, str]) -> dict[str, int]:
    twice = [known[title] for title in dict.fromkeys(titles) if title in known and titles.count(title) > 1]
    if twice:
        raise FileRefused(f"La colonne « {twice[0]} » est là deux fois : gardez-en une seule.")
    missing = [name for name in READ if folded(name) not in titles]
    if missing:
        names = ", ".join(f"« {name} »" for name in missing)
        noun = "Il manque la colonne" if len(missing) == 1 else "Il manque les colonnes"
        raise FileRefused(f"{noun} {names} : repartez d'un nouvel export.")
    return {known[title]: place for place, title in enumerate(titles) if title in known}


def _foreign(row: list[Cell], known: dict[str, str]) -> tuple[str, ...]:
    return tuple(tidy(cell.text)[:80] for cell in row if cell.text.strip() and folded(cell.text) not in known)


def _line(number: int, row: list[Cell], places: dict[str, int]) -> Line | None:
    cells = {name: row[place] if place < len(row) else Cell() for name, place in places.items()}
    if all(cells[name].is_blank for name in READ):
        return None
    code, value, comment, mark = (cells[name] for name in READ)
    return Line(
        number,
        code.text.strip()[:60],
        " ".join(value.text.split())[:200],
        tidy(comment.text),
        mark.text.strip()[:40],
        tuple(_faults(number, cells, places)),
        " ".join(cells[REASON.name].text.split())[:400] if REASON.name in cells else None,
    )


def _faults(number: int, cells: dict[str, Cell], places: dict[str, int]) -> Iterator[str]:
    for name, cell in cells.items():
        if cell.fault:
            address = f"{get_column_letter(places[name] + 1)}{number}"
            yield f"La cellule {address} (« {name} ») contient {cell.fault.value}."
