"""The éditeur's home, and the opening of a candidature."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from kit.methods import read_or_write
from referencing import desk, discussions, simulation
from referencing.coffre import watched_vaults
from referencing.forms import OpeningForm
from referencing.opening import open_for


@require_safe
def mine(request: SignedRequest) -> HttpResponse:
    return render(
        request,
        "referencing/mine.html",
        {
            "cards": desk.cards_of(request.user),
            "simulated": simulation.is_kept(request),
            "vaults": watched_vaults(request.user, timezone.localdate()),
            "mentions": discussions.unseen_mentions(request.user).count(),
        },
    )


@read_or_write
def start(request: SignedRequest) -> HttpResponse:
    form = OpeningForm(request.POST or None, user=request.user)
    if not form.organisations:
        messages.info(request, "Créez d'abord votre organisation : c'est elle qui porte la candidature.")
        return redirect("accounts:create_organisation")
    if request.method == "POST" and form.is_valid():
        candidature = open_for(actor=request.user, **form.cleaned_data)
        messages.success(request, f"Brouillon {candidature.reference} ouvert. Commencez par l'orientation.")
        return redirect("referencing:orientation", candidature.reference)
    return render(request, "referencing/start.html", {"form": form})
