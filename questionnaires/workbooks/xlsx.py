"""A workbook in the format of Excel, written and read with openpyxl."""

import re
from collections.abc import Iterator
from io import BytesIO
from math import ceil
from typing import BinaryIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as Box
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from questionnaires.workbooks.book import Book, Row, Value
from questionnaires.workbooks.cells import Cell, Fault, Sheet
from questionnaires.workbooks.columns import ANSWER, COLUMNS, GUIDE, LABELS, PROOF_COLUMNS, PROOFS, REQUIREMENTS, Column

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what the format reads as the code of a character
LINE_POINTS, HIGHEST = 15.0, 405.0  # points; the format allows no row above 409
RISKY = ("=", "+", "-", "@", "\t", "\r")

LINE = Side(style="thin", color="DDDDDD")
PLAIN: dict[str, object] = {"alignment": Alignment(wrap_text=True, vertical="top")}
COMMON = {**PLAIN, "border": Border(LINE, LINE, LINE, LINE)}
# Name of a style → what it changes; a style is made once, then named by each cell.
STYLES: dict[str, dict[str, object]] = {
    "titre": {**PLAIN, "font": Font(bold=True, size=14)},
    "ligne": PLAIN,
    "en-tete": {**COMMON, "font": Font(bold=True, color="FFFFFF"), "fill": PatternFill("solid", fgColor="000091")},
    "en-tete-ouvert": {**COMMON, "font": Font(bold=True), "fill": PatternFill("solid", fgColor="CACAFB")},
    "fige": {**COMMON, "fill": PatternFill("solid", fgColor="F6F6F6")},
    "ouvert": {**COMMON, "protection": Protection(locked=False)},
}


def write(book: Book) -> bytes:
    """Return the bytes of the workbook: three sheets, everything locked but the answers."""
    workbook = Workbook()
    for name, parts in STYLES.items():
        workbook.add_named_style(NamedStyle(name, **parts))  # type: ignore[arg-type]
    workbook.remove(workbook.worksheets[0])
    guide = workbook.create_sheet(GUIDE)
    guide.column_dimensions["A"].width = 120
    for number, line in enumerate(book.guide, start=1):
        _put(guide.cell(number, 1), line, "titre" if number == 1 else "ligne")
    guide.protection.sheet = True
    requirements = workbook.create_sheet(REQUIREMENTS)
    _table(requirements, COLUMNS, book.requirements, freeze="C2")
    _offer_answers(requirements, len(book.requirements))
    _table(workbook.create_sheet(PROOFS), PROOF_COLUMNS, book.proofs, freeze="B2")
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _table(sheet: Worksheet, columns: tuple[Column, ...], rows: tuple[Row, ...], *, freeze: str) -> None:
    for rank, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(rank)].width = column.width
        _put(sheet.cell(1, rank), column.name, "en-tete-ouvert" if column.open else "en-tete")
    sheet.row_dimensions[1].height = 2 * LINE_POINTS
    for number, row in enumerate(rows, start=2):
        for rank, (column, value) in enumerate(zip(columns, row, strict=True), start=1):
            _put(sheet.cell(number, rank), value, "ouvert" if column.open else "fige")
        sheet.row_dimensions[number].height = _height(columns, row)
    sheet.freeze_panes = freeze
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A3
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr = 0, PageSetupProperties(fitToPage=True)
    sheet.protection.sheet = True
    for allowed in ("autoFilter", "sort", "formatColumns", "formatRows", "formatCells"):
        setattr(sheet.protection, allowed, False)


def _height(columns: tuple[Column, ...], row: Row) -> float:
    """Points that the longest cell of a row needs: not every spreadsheet fits rows to their text when it opens a file."""
    lines = (
        sum(ceil(len(line) / column.width) or 1 for line in str(value).split("\n"))
        for column, value in zip(columns, row, strict=True)
    )
    return min(LINE_POINTS * max(lines), HIGHEST)


def _put(box: Box | MergedCell, value: Value, style: str) -> None:
    """Write a text as a text: what looks like a formula is neither stored nor, once edited, read again as one."""
    box.value = ESCAPE.sub("_x005F_", value) if isinstance(value, str) else value
    if isinstance(value, str):
        box.data_type = "s"
    box.style = style
    if isinstance(value, str) and value.startswith(RISKY):
        box.quotePrefix = True


def _offer_answers(sheet: Worksheet, rows: int) -> None:
    offered = DataValidation(type="list", formula1=f'"{",".join(LABELS)}"', allow_blank=True)
    offered.errorTitle, offered.error = "Réponse inconnue", f"Choisissez l'une des réponses : {', '.join(LABELS)}."
    letter = get_column_letter(COLUMNS.index(ANSWER) + 1)
    offered.add(f"{letter}2:{letter}{max(2, rows + 1)}")
    sheet.add_data_validation(offered)


def read(content: BinaryIO, *, most_columns: int) -> Iterator[Sheet]:
    """Give the sheets of a workbook, each with its rows, read one by one as they are asked for."""
    workbook = load_workbook(content, read_only=True, keep_links=False)
    for sheet in workbook.worksheets:
        sheet.reset_dimensions()  # what a file announces of its size is nobody's promise
        yield Sheet(sheet.title, _rows(sheet, most_columns))


def _rows(sheet: Worksheet, most_columns: int) -> Iterator[tuple[int, list[Cell]]]:
    for number, row in enumerate(sheet.iter_rows(max_col=most_columns), start=1):
        yield number, [_cell(box) for box in row]


def _cell(box: Box | MergedCell) -> Cell:
    if box.value is None:
        return Cell()
    match box.data_type:
        case "f":
            return Cell(fault=Fault.FORMULA)
        case "d":
            return Cell(str(box.value), Fault.DATE)
        case "e":
            return Cell(str(box.value), Fault.ERROR)
        case "b":
            return Cell("VRAI" if box.value else "FAUX")
        case "n":
            return Cell(f"{box.value:.15g}".replace(".", ","))
    return Cell(str(box.value).replace("_x005F_", "_").replace("_x000D_\n", "\n"))
