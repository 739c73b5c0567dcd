"""The check page, the dépôt (or the return of complements), and the confirmation one can come back to."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from kit.methods import read_or_write
from referencing import access, certificates, filing
from referencing.checking import check_of
from referencing.forms import AttestationForm
from referencing.models import Candidature
from referencing.receipts import confirmation_of
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
        file = partial(getattr(filing, verb.name), candidature, actor=request.user, read=form.cleaned_data["read"])
        told = f"{verb.done}. Un accusé de réception vous est adressé."
        answer = try_move(request, partial(file, seen=seen_version(request)), done=told, form=form)
        if answer or not form.errors:
            return answer or redirect("referencing:filed", reference)
    context = {
        "candidature": candidature,
        "form": form,
        "verb": verb,
        "certificate_warnings": certificates.warnings(candidature),
        "check": check_of(candidature, verb, request.user),
    }
    return render(request, "referencing/check.html", context)


@require_safe
def filed(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "answer")
    if candidature.submitted_at is None:
        return redirect("referencing:check", reference)
    papers = access.readable_documents(request.user, candidature)
    context = {"candidature": candidature, "confirmation": confirmation_of(candidature, papers)}
    return render(request, "referencing/filed.html", context)
