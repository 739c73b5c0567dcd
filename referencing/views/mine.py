"""The éditeur's home, and the opening of a candidature."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from kit.methods import read_or_write
from referencing import discussions, piles, products, simulation
from referencing.coffre import watched_vaults
from referencing.forms import OpeningForm
from referencing.opening import open_for


@require_safe
def mine(request: SignedRequest) -> HttpResponse:
    return render(
        request,
        "referencing/mine.html",
        {
            "cards": piles.cards_of(request.user),
            "simulated": simulation.is_kept(request),
            "vaults": watched_vaults(request.user, timezone.localdate()),
            "mentions": discussions.unseen_mentions(request.user).count(),
        },
    )


@read_or_write
def start(request: SignedRequest) -> HttpResponse:
    form = OpeningForm(request.POST or None, user=request.user, initial=_known(request))
    if not form.organisations:
        messages.info(request, "Créez d'abord votre organisation : c'est elle qui porte la candidature.")
        return redirect("accounts:create_organisation")
    if request.method == "POST" and form.is_valid():
        candidature = open_for(actor=request.user, **form.cleaned_data)
        messages.success(request, f"Brouillon {candidature.reference} ouvert. Commencez par l'orientation.")
        return redirect("referencing:orientation", candidature.reference)
    return render(request, "referencing/start.html", {"form": form})


def _known(request: SignedRequest) -> dict[str, Any]:
    """The service that the page of a service opens a candidature for: `?service=12`."""
    number = request.GET.get("service", "")
    service = products.services_of(request.user).filter(pk=number).first() if _is_number(number) else None
    return {"service": service, "organisation": service.organisation} if service else {}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
