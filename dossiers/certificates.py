"""The ANS certificates of a dossier: as they were filed, and what support said of them when it admitted the file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dossiers.pieces import Piece
from questionnaires.applicability import CERTIFICATES


@dataclass(frozen=True)
class Certificate:
    """A certificate that dispenses of criteria. `checked_at` is None when nobody checked it before the event."""

    name: str
    number: str
    issuer: str
    product: str
    edition: str
    issued_on: date
    valid_until: date
    checked_at: datetime | None
    piece: Piece | None


def certificates(
    sheet: Mapping[str, Any], checks: Iterable[Mapping[str, Any]], pieces: Mapping[str, Piece]
) -> list[Certificate]:
    """Return the certificates of a snapshot; `checks` are those of the act of admission."""
    checked = {(one["kind"], one["number"]): datetime.fromisoformat(one["checked_at"]) for one in checks}
    return [
        Certificate(
            name=CERTIFICATES[one["kind"]][1],
            number=one["number"],
            issuer=one["issuer"],
            product=f"{one['product']}, version {one['product_version']}",
            edition=one["edition"],
            issued_on=date.fromisoformat(one["issued_on"]),
            valid_until=date.fromisoformat(one["valid_until"]),
            checked_at=checked.get((one["kind"], one["number"])),
            piece=pieces.get(one["proof"]["sha256"]),
        )
        for one in sheet.get("certificates", [])
    ]
