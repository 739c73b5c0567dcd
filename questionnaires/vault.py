"""The vault of proofs: the same bytes are kept once per organisation, under a key that says nothing."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import models, transaction

from accounts.models import Organisation, User
from questionnaires.filetypes import Examined, examine
from questionnaires.models import Evidence, EvidenceRevision, ExpectedProof, Sheet


def deposit(
    organisation: Organisation,
    uploaded_file: File,
    *,
    title: str,
    kind: str,
    user: User,
    expires_on: dt.date | None = None,
) -> EvidenceRevision:
    """Keep a file as a proof, or return the revision that already holds the same bytes in this organisation.

    `title` defaults to the name of the file, `kind` is an `ExpectedProof.Kind`. Raises FileRefused when the file
    cannot be a proof, ValueError when the kind is unknown.
    """
    if kind not in ExpectedProof.Kind.values:
        raise ValueError(f"« {kind} » n'est pas une nature de preuve")
    examined = examine(uploaded_file, max_bytes=settings.EVIDENCE_MAX_BYTES)
    with transaction.atomic():
        Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        known = of_organisation(organisation).filter(sha256=examined.sha256).first()
        if known is not None:
            return known
        evidence = Evidence.objects.create(
            organisation=organisation,
            title=title.strip() or PurePosixPath(examined.name).stem,
            kind=kind,
            expires_on=expires_on,
        )
        return _keep(evidence, uploaded_file, examined, user)


def of_organisation(organisation: Organisation) -> models.QuerySet[EvidenceRevision]:
    """The revisions an organisation may give again, by title."""
    return (
        EvidenceRevision.objects.filter(evidence__organisation=organisation)
        .select_related("evidence")
        .order_by("evidence__title", "evidence_id", "-number")
    )


def used_in(sheet: Sheet, public_id: str | uuid.UUID) -> EvidenceRevision | None:
    """Return the revision that a sheet gives as a proof, None when it gives no such one."""
    try:
        key = uuid.UUID(str(public_id))
    except ValueError:
        return None
    given = models.Q(uses__answer__sheet=sheet) | models.Q(certificates__sheet=sheet)
    return EvidenceRevision.objects.filter(given, public_id=key).select_related("evidence").first()


def filed_in(snapshots: Iterable[dict[str, Any]], public_id: str | uuid.UUID) -> EvidenceRevision | None:
    """Return the revision that one of these snapshots (questionnaires.sheets.snapshot) gives as a proof or as a
    certificate, None otherwise.

    It stays readable once the éditeur has withdrawn it from the sheet: it may have been judged.
    """
    if not any(str(public_id) in _quoted(snapshot) for snapshot in snapshots):
        return None
    return EvidenceRevision.objects.filter(public_id=public_id).select_related("evidence").first()


def _quoted(snapshot: dict[str, Any]) -> Iterator[str]:
    """The public identifiers of every file that a snapshot quotes."""
    for questionnaire in snapshot["questionnaires"]:
        for criterion in questionnaire["criteria"]:
            yield from (proof["public_id"] for proof in criterion["proofs"])
    yield from (certificate["proof"]["public_id"] for certificate in snapshot.get("certificates", []))


def _keep(evidence: Evidence, file: File, examined: Examined, user: User) -> EvidenceRevision:
    return EvidenceRevision.objects.create(
        evidence=evidence,
        file=File(file.file, name=examined.name),
        original_name=examined.name,
        media_type=examined.media_type,
        size=examined.size,
        sha256=examined.sha256,
        deposited_by=user,
    )
