"""Proofs of a candidature, sent only to those who may read it."""

from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from questionnaires import serving, vault
from questionnaires.models import EvidenceRevision
from referencing import access, acts


def _proof(request: SignedRequest, reference: str, public_id: UUID) -> EvidenceRevision:
    """Find a proof: everybody reads what was filed in any round, the éditeur's team also what it is giving now."""
    candidature = access.get_visible(request.user, reference)
    revision = vault.filed_in(acts.filed_sheets(candidature), public_id)
    if revision is None and access.may(request.user, "answer", candidature):
        revision = vault.used_in(candidature.sheet, public_id)
    if revision is None:
        raise Http404("preuve")
    return revision


@require_safe
def download(request: SignedRequest, reference: str, public_id: UUID) -> HttpResponseBase:
    return serving.send(_proof(request, reference, public_id))


@require_safe
def preview(request: SignedRequest, reference: str, public_id: UUID) -> HttpResponseBase:
    return serving.show(_proof(request, reference, public_id), asked=request.headers.get("Range", ""))
