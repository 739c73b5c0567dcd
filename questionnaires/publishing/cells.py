"""A spreadsheet opened with care: rows of plain texts by column, and what is wrong with the sheet itself."""

import datetime as dt
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.core.files import File
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from questionnaires.contents import OLD_OFFICE, UNREADABLE, Damaged, FileRefused, check_xlsx, old_office
from questionnaires.publishing.columns import COLUMNS, REQUIRED
from questionnaires.reading import Fault

MOST_ROWS = 2000
MOST_COLUMNS = 40
MOST_UNPACKED = 20 * 1024 * 1024
# What reading a bent spreadsheet may raise, from its archive to its XML.
BENT = (*UNREADABLE, InvalidFileException, KeyError, TypeError, AttributeError, IndexError, SyntaxError)


@dataclass(frozen=True)
class Line:
    """A row that is not blank: its number in the sheet, and its texts by column."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_sheets(file: File, name: str, faults: list[Fault]) -> dict[str, list[Line]]:
    """Return the sheets that a référentiel has, by name. Raises FileRefused when the file is no spreadsheet of ours."""
    _refuse_what_harms(file, name)
    file.seek(0)
    try:
        book = load_workbook(cast("Any", file), read_only=True, data_only=False, keep_links=False)
        return {sheet.title: list(_lines(sheet, faults)) for sheet in book.worksheets if sheet.title in COLUMNS}
    except BENT as error:
        raise FileRefused(f"Le fichier « {name} » n'est pas un tableur XLSX lisible.") from error


def _refuse_what_harms(file: File, name: str) -> None:
    file.seek(0)
    if file.read(8) == OLD_OFFICE:
        raise old_office(file, name, "xlsx")
    try:
        with zipfile.ZipFile(cast("Any", file)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise FileRefused(f"Le tableur « {name} » se décompresse en un volume démesuré : il est refusé.")
        check_xlsx(file, name)
        with zipfile.ZipFile(cast("Any", file)) as archive:
            if any(_declares(archive.read(entry)) for entry in archive.namelist() if entry.endswith((".xml", ".rels"))):
                raise FileRefused(f"Le tableur « {name} » contient des définitions XML qu'aucun tableur n'écrit.")
    except (Damaged, *UNREADABLE) as error:
        raise FileRefused(f"Le fichier « {name} » n'est pas un tableur XLSX lisible.") from error


def _declares(xml: bytes) -> bool:
    """Say whether an XML part could define entities, or is in an encoding that would hide it."""
    return xml.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00")) or b"<!" in xml.replace(b"<![CDATA[", b"")


def _lines(sheet: Any, faults: list[Fault]) -> Iterator[Line]:
    rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
    columns = _columns(sheet.title, next(rows, ()), faults)
    for number, row in enumerate(rows, start=2):
        if number > MOST_ROWS + 1:
            faults.append(
                Fault(sheet.title, number, f"la feuille dépasse {MOST_ROWS} lignes : ce n'est pas un référentiel")
            )
            return
        cells = {}
        for column, cell in zip(columns, row, strict=False):
            if column and (text := _text(cell, sheet.title, faults)):
                cells[column] = text
        if cells:
            yield Line(number, cells)


def _columns(sheet: str, row: tuple[Any, ...], faults: list[Fault]) -> list[str]:
    known = {name.casefold(): name for name in COLUMNS[sheet]}
    found: list[str] = []
    for cell in row:
        title = " ".join(str(cell.value or "").split())
        name = known.get(title.casefold(), "")
        if title and not name:
            faults.append(Fault(sheet, 1, f"la colonne « {title[:60]} » est inconnue"))
        if name and name in found:
            faults.append(Fault(sheet, 1, f"la colonne « {name} » figure deux fois"))
        found.append(name)
    faults.extend(Fault(sheet, 1, f"il manque la colonne « {name} »") for name in REQUIRED[sheet] if name not in found)
    return found


def _text(cell: Any, sheet: str, faults: list[Fault]) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f" or not isinstance(value, str | int | float | bool | dt.date):
        faults.append(Fault(sheet, cell.row, f"la case {cell.coordinate} contient une formule : mettez sa valeur"))
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()
