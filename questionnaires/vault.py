"""The vault of proofs: the same bytes are kept once per organisation, under a key that says nothing."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Sum

from accounts.models import Organisation, User
from kit.templatetags.french import filesize_fr
from questionnaires import scanning
from questionnaires.contents import FileRefused
from questionnaires.filetypes import Examined, examine
from questionnaires.links import check_address
from questionnaires.models import Evidence, EvidenceRevision, ExpectedProof, Sheet, Upload

LINK_TYPE = "text/uri-list"


@dataclass(frozen=True)
class Dates:
    """What the dates of a proof are, each None when unknown: delivered, collected by the éditeur, last day of validity."""

    issued_on: dt.date | None = None
    collected_on: dt.date | None = None
    expires_on: dt.date | None = None


NO_DATE = Dates()


@dataclass(frozen=True)
class Deposited:
    """A revision of the vault; `is_new` is false when it already held the same bytes."""

    revision: EvidenceRevision
    is_new: bool


def deposit(
    organisation: Organisation, uploaded_file: File, *, title: str, kind: str, user: User, dates: Dates = NO_DATE
) -> EvidenceRevision:
    """Keep a file as a proof, or return the revision that already holds the same bytes in this organisation."""
    return keep(organisation, uploaded_file, title=title, kind=kind, user=user, dates=dates).revision


def keep(
    organisation: Organisation, uploaded_file: File, *, title: str, kind: str, user: User, dates: Dates = NO_DATE
) -> Deposited:
    """Keep a file as a proof, or find the one that already holds the same bytes in this organisation.

    `title` defaults to the name of the file, `kind` is an `ExpectedProof.Kind`. Raises FileRefused when the file
    cannot be a proof, ValueError when the kind is unknown.
    """
    _check_kind(kind)
    examined = examine(uploaded_file, max_bytes=settings.EVIDENCE_MAX_BYTES)
    name = title.strip() or PurePosixPath(examined.name).stem
    return _deposit(organisation, uploaded_file, examined, title=name, kind=kind, user=user, dates=dates)


def keep_link(organisation: Organisation, address: str, *, title: str, user: User, dates: Dates = NO_DATE) -> Deposited:
    """Keep the address of a public page as a proof; nothing is fetched. Raises FileRefused for another shape."""
    address = check_address(address)
    file, examined = _link(address)
    name = title.strip() or address.removeprefix("https://")[:200]
    kind = ExpectedProof.Kind.LINK
    return _deposit(organisation, file, examined, title=name, kind=kind, user=user, dates=dates, address=address)


def replace(evidence: Evidence, file: File | str, *, user: User, dates: Dates = NO_DATE) -> EvidenceRevision:
    """Keep a new revision of a proof: a file, or the address of a page. Those already given stay where they are.

    Raises FileRefused when it cannot be a proof, or when the vault already holds the same bytes.
    """
    address = ""
    if isinstance(file, str):
        address = check_address(file)
        file, examined = _link(address)
    else:
        examined = examine(file, max_bytes=settings.EVIDENCE_MAX_BYTES)
    with transaction.atomic():
        _lock(evidence.organisation)
        known = _known(evidence.organisation, examined)
        if known is not None:
            raise FileRefused(
                f"Le fichier « {examined.name} » est déjà déposé sous le nom « {known.evidence.title} » "
                f"(révision {known.number}) : ce ne serait pas une nouvelle version."
            )
        return _keep(evidence, file, examined, user, dates, address=address)


def describe(evidence: Evidence, *, title: str, kind: str, dates: Dates) -> None:
    """Change the name and the nature of a proof, and the dates of its latest revision; the bytes stay."""
    _check_kind(kind)
    with transaction.atomic():
        _lock(evidence.organisation)
        evidence.title, evidence.kind = title.strip(), kind
        evidence.save(update_fields=["title", "kind"])
        latest = evidence.revisions.order_by("-number").first()
        if latest is not None:
            EvidenceRevision.objects.filter(pk=latest.pk).update(**asdict(dates))


def of_organisation(organisation: Organisation) -> models.QuerySet[EvidenceRevision]:
    """The revisions an organisation may give again, by title: the latest of each proof, unless it is infected."""
    newer = EvidenceRevision.objects.filter(evidence=OuterRef("evidence"), number__gt=OuterRef("number"))
    return (
        EvidenceRevision.objects.filter(~Exists(newer), evidence__organisation=organisation)
        .exclude(scan=EvidenceRevision.Scan.INFECTED)
        .select_related("evidence")
        .order_by("evidence__title", "evidence_id")
    )


def revisions_of(organisation: Organisation) -> models.QuerySet[EvidenceRevision]:
    """Every revision of the vault of an organisation."""
    return EvidenceRevision.objects.filter(evidence__organisation=organisation).select_related("evidence")


def found(organisation: Organisation, query: str) -> models.QuerySet[EvidenceRevision]:
    """The revisions an organisation may give again whose title, file name or address holds these words."""
    named = models.Q(original_name__icontains=query) | models.Q(address__icontains=query)
    return of_organisation(organisation).filter(models.Q(evidence__title__icontains=query) | named)


def room_taken(organisation: Organisation) -> int:
    """Return the bytes that an organisation occupies: what it keeps, and what it has announced to send."""
    kept = EvidenceRevision.objects.filter(evidence__organisation=organisation).aggregate(sum=Sum("size"))["sum"]
    coming = Upload.objects.filter(organisation=organisation).aggregate(sum=Sum("length"))["sum"]
    return (kept or 0) + (coming or 0)


def check_room(organisation: Organisation, size: int, name: str) -> None:
    """Refuse what would take an organisation beyond its quota."""
    if room_taken(organisation) + size > settings.EVIDENCE_QUOTA_BYTES:
        limit = filesize_fr(settings.EVIDENCE_QUOTA_BYTES)
        raise FileRefused(
            f"Le fichier « {name} » ne tient plus dans le coffre de votre organisation, limité à {limit} : "
            "écrivez au support pour l'agrandir."
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

    It stays readable once the éditeur has withdrawn or replaced it in the sheet: it may have been judged.
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


def _check_kind(kind: str) -> None:
    if kind not in ExpectedProof.Kind.values:
        raise ValueError(f"« {kind} » n'est pas une nature de preuve")


def _link(address: str) -> tuple[File, Examined]:
    """Return the bytes that stand for an address, as they are hashed, attached to the dossier and downloaded."""
    content = f"{address}\r\n".encode()
    name = f"{address.split('/')[2][:120]}.uri"
    return ContentFile(content, name=name), Examined(name, LINK_TYPE, len(content), hashlib.sha256(content).hexdigest())


def _lock(organisation: Organisation) -> None:
    """Let the deposits of an organisation wait for one another: neither bytes nor room are counted twice."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)


