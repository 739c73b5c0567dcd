"""The ANS certificates of a candidature: given by the éditeur, checked by support, each change a fact of the journal."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from journal.record import record
from kit.templatetags.french import long_date
from questionnaires import sheets
from questionnaires.applicability import CERTIFICATES
from questionnaires.certificates import fault_of
from questionnaires.models import Certificate, EvidenceRevision
from questionnaires.sheets.covering import as_held
from referencing.delays import rules
from referencing.models import Candidature
from referencing.stages import Stage

# The steps that the law or our targets time, from the dépôt to the decision.
TIMED = ("admissibility", "evaluation", "decision")


class CannotCheckNow(Exception):
    """Support checks certificates while it examines the recevabilité, not before nor after."""


@dataclass(frozen=True)
class Line:
    """A kind of certificate as the page shows it: what is on file, why it is worth nothing, what threatens it."""

    kind: str
    name: str
    is_declared: bool
    certificate: Certificate | None
    edition: str
    fault: str
    warning: str


@transaction.atomic
def save(
    candidature: Candidature, kind: str, given: sheets.Given, *, revision: EvidenceRevision, actor: User
) -> Certificate:
    """Give a certificate, or put another in its place. Raises AnswerRefused."""
    certificate = sheets.save_certificate(candidature.sheet, kind, given, revision=revision, user=actor)
    data = {"kind": kind, "edition": given.edition, "valid_until": given.valid_until.isoformat()}
    record("certificate.saved", candidature.reference, actor=actor, data={**data, "sha256": revision.sha256})
    return certificate


@transaction.atomic
def remove(candidature: Candidature, kind: str, *, actor: User) -> None:
    """Withdraw a certificate; twice does nothing more. Raises AnswerRefused."""
    if sheets.remove_certificate(candidature.sheet, kind):
        record("certificate.removed", candidature.reference, actor=actor, data={"kind": kind})


@transaction.atomic
def check(
    candidature: Candidature, certificate: Certificate, *, accepted: bool, motive: str, actor: User
) -> Certificate:
    """Say what support found. Raises CannotCheckNow outside of the examination, AnswerRefused without a motive."""
    locked = Candidature.objects.locked().get(pk=candidature.pk)
    if locked.stage != Stage.SUBMITTED:
        raise CannotCheckNow("Les certificats se vérifient pendant l'examen de la recevabilité.")
    checked = sheets.check_certificate(certificate, accepted=accepted, motive=motive, user=actor)
    record(
        "certificate.checked",
        candidature.reference,
        actor=actor,
        data={"kind": checked.kind, "review": checked.review, "sha256": checked.revision.sha256},
    )
    return checked


def lines(candidature: Candidature) -> list[Line]:
    """Return the certificates that the orientation declares, and those on file all the same. One query."""
    sheet = candidature.sheet
    day, declared = sheet.frozen_on or timezone.localdate(), sheets.kinds_asked(sheet)
    on_file = {one.kind: one for one in sheets.certificates_of(sheet)}
    return [
        Line(
            kind=kind,
            name=CERTIFICATES[kind][1],
            is_declared=kind in declared,
            certificate=one,
            edition=dict(sheets.editions_of(sheet, kind)).get(one.edition, one.edition) if one else "",
            fault=fault_of(as_held(one), day) if one else "",
            warning=expiry_warning(one, day) if one else "",
        )
        for kind in sorted({*declared, *on_file})
        for one in [on_file.get(kind)]
    ]


def warnings(candidature: Candidature) -> list[str]:
    """Return what threatens the certificates that are valid today: those that expire during the procedure."""
    return [line.warning for line in lines(candidature) if line.warning]


def expiry_warning(certificate: Certificate, day: date) -> str:
    """Return a sentence when a certificate that is valid on `day` expires before a candidature filed then is decided."""
    end = expected_end(day)
    if fault_of(as_held(certificate), day) or certificate.valid_until >= end:
        return ""
    return (
        f"Le certificat {certificate.kind} n° {certificate.number} expire le {long_date(certificate.valid_until)}, avant la fin de la procédure, attendue vers le "
        f"{long_date(end)} : demandez dès maintenant son renouvellement."
    )


def expected_end(day: date) -> date:
    """Return the day by which a candidature filed on `day` should be decided, as our targets go."""
    counted = rules()
    for key in TIMED:
        day = counted[key].after(day)
    return day


def checked_in(candidature: Candidature) -> list[dict[str, Any]]:
    """Return what support checked, as plain JSON for the act of admission."""
    return [
        {"kind": one.kind, "number": one.number, "review": one.review, "checked_at": one.checked_at.isoformat()}
        for one in sheets.certificates_of(candidature.sheet)
        if one.checked_at
    ]
