"""Workbooks made by hand, good and bad."""

import zipfile
from collections.abc import Sequence
from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from questionnaires.workbooks import ods, xlsx
from questionnaires.workbooks.book import Book, Row
from questionnaires.workbooks.columns import COLUMNS, NEVER_ANSWERED
from questionnaires.workbooks.intake import Reading, take_in

WRITERS = {"xlsx": xlsx.write, "ods": ods.write}
HEAD = ("ID", "Réponse", "Explication", "Édition")
NEVER = NEVER_ANSWERED


def book(*answers: tuple[str, str, str]) -> Book:
    """A book whose lines say (code, answer, explanation), the rest filled with anything."""
    rows: list[Row] = []
    for rank, (code, value, comment) in enumerate(answers, start=1):
        row = {column.name: f"{column.name} {rank}" for column in COLUMNS}
        row |= {"ID": code, "Réponse": value, "Motif": "", "Explication": comment, "Édition": NEVER}
        rows.append(tuple(row.values()))
    return Book(("Mode d'emploi", ""), tuple(rows), ())


def uploaded(content: bytes, name: str = "reponses.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def read(made: Book, kind: str) -> Reading:
    return take_in(uploaded(WRITERS[kind](made), f"reponses.{kind}"))


def sheet(*rows: Sequence[object], title: str = "Exigences", others: Sequence[str] = ()) -> bytes:
    """A workbook of Excel whose sheet has these rows, headings included."""
    workbook = Workbook()
    workbook.active.title = title
    for row in rows:
        workbook.active.append(list(row))
    for other in others:
        workbook.create_sheet(other)
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def with_entries(content: bytes, entries: dict[str, bytes]) -> bytes:
    """The same archive, with more in it, or with an entry replaced."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in entries:
                new.writestr(entry, old.read(entry))
        for name, body in entries.items():
            new.writestr(name, body)
    return stream.getvalue()


def ods_content(*, cells: str = "", before: str = "", encoding: str = "UTF-8") -> bytes:
    """The content.xml of a sheet « Exigences »: headings, then one row of these cells."""
    names = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{name}</text:p></table:table-cell>' for name in HEAD
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><office:document-content {spaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="Exigences">{before}<table:table-row>{names}</table:table-row>'
        f"<table:table-row>{cells}</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return text.encode(encoding if encoding != "UTF-8" else "utf-8")


def an_ods(content: bytes) -> bytes:
    return with_entries(ods.write(book(("ADM-02", "", ""))), {"content.xml": content})


DAY = date(2026, 3, 12)
