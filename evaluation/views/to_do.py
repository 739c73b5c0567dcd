"""The éditeur's to-do list of complements, with the one button that sends them back."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from evaluation.to_do import to_do as read
from referencing import access
from referencing.checking import check_of
from referencing.forms import AttestationForm
from referencing.stages import Stage
from referencing.verbs import verb_named


@require_safe
def to_do(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "answer")
    if candidature.stage != Stage.COMPLEMENTS_REQUESTED:
        return redirect("evaluation:rounds", reference)
    verb = verb_named("return_complements")
    check = check_of(candidature, verb, request.user)
    context = {
        "candidature": candidature,
        "todo": read(candidature, check.overview, request.user, timezone.localdate()),
        "check": check,
        "verb": verb,
        "form": AttestationForm(),
        "is_live": True,
    }
    return render(request, "evaluation/to_do.html", context)
