"""Giving, correcting and withdrawing a certificate; checking one. Each change is made under the lock of the sheet."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from questionnaires.applicability import certificates_held
from questionnaires.models import Certificate, EvidenceRevision, Sheet
from questionnaires.sheets.answering import AnswerRefused
from questionnaires.sheets.opening import locked
from questionnaires.sheets.settling import settle

FROZEN = "La candidature est déposée : ses certificats ne peuvent plus changer."
INFECTED = "Le fichier « {name} » contient un virus : il ne peut pas servir de preuve."


@dataclass(frozen=True)
class Given:
    """What a certificate says of itself. `edition` is a code of `Version.certifications`."""

    number: str
    issuer: str
    product: str
    product_version: str
    edition: str
    issued_on: dt.date
    valid_until: dt.date


@transaction.atomic
def save_certificate(sheet: Sheet, kind: str, given: Given, *, revision: EvidenceRevision, user: User) -> Certificate:
    """Give the certificate of a kind, or put another in its place: what support said of the former one is forgotten.

    The caller has checked that the proof belongs to the organisation. Raises AnswerRefused when the sheet is frozen, the
    edition unknown, or the file infected.
    """
    row = _open(sheet)
    if given.edition not in {one["code"] for one in row.version.certifications if one["kind"] == kind}:
        raise AnswerRefused("Ce référentiel de certification n'est pas l'un de ceux proposés.")
    if revision.scan == EvidenceRevision.Scan.INFECTED:
        raise AnswerRefused(INFECTED.format(name=revision.original_name))
    known = Certificate.objects.filter(sheet=row, kind=kind).first()
    certificate = known or Certificate(sheet=row, kind=kind)
    for name, value in asdict(given).items():
        setattr(certificate, name, value)
    certificate.revision, certificate.entered_by = revision, user
    _reviewed(certificate, Certificate.Review.TO_CHECK)
    settle(row)
    return certificate


@transaction.atomic
def remove_certificate(sheet: Sheet, kind: str) -> bool:
    """Withdraw a certificate; its file stays in the vault. Return False when there is none. Raises AnswerRefused."""
    row = _open(sheet)
    deleted, _ = Certificate.objects.filter(sheet=row, kind=kind).delete()
    settle(row)
    return bool(deleted)


@transaction.atomic
def check_certificate(certificate: Certificate, *, accepted: bool, motive: str, user: User) -> Certificate:
    """Write what support found. Raises AnswerRefused for a refusal without a motive."""
    row = locked(certificate.sheet)
    fresh = Certificate.objects.get(pk=certificate.pk)
    if not accepted and not motive.strip():
        raise AnswerRefused("Dites pourquoi le certificat est refusé : l'éditeur doit pouvoir le corriger.")
    fresh.checked_by, fresh.checked_at = user, timezone.now()
    review = Certificate.Review.ACCEPTED if accepted else Certificate.Review.REFUSED
    _reviewed(fresh, review, motive="" if accepted else motive.strip())
    settle(row)
    return fresh


def certificates_of(sheet: Sheet) -> list[Certificate]:
    """Return the certificates of a sheet with their files. One query."""
    return list(Certificate.objects.filter(sheet=sheet.pk).select_related("revision__evidence", "checked_by"))


def kinds_asked(sheet: Sheet) -> list[str]:
    """Return the kinds of certificates that the orientation declares, in the order of their names."""
    return sorted(certificates_held(sheet.facts))


def editions_of(sheet: Sheet, kind: str) -> list[tuple[str, str]]:
    """Return the editions of a kind known to the version of a sheet: (code, title) pairs."""
    return [(one["code"], one["title"]) for one in sheet.version.certifications if one["kind"] == kind]


def filed_certificates(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the certificates as plain JSON, for the snapshot of a dépôt: those that the orientation declares."""
    declared = certificates_held(sheet.facts)
    return [_filed(sheet, one) for one in certificates_of(sheet) if one.kind in declared] if declared else []


def _filed(sheet: Sheet, certificate: Certificate) -> dict[str, Any]:
    revision = certificate.revision
    return {
        "kind": certificate.kind,
        "number": certificate.number,
        "issuer": certificate.issuer,
        "product": certificate.product,
        "product_version": certificate.product_version,
        "edition": dict(editions_of(sheet, certificate.kind)).get(certificate.edition, certificate.edition),
        "issued_on": certificate.issued_on.isoformat(),
        "valid_until": certificate.valid_until.isoformat(),
        "review": certificate.review,
        "proof": {
            "public_id": str(revision.public_id),
            "title": revision.evidence.title,
            "original_name": revision.original_name,
            "sha256": revision.sha256,
            "size": revision.size,
            "media_type": revision.media_type,
        },
    }


def _open(sheet: Sheet) -> Sheet:
    row = locked(sheet)
    if row.writing != Sheet.Writing.OPEN:
        raise AnswerRefused(FROZEN)
    return row


def _reviewed(certificate: Certificate, review: str, *, motive: str = "") -> Certificate:
    certificate.review, certificate.motive = review, motive
    if review == Certificate.Review.TO_CHECK:
        certificate.checked_by, certificate.checked_at = None, None
    certificate.save()
    return certificate
