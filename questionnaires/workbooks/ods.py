"""Writing a workbook in the open format (OpenDocument): the skeleton beside says the styles, this module adds the tables."""

import re
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from defusedxml.ElementTree import fromstring

from questionnaires.workbooks.book import Book, Row, Value
from questionnaires.workbooks.columns import ANSWER, COLUMNS, GUIDE, LABELS, PROOF_COLUMNS, PROOFS, REQUIREMENTS, Column

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
SKELETON = Path(__file__).parent / "skeleton"
SPACES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text", "style")
} | {"fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"}
BLANKS = re.compile(r" {2,}|^ | $")


def qualified(name: str) -> str:
    """Return the whole name of an element or attribute: `"text:p"`."""
    space, _, local = name.partition(":")
    return f"{{{SPACES[space]}}}{local}"


def write(book: Book) -> bytes:
    """Return the bytes of the workbook: the same three sheets as in the other format."""
    for name, space in SPACES.items():
        register_namespace(name, space)
    content = fromstring((SKELETON / "content.xml").read_bytes())
    sheet = next(content.iter(qualified("office:spreadsheet")))
    admitted = ";".join(f'"{label}"' for label in LABELS)
    next(content.iter(qualified("table:content-validation"))).set(
        qualified("table:condition"), f"cell-content-is-in-list({admitted})"
    )
    widths = _Widths(next(content.iter(qualified("office:automatic-styles"))))
    guide = _table(sheet, GUIDE, widths, (Column(GUIDE, 120),))
    for number, line in enumerate(book.guide):
        _cells(SubElement(guide, qualified("table:table-row")), (line,), ("line" if number else "title",))
    for title, columns, rows in (
        (REQUIREMENTS, COLUMNS, book.requirements),
        (PROOFS, PROOF_COLUMNS, book.proofs),
    ):
        _fill(_table(sheet, title, widths, columns), columns, rows)
    return _packed(tostring(content, encoding="utf-8", xml_declaration=True))


def _packed(content: bytes) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MEDIA_TYPE, ZIP_STORED)
        archive.writestr("content.xml", content)
        for name in ("styles.xml", "settings.xml"):
            archive.write(SKELETON / name, name)
        archive.write(SKELETON / "manifest.xml", "META-INF/manifest.xml")
    return stream.getvalue()


class _Widths:
    """A style of column for each width, made the first time it is asked for. The skeleton has no place for data."""

    def __init__(self, styles: Element) -> None:
        self.styles = styles
        self.known: set[int] = set()

    def __call__(self, width: int) -> str:
        name = f"width-{width}"
        if width not in self.known:
            self.known.add(width)
            style = SubElement(self.styles, qualified("style:style"))
            style.set(qualified("style:name"), name)
            style.set(qualified("style:family"), "table-column")
            SubElement(style, qualified("style:table-column-properties")).set(
                qualified("style:column-width"), f"{width * 0.19:.2f}cm"
            )
        return name


def _table(sheet: Element, title: str, widths: _Widths, columns: tuple[Column, ...]) -> Element:
    table = SubElement(sheet, qualified("table:table"))
    for name, value in (("name", title), ("style-name", "sheet"), ("protected", "true")):
        table.set(qualified(f"table:{name}"), value)
    for column in columns:
        SubElement(table, qualified("table:table-column")).set(qualified("table:style-name"), widths(column.width))
    return table


def _fill(table: Element, columns: tuple[Column, ...], rows: tuple[Row, ...]) -> None:
    head = SubElement(SubElement(table, qualified("table:table-header-rows")), qualified("table:table-row"))
    _cells(
        head,
        tuple(column.name for column in columns),
        tuple("head-open" if column.open else "head" for column in columns),
    )
    styles = tuple("open" if column.open else "locked" for column in columns)
    answer = columns.index(ANSWER) if ANSWER in columns else None
    for row in rows:
        boxes = _cells(SubElement(table, qualified("table:table-row")), row, styles)
        if answer is not None:
            boxes[answer].set(qualified("table:content-validation-name"), "answers")


def _cells(row: Element, values: tuple[Value, ...], styles: tuple[str, ...]) -> list[Element]:
    row.set(qualified("table:style-name"), "row")
    boxes = []
    for value, style in zip(values, styles, strict=True):
        box = SubElement(row, qualified("table:table-cell"))
        box.set(qualified("table:style-name"), style)
        if isinstance(value, int):
            box.set(qualified("office:value-type"), "float")
            box.set(qualified("office:value"), str(value))
            SubElement(box, qualified("text:p")).text = str(value)
        elif value:
            # A text is said to be one: nothing in it can be read as a formula.
            box.set(qualified("office:value-type"), "string")
            for line in value.split("\n"):
                _paragraph(SubElement(box, qualified("text:p")), line)
        boxes.append(box)
    return boxes


def _paragraph(paragraph: Element, line: str) -> None:
    """Write a line; the format merges blanks unless each is named."""
    at, last = 0, None
    for found in [*BLANKS.finditer(line), None]:
        text = line[at : found.start() if found else len(line)]
        if last is None:
            paragraph.text = text
        else:
            last.tail = text
        if found:
            last = SubElement(paragraph, qualified("text:s"))
            last.set(qualified("text:c"), str(len(found.group())))
            at = found.end()
