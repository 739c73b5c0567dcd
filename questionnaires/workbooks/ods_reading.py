"""Reading a workbook in the open format, row by row: the whole document is never held.

No library reads it so: the few that are still kept load it whole, and unroll what a file says it repeats.
"""

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import iterparse

from questionnaires.workbooks.cells import Cell, Fault, Sheet
from questionnaires.workbooks.ods import qualified

LINKED = ("table-source", "cell-range-source", "dde-source", "dde-link")
MOST_TEXT = 100_000  # characters of a cell; a few bytes may announce millions of blanks


class LinkedElsewhere(Exception):
    """The workbook takes cells from another file."""


def read(content: BinaryIO, *, most_columns: int) -> Iterator[Sheet]:
    """Give the sheets of a workbook, each with its rows. Raises LinkedElsewhere when it takes cells from another file."""
    archive = ZipFile(content)  # left open: the rows are read after this generator is done
    for rank, title in enumerate(list(_titles(archive))):
        yield Sheet(title, _rows(archive, rank, most_columns))


def _titles(archive: ZipFile) -> Iterator[str]:
    with archive.open("content.xml") as stream:
        for event, element in iterparse(stream, ("start", "end")):
            local = element.tag.rpartition("}")[2]
            if event == "start" and local in LINKED:
                raise LinkedElsewhere
            if event == "start" and element.tag == qualified("table:table"):
                yield element.get(qualified("table:name"), "")
            elif event == "end" and element.tag == qualified("table:table-row"):
                element.clear()


def _rows(archive: ZipFile, wanted: int, most_columns: int) -> Iterator[tuple[int, list[Cell]]]:
    rank, number = -1, 0
    with archive.open("content.xml") as stream:
        for event, element in iterparse(stream, ("start", "end")):
            if event == "start":
                rank += element.tag == qualified("table:table")
            elif element.tag == qualified("table:table-row"):
                if rank == wanted:
                    cells = list(_of_row(element, most_columns))
                    times = int(element.get(qualified("table:number-rows-repeated"), "1"))
                    if all(cell.is_blank for cell in cells):
                        number += times
                    else:
                        yield from ((number + step, cells) for step in range(1, times + 1))
                        number += times
                element.clear()


def _of_row(row: Element, most_columns: int) -> Iterator[Cell]:
    given = 0
    for box in row:
        if box.tag not in (qualified("table:table-cell"), qualified("table:covered-table-cell")):
            continue
        cell = _cell(box)
        times = min(int(box.get(qualified("table:number-columns-repeated"), "1")), most_columns - given)
        yield from (cell for _ in range(times))
        given += times
        if given >= most_columns:
            return


def _cell(box: Element) -> Cell:
    kind = box.get(qualified("office:value-type"), "")
    if box.get(qualified("table:formula")):
        return Cell(fault=Fault.FORMULA)
    if kind in ("date", "time"):
        return Cell(fault=Fault.DATE)
    if kind == "boolean":
        return Cell("VRAI" if box.get(qualified("office:boolean-value")) == "true" else "FAUX")
    if kind in ("float", "percentage", "currency"):
        return Cell(f"{float(box.get(qualified('office:value'), '0')):.15g}".replace(".", ","))
    lines = [_line(paragraph) for paragraph in box.findall(qualified("text:p"))]
    return Cell("\n".join(lines)[:MOST_TEXT] or box.get(qualified("office:string-value"), ""))


def _line(paragraph: Element) -> str:
    parts, length = [], 0
    for part in _text(paragraph):
        parts.append(part)
        length += len(part)
        if length > MOST_TEXT:
            break
    return "".join(parts)


def _text(element: Element) -> Iterator[str]:
    """The text of a paragraph; a remark put beside it is not part of it."""
    yield element.text or ""
    for child in element:
        if child.tag == qualified("text:s"):
            yield " " * min(int(child.get(qualified("text:c"), "1")), MOST_TEXT)
        elif child.tag == qualified("text:tab"):
            yield "\t"
        elif child.tag == qualified("text:line-break"):
            yield "\n"
        elif child.tag not in (qualified("office:annotation"), qualified("text:note")):
            yield from _text(child)
        yield child.tail or ""
