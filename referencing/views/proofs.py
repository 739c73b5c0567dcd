"""Proofs of a candidature, sent only to those who may read it."""

from django.http import FileResponse, Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from kit import files
from questionnaires.models import EvidenceRevision
from questionnaires.vault import used_in
from referencing import access


def _proof(request: SignedRequest, reference: str, public_id: str) -> EvidenceRevision:
    candidature = access.get_visible(request.user, reference)
    revision = used_in(candidature.sheet, public_id)
    if revision is None or revision.scan in (EvidenceRevision.Scan.INFECTED, EvidenceRevision.Scan.PENDING):
        raise Http404("preuve")
    return revision


@require_safe
def download(request: SignedRequest, reference: str, public_id: str) -> FileResponse:
    proof = _proof(request, reference, public_id)
    return files.attachment(proof.file.open("rb"), name=proof.original_name, media_type=proof.media_type)


@require_safe
def preview(request: SignedRequest, reference: str, public_id: str) -> HttpResponseBase:
    proof = _proof(request, reference, public_id)
    return files.preview(proof.file.open("rb"), name=proof.original_name, media_type=proof.media_type)
