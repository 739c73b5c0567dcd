"""Big files by pieces: the server side of tus 1.0.0 (core, creation, termination, checksum, expiration).

Chosen over a package: those for Django are no longer kept up (docs/adr/0016). The address of an upload is known to the
person who opened it, and to nobody else.
"""

import base64
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_http_methods

from accounts.models import Organisation
from accounts.requests import SignedRequest
from questionnaires import uploads
from questionnaires.contents import FileRefused
from questionnaires.models import Upload
from referencing import access

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,checksum,termination"
OFFSET_TYPE = "application/offset+octet-stream"
CHECKSUM_MISMATCH = 460  # tus gives it no name


class Answer(Exception):
    """What is said in place of the normal answer: a status and, when a person will read it, a sentence."""

    def __init__(self, status: int, sentence: str = "") -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


@require_http_methods(["OPTIONS", "POST"])
def collection(request: SignedRequest, siren: str) -> HttpResponse:
    organisation = access.get_organisation(request.user, siren)
    if request.method == "OPTIONS":
        return _capacities()
    return _answered(lambda: _create(request, organisation))


@require_http_methods(["OPTIONS", "HEAD", "PATCH", "DELETE", "POST"])
def one(request: SignedRequest, siren: str, public_id: UUID) -> HttpResponse:
    organisation = access.get_organisation(request.user, siren)
    method = _method(request)
    if method == "OPTIONS":
        return _capacities()
    upload = get_object_or_404(Upload.objects.of(organisation, request.user), public_id=public_id)
    actions = {"HEAD": _head, "PATCH": _patch, "DELETE": _delete}
    if method not in actions:
        return _said(Answer(405))
    return _answered(lambda: _alive(request, upload, actions[method]))


def _method(request: SignedRequest) -> str:
    """The method asked for: some networks let only GET and POST through. A GET never stands for another."""
    if request.method == "POST":
        return request.headers.get("X-HTTP-Method-Override", "POST").upper()
    return str(request.method)


def _capacities() -> HttpResponse:
    response = _said(Answer(204))
    response["Tus-Version"] = VERSION
    response["Tus-Extension"] = EXTENSIONS
    response["Tus-Max-Size"] = str(settings.EVIDENCE_MAX_BYTES)
    response["Tus-Checksum-Algorithm"] = ",".join(uploads.DIGESTS)
    return response


def _answered(action: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return action()
    except Answer as answer:
        return _said(answer)


def _said(answer: Answer) -> HttpResponse:
    response = HttpResponse(answer.sentence, status=answer.status, content_type="text/plain; charset=utf-8")
    response["Tus-Resumable"] = VERSION
    response["Cache-Control"] = "no-store"
    if answer.status == 412:
        response["Tus-Version"] = VERSION
    return response


def _check_version(request: SignedRequest) -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise Answer(412, f"Ce serveur parle tus {VERSION}.")


def _create(request: SignedRequest, organisation: Organisation) -> HttpResponse:
    _check_version(request)
    length = _number(request, "Upload-Length")
    name = _metadata(request.headers.get("Upload-Metadata", "")).get("filename", "")
    status = 413 if length > settings.EVIDENCE_MAX_BYTES else 422
    try:
        upload = uploads.announce(organisation, request.user, name=name, length=length)
    except FileRefused as refused:
        raise Answer(status, refused.sentence) from refused
    response = _progress(201, upload)
    response["Location"] = reverse("referencing:upload", args=[organisation.siren, upload.public_id])
    return response


def _alive(
    request: SignedRequest, upload: Upload, action: Callable[[SignedRequest, Upload], HttpResponse]
) -> HttpResponse:
    _check_version(request)
    if upload.expires_at <= timezone.now():
        raise Answer(410, "Cet envoi a attendu trop longtemps : recommencez-le.")
    return action(request, upload)


def _head(_request: SignedRequest, upload: Upload) -> HttpResponse:
    response = _progress(200, upload)
    response["Upload-Length"] = str(upload.length)
    return response


def _patch(request: SignedRequest, upload: Upload) -> HttpResponse:
    if request.content_type != OFFSET_TYPE:
        raise Answer(415, f"Le corps d'un envoi est de type {OFFSET_TYPE}.")
    offset, announced = _number(request, "Upload-Offset"), _number(request, "Content-Length")
    if offset != upload.offset:
        raise Answer(409, "Ces octets ne suivent pas ceux qui sont arrivés.")
    if offset + announced > upload.length:
        raise Answer(413, "Ce fichier est plus gros qu'annoncé.")
    try:
        upload = uploads.append(upload, request, offset=offset, most=announced, checksum=_checksum(request))
    except uploads.Misplaced as misplaced:
        raise Answer(409, "Ces octets ne suivent pas ceux qui sont arrivés.") from misplaced
    except uploads.Corrupted as corrupted:
        raise Answer(CHECKSUM_MISMATCH, "Ces octets ont été altérés en chemin.") from corrupted
    return _progress(204, upload)


def _delete(_request: SignedRequest, upload: Upload) -> HttpResponse:
    uploads.terminate(upload)
    return _said(Answer(204))


def _progress(status: int, upload: Upload) -> HttpResponse:
    response = _said(Answer(status))
    response["Upload-Offset"] = str(upload.offset)
    response["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    return response


def _number(request: SignedRequest, header: str) -> int:
    """Read a whole number of octets; larger than any file stays a number, so that it gets its sentence."""
    raw = request.headers.get(header, "")
    if not (raw.isascii() and raw.isdigit() and len(raw) < 19):
        raise Answer(400, f"{header} doit être un nombre d'octets.")
    return int(raw)


def _metadata(header: str) -> dict[str, str]:
    """Read Upload-Metadata: names followed by values in base64, separated by commas."""
    found = {}
    for pair in filter(None, (one.strip() for one in header.split(","))):
        key, _, value = pair.partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except ValueError:
            raise Answer(400, "Upload-Metadata n'est pas lisible.") from None
    return found


def _checksum(request: SignedRequest) -> uploads.Checksum | None:
    header = request.headers.get("Upload-Checksum", "")
    if not header:
        return None
    algorithm, _, value = header.partition(" ")
    try:
        raw = base64.b64decode(value, validate=True)
    except ValueError:
        raise Answer(400, "Upload-Checksum n'est pas lisible.") from None
    if algorithm not in uploads.DIGESTS:
        raise Answer(400, f"Upload-Checksum se calcule en {' ou '.join(uploads.DIGESTS)}.")
    return uploads.Checksum(algorithm, raw)
