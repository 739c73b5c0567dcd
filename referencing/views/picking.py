"""Giving for a criterion proofs that the vault already holds, found by a search."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import SignedRequest
from kit.methods import read_or_write
from kit.paging import page_of
from questionnaires import sheets, vault
from questionnaires.sheets import Item
from referencing import access
from referencing.models import Candidature


@read_or_write
def pick(request: SignedRequest, reference: str, code: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "answer")
    item = sheets.overview(candidature.sheet).item(code)
    if item is None:
        raise Http404(code)
    if request.method == "POST":
        return _give(request, candidature, item)
    query = request.GET.get("q", "").strip()
    rows = vault.found(candidature.organisation, query).exclude(pk__in=[use.revision_id for use in item.uses])
    context = {
        "candidature": candidature,
        "item": item,
        "query": query,
        "expected": {proof.kind for proof in item.expected},
        "page_obj": page_of(request, rows),
    }
    return render(request, "referencing/pick.html", context)


def _give(request: SignedRequest, candidature: Candidature, item: Item) -> HttpResponse:
    wanted = [key for key in request.POST.getlist("revisions") if key.isdigit()]
    chosen = list(vault.of_organisation(candidature.organisation).filter(pk__in=wanted))
    if not chosen:
        messages.error(request, "Cochez au moins une preuve.")
        return redirect("referencing:pick", candidature.reference, item.code)
    for revision in chosen:
        try:
            sheets.attach(candidature.sheet, item.criterion, revision, request.user)
        except sheets.AnswerRefused as refused:
            messages.error(request, refused.sentence)
            break
        messages.success(request, f"Preuve « {revision.evidence.title} » jointe à {item.code}.")
    return redirect("referencing:criterion", candidature.reference, item.code)
