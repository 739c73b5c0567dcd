"""A workbook as it is read, whatever its format: sheets, rows, cells that hold a text or a reason not to be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What a cell holds that is not a text, as the sentence of its refusal names it."""

    FORMULA = "une formule : remplacez-la par du texte"
    DATE = "une date : écrivez-la comme du texte"
    ERROR = "une erreur de calcul : remplacez-la par du texte"


@dataclass(frozen=True)
class Cell:
    text: str = ""
    fault: Fault | None = None

    @property
    def is_blank(self) -> bool:
        return not self.text.strip() and self.fault is None


@dataclass(frozen=True)
class Sheet:
    """`rows` gives each row with its number, as people see it; it can be gone through once."""

    title: str
    rows: Iterator[tuple[int, list[Cell]]]
