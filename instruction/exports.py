"""The list of the desk as a file: CSV line by line, XLSX up to a bound. Nothing in it can be read as a formula."""

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from instruction.listing import with_line
from referencing.models import Candidature
from referencing.queries import CandidatureQuerySet
from referencing.stages import Stage
from referencing.works import AWAITED

XLSX_LINES = 20_000
CHUNK = 1000
# What a spreadsheet takes for the beginning of a formula (OWASP, « CSV Injection »).
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
HEADER = (
    "Référence", "Service", "Éditeur", "SIREN", "Parcours", "Étape", "Depuis le", "Déposée le", "Échéance",
    "Qui doit agir", "En charge", "En charge depuis le", "Experts",
)  # fmt: skip
Cell = str | date | None


def lines(rows: CandidatureQuerySet) -> Iterator[tuple[Cell, ...]]:
    """Give the cells of each file, read by chunks."""
    for candidature in with_line(rows).iterator(chunk_size=CHUNK):
        yield _line(candidature)


def _line(candidature: Candidature) -> tuple[Cell, ...]:
    organisation, claim = candidature.organisation, candidature.followed
    awaited_by, _ = AWAITED.get(Stage(candidature.stage), ("", ""))
    return (
        candidature.reference,
        candidature.service.name,
        organisation.name,
        organisation.siren,
        candidature.get_track_display(),
        candidature.stage_label,
        _day(candidature.stage_since),
        _day(candidature.submitted_at),
        candidature.deadline,
        awaited_by,
        str(claim.holder) if claim else "",
        _day(claim.since) if claim else None,
        ", ".join(str(one.expert) for one in candidature.assignments.all()),
    )


def as_csv(rows: CandidatureQuerySet) -> Iterator[str]:
    """Give the file line by line: semicolons and a byte order mark, as a French spreadsheet opens it by itself."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow(HEADER)
    for line in lines(rows):
        yield writer.writerow([_text(cell) for cell in line])


def as_xlsx(rows: CandidatureQuerySet) -> bytes:
    """Return a workbook of the first `XLSX_LINES` files."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Candidatures")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFGHIJKLM", (16, 34, 34, 12, 22, 26, 12, 12, 12, 28, 24, 14, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append(list(HEADER))
    for line in lines(rows[:XLSX_LINES]):
        sheet.append([_boxed(sheet, cell) for cell in line])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def neutral(text: str) -> str:
    """Keep a text from being read as a formula, the way every spreadsheet knows: an apostrophe before it."""
    return f"'{text}" if text.startswith(RISKY) else text


def _text(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else neutral(cell or "")


def _boxed(sheet: Any, cell: Cell) -> Any:
    """Write a text as a text: `=1+1` stays those four characters."""
    if not isinstance(cell, str):
        return cell
    box = WriteOnlyCell(sheet, value=_printable(cell))
    box.data_type = "s"
    return box


def _printable(text: str) -> str:
    """Take out what XML cannot hold."""
    return "".join(sign for sign in text if sign >= " " or sign in "\n\t")


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None


class _Echo:
    """A file that hands back what is written in it."""

    def write(self, text: str) -> str:
        return text


WRITERS: dict[str, tuple[Callable[[CandidatureQuerySet], Iterable[str] | bytes], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
