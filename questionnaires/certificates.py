"""What an ANS certificate dispenses of, on a given day. Pure: values in, a verdict and its French sentences out.

A certificate is worth what its edition covers (`Criterion.coverage`), criterion by criterion: the whole, or a part
with a duty that remains. A criterion that it should cover and does not, because it expired, was refused or is not on
file, comes back and says why.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypedDict

from kit.templatetags.french import long_date
from questionnaires.applicability import CERTIFICATES, State, Verdict


class Extent(StrEnum):
    FULL = "full"
    PARTIAL = "partial"


class Row(TypedDict):
    """A line of the coverage table: what one edition of a certificate covers of one criterion."""

    kind: str
    edition: str
    extent: str
    remaining: str


@dataclass(frozen=True)
class Held:
    """A certificate on file, as plain values. It is valid from `issued_on` to `valid_until`, both included."""

    kind: str
    number: str
    edition: str
    issued_on: dt.date
    valid_until: dt.date
    refused: bool = False
    motive: str = ""

    def __str__(self) -> str:
        return f"le certificat {self.kind} n° {self.number}"


@dataclass(frozen=True)
class Holding:
    """What a service holds on a day: the kinds that its orientation declares, and the certificates on file."""

    day: dt.date
    declared: frozenset[str] = frozenset()
    certificates: tuple[Held, ...] = ()

    def valid(self, kind: str) -> Held | None:
        """Return the certificate of this kind that is valid on the day, None when there is none."""
        fit = (one for one in self.certificates if one.kind == kind and not fault_of(one, self.day))
        return next(fit, None)

    def why_not(self, kind: str) -> str:
        """Return why no certificate of this kind is valid on the day, as a clause: « le certificat … a expiré le … »."""
        mine = [one for one in self.certificates if one.kind == kind]
        if mine:
            return fault_of(mine[0], self.day)
        name = CERTIFICATES[kind][1]
        if self.certificates:
            return f"{self.certificates[0]} n'est pas un certificat « {name} »"
        return f"aucun certificat « {name} » n'est joint, alors que l'orientation en déclare un"


def fault_of(certificate: Held, day: dt.date) -> str:
    """Return why a certificate dispenses of nothing on a day, "" when it is valid."""
    if certificate.refused:
        return f"{certificate} a été refusé par le support : {certificate.motive.rstrip('. ')}"
    if day > certificate.valid_until:
        return f"{certificate} a expiré le {long_date(certificate.valid_until)}"
    if day < certificate.issued_on:
        return f"{certificate} ne vaut qu'à partir du {long_date(certificate.issued_on)}"
    return ""


def cover(verdict: Verdict, coverage: Iterable[Row], holding: Holding) -> Verdict:
    """Return what is left of a verdict once the certificates of the day are counted.

    Only the kinds that the orientation declares count. A whole coverage is preferred to a part, whoever gives it.
    """
    rows = [row for row in coverage if row["kind"] in holding.declared]
    if not verdict.applies or not rows:
        return verdict
    worth = sorted(_worth(rows, holding), key=lambda pair: pair[0]["extent"] != Extent.FULL)
    if not worth:
        returned = " ; ".join(_returns(rows, holding))
        return replace(verdict, because=f"{verdict.because} Revient : {returned}.", returned=returned)
    row, certificate = worth[0]
    until = f"{certificate} (valable jusqu'au {long_date(certificate.valid_until)})"
    if row["extent"] == Extent.FULL:
        return Verdict(State.DISPENSED, f"Dispensé par {until}.")
    return replace(verdict, because=f"Dispensé en partie par {until}.", remaining=row["remaining"])


def promise(verdict: Verdict, coverage: Iterable[Row], declared: frozenset[str]) -> Verdict:
    """Return what would be left of a verdict with the certificates declared, each in the newest edition it covers."""
    rows = [row for row in coverage if row["kind"] in declared]
    if not verdict.applies or not rows:
        return verdict
    newest = {kind: max(row["edition"] for row in rows if row["kind"] == kind) for kind in covered_kinds(rows)}
    rows = [row for row in rows if row["edition"] == newest[row["kind"]]]
    row = min(rows, key=lambda one: one["extent"] != Extent.FULL)
    name = f"le certificat de conformité « {CERTIFICATES[row['kind']][1]} »"
    if row["extent"] == Extent.FULL:
        return Verdict(State.DISPENSED, f"Dispensé : {name} couvre ce critère.")
    return replace(verdict, because=f"Dispensé en partie : {name} couvre ce critère.", remaining=row["remaining"])


def covered_kinds(coverage: Sequence[Row]) -> list[str]:
    """Return the kinds of certificates that cover something, in the order of the table."""
    return list(dict.fromkeys(row["kind"] for row in coverage))


def _worth(rows: list[Row], holding: Holding) -> Iterator[tuple[Row, Held]]:
    for row in rows:
        certificate = holding.valid(row["kind"])
        if certificate and certificate.edition == row["edition"]:
            yield row, certificate


def _returns(rows: list[Row], holding: Holding) -> Iterator[str]:
    for kind in covered_kinds(rows):
        certificate = holding.valid(kind)
        lacking = f"{certificate} est d'une édition qui ne couvre pas ce critère"
        yield lacking if certificate else holding.why_not(kind)
