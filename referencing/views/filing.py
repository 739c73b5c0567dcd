"""The check page, the dépôt (or the return of complements), and the confirmation one can come back to."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from kit.methods import read_or_write
from questionnaires import sheets
from referencing import access, acts, certificates, filing
from referencing.door import refusals
from referencing.forms import AttestationForm
from referencing.kinds import ActKind
from referencing.models import Candidature
from referencing.stages import Stage
from referencing.verbs import verb_named
from referencing.views.answers_to import seen_version, try_move


def _verb_of(candidature: Candidature) -> str:
    return "return_complements" if candidature.stage == Stage.COMPLEMENTS_REQUESTED else "submit"


@read_or_write
def check(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "answer")
    verb = verb_named(_verb_of(candidature))
    form = AttestationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        file = partial(getattr(filing, verb.name), candidature, actor=request.user, seen=seen_version(request))
        answer = try_move(request, file, done=f"{verb.done}. Un accusé de réception vous est adressé.", form=form)
        if answer or not form.errors:
            return answer or redirect("referencing:filed", reference)
    context = {
        "candidature": candidature,
        "form": form,
        "verb": verb,
        "refusals": refusals(candidature, verb.name, request.user),
        "sheet": sheets.overview(candidature.sheet),
        "certificate_warnings": certificates.warnings(candidature),
    }
    return render(request, "referencing/check.html", context)


@require_safe
def filed(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "answer")
    if candidature.submitted_at is None:
        return redirect("referencing:check", reference)
    context = {
        "candidature": candidature,
        "receipts": [
            paper for paper in access.readable_documents(request.user, candidature) if paper.kind == "receipt"
        ],
        "filing": acts.payloads(candidature, ActKind.FILING)[-1],
    }
    return render(request, "referencing/filed.html", context)
