"""The complement request read whole before it is sent."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import SignedRequest
from evaluation import complements as requests
from evaluation.forms import ComplementForm
from evaluation.grid import grid
from evaluation.views.frame import frame
from kit.methods import read_or_write
from referencing import access
from referencing.door import refusals
from referencing.models import Candidature
from referencing.views.answers_to import seen_version, try_move


@read_or_write
def complements(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "request_complements")
    whole = grid(candidature)
    items = requests.asked_for(whole)
    form = ComplementForm(request.POST or None, initial={"deadline": requests.default_deadline()})
    if request.method == "POST" and form.is_valid():
        answer = _send(request, candidature, items, form)
        if answer or not form.errors:
            return answer or redirect("referencing:show", reference)
    context = {
        **frame(request, candidature),
        "form": form,
        "items": [(whole.line(item["criterion"]), item["expected"]) for item in items],
        "mark": requests.mark_of(items),
        "left": whole.progress.left,
        "refusals": refusals(candidature, "request_complements", request.user),
    }
    return render(request, "evaluation/complements.html", context, status=422 if form.errors else 200)


def _send(
    request: SignedRequest, candidature: Candidature, items: list[requests.Item], form: ComplementForm
) -> HttpResponse | None:
    """Send what was read; when the list has changed meanwhile, show it again instead."""
    if request.POST.get("items") != requests.mark_of(items):
        form.add_error(None, requests.CHANGED)
        return None
    return try_move(
        request,
        lambda: requests.send_complement_request(
            candidature,
            items,
            form.cleaned_data["deadline"],
            form.cleaned_data["message"],
            actor=request.user,
            seen=seen_version(request),
        ),
        done="Demande de compléments envoyée à l'éditeur ; le délai d'évaluation est suspendu.",
        form=form,
    )
