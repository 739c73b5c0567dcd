"""Certificates given to a sheet through the service that the pages use."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Organisation, User
from questionnaires import sheets, vault
from questionnaires.models import Certificate, Sheet


def given(sheet: Sheet, kind: str = "DMN", **changes: object) -> sheets.Given:
    """A certificate delivered a month ago for three years, of the latest edition known to the version."""
    today = timezone.localdate()
    usual: dict[str, object] = {
        "number": f"{kind}-2026-114",
        "issuer": "Agence du numérique en santé",
        "product": "Glyco",
        "product_version": "4.2",
        "edition": sheets.editions_of(sheet, kind)[-1][0],
        "issued_on": today - dt.timedelta(days=30),
        "valid_until": today + dt.timedelta(days=1065),
    }
    return sheets.Given(**{**usual, **changes})  # type: ignore[arg-type]


def certify(sheet: Sheet, organisation: Organisation, user: User, kind: str = "DMN", **changes: object) -> Certificate:
    file = SimpleUploadedFile(f"certificat-{kind.lower()}.txt", f"Certificat {kind}".encode())
    revision = vault.deposit(organisation, file, title=f"Certificat {kind}", kind="CERT", user=user)
    return sheets.save_certificate(sheet, kind, given(sheet, kind, **changes), revision=revision, user=user)


def certify_as_declared(sheet: Sheet, organisation: Organisation, user: User) -> None:
    """Give every certificate that the orientation declares."""
    for kind in sheets.kinds_asked(sheet):
        certify(sheet, organisation, user, kind)


def check_all(sheet: Sheet, user: User) -> None:
    """Let support accept every certificate of a sheet."""
    for certificate in sheets.certificates_of(sheet):
        sheets.check_certificate(certificate, accepted=True, motive="", user=user)