def _known(organisation: Organisation, examined: Examined) -> EvidenceRevision | None:
    rows = EvidenceRevision.objects.filter(evidence__organisation=organisation, sha256=examined.sha256)
    known = rows.select_related("evidence").first()
    if known is not None and known.is_infected:
        raise FileRefused(f"Le fichier « {examined.name} » a été reconnu dangereux par l'antivirus : il est refusé.")
    return known


@transaction.atomic
def _deposit(
    organisation: Organisation, file: File, examined: Examined, *, title: str, kind: str, user: User, **more: Any
) -> Deposited:
    _lock(organisation)
    known = _known(organisation, examined)
    if known is not None:
        return Deposited(known, is_new=False)
    evidence = Evidence.objects.create(organisation=organisation, title=title[:200], kind=kind)
    return Deposited(_keep(evidence, file, examined, user, **more), is_new=True)


def _keep(
    evidence: Evidence, file: File, examined: Examined, user: User, dates: Dates = NO_DATE, address: str = ""
) -> EvidenceRevision:
    check_room(evidence.organisation, examined.size, examined.name)
    latest = evidence.revisions.aggregate(last=models.Max("number"))["last"] or 0
    revision = EvidenceRevision.objects.create(
        evidence=evidence,
        number=latest + 1,
        file=File(file.file, name=examined.name),
        original_name=examined.name,
        media_type=examined.media_type,
        size=examined.size,
        sha256=examined.sha256,
        address=address,
        scan=scanning.first_state(),
        deposited_by=user,
        **asdict(dates),
    )
    transaction.on_commit(scanning.ring)
    return revision
