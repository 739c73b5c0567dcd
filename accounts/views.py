"""Home, profile, organisation and letters of a person."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from accounts.forms import OrganisationForm, ProfileForm
from accounts.homes import home_of
from accounts.landing import BEFORE, JOURNEY
from accounts.requests import SignedRequest
from accounts.services import create_organisation as create
from accounts.services import join
from kit.methods import read_or_write
from kit.paging import page_of


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The public landing; whoever is signed in goes to their own work."""
    if request.user.is_authenticated:
        return redirect(home_of(request.user))
    return render(request, "public/home.html", {"journey": JOURNEY, "before": BEFORE})


@read_or_write
def profile(request: SignedRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        request.user.save(update_fields=form.Meta.fields)
        messages.success(request, "Votre profil est enregistré.")
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})


@read_or_write
def create_organisation(request: SignedRequest) -> HttpResponse:
    """Whoever creates an organisation is its first mandated member."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            organisation = create(**form.cleaned_data)
            join(request.user, organisation, profiles=[], mandated=True)
        messages.success(request, f"« {organisation} » est inscrite. Vous en êtes la personne mandatée.")
        return redirect(_where_they_were_going(request))
    return render(request, "accounts/create_organisation.html", {"form": form})


def _where_they_were_going(request: SignedRequest) -> str:
    """The page that sent the person here, when it is one of ours; else their home."""
    address = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if safe else reverse("home")


@require_safe
def letters(request: SignedRequest) -> HttpResponse:
    return render(request, "accounts/letters.html", {"page": page_of(request, request.user.letters.readable())})


@require_safe
def letter(request: SignedRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(request.user.letters.readable(), pk=pk)
    return render(
        request, "accounts/letter.html", {"letter": found, "above": [("Mes courriers", reverse("accounts:letters"))]}
    )


@require_POST
def mark_read(request: SignedRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(request.user.letters.readable(), pk=pk)
    request.user.letters.filter(pk=found.pk, read_at=None).update(read_at=timezone.now())
    return redirect("accounts:letter", pk=pk)
