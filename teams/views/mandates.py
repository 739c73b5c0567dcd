"""What support knows of an organisation: its people, its mandate, what happened in its team."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Organisation
from accounts.requests import SignedRequest
from accounts.roles import Role
from accounts.services import roles_of
from teams import mandates
from teams.facts import facts_of
from teams.forms import MandateForm


@require_safe
def organisation(request: SignedRequest, siren: str) -> HttpResponse:
    return _page(request, _organisation(request, siren, Role.SUPPORT, Role.AUDITOR), MandateForm())


@require_POST
def verify(request: SignedRequest, siren: str) -> HttpResponse:
    found = _organisation(request, siren, Role.SUPPORT)
    form = MandateForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    mandates.verify(found, motive=form.cleaned_data["motive"], actor=request.user)
    messages.success(request, f"Le mandat de « {found} » est noté comme vérifié.")
    return redirect("teams:organisation", siren)


def _page(request: SignedRequest, found: Organisation, form: MandateForm, *, status: int = 200) -> HttpResponse:
    context = {
        "organisation": found,
        "mandate": mandates.mandate_of(found),
        "form": form,
        "facts": facts_of(found),
        "may_verify": Role.SUPPORT in roles_of(request.user),
    }
    return render(request, "teams/organisation.html", context, status=status)


def _organisation(request: SignedRequest, siren: str, *roles: Role) -> Organisation:
    if not set(roles) & set(roles_of(request.user)):
        raise Http404(siren)
    return get_object_or_404(Organisation, siren=siren)
