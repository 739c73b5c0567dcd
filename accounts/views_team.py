"""The team of an organisation: who is in it, adding, changing and removing somebody; the last three when mandated."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.forms import MemberForm, MembershipForm
from accounts.models import Membership, Organisation
from accounts.requests import SignedRequest
from accounts.services import LastMandated, join, leave
from kit.methods import read_or_write


@require_safe
def team(request: SignedRequest) -> HttpResponse:
    memberships = request.user.memberships.select_related("organisation").prefetch_related(
        "organisation__memberships__user"
    )
    return render(request, "accounts/team.html", {"memberships": memberships})


@read_or_write
def add_member(request: SignedRequest, siren: str) -> HttpResponse:
    organisation = _mandated_in(request, siren)
    form = MemberForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        join(chosen["person"], organisation, profiles=chosen["profiles"], mandated=chosen["is_mandated"])
        messages.success(request, f"{chosen['person']} fait maintenant partie de « {organisation} ».")
        return redirect("accounts:team")
    return render(request, "accounts/add_member.html", {"form": form, "organisation": organisation})


@read_or_write
def change_member(request: SignedRequest, siren: str, pk: int) -> HttpResponse:
    member = _member(request, siren, pk)
    initial = {"profiles": member.profiles, "is_mandated": member.is_mandated}
    form = MembershipForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            join(member.user, member.organisation, profiles=chosen["profiles"], mandated=chosen["is_mandated"])
        except LastMandated as last:
            form.add_error("is_mandated", str(last))
        else:
            messages.success(request, f"Les profils et le mandat de {member.user} sont enregistrés.")
            return redirect("accounts:team")
    return render(request, "accounts/change_member.html", {"form": form, "member": member})


@read_or_write
def remove_member(request: SignedRequest, siren: str, pk: int) -> HttpResponse:
    member = _member(request, siren, pk)
    if request.method == "POST":
        try:
            leave(member)
        except LastMandated as last:
            return render(request, "accounts/remove_member.html", {"member": member, "refusal": last}, status=422)
        messages.success(request, f"{member.user} ne fait plus partie de « {member.organisation} ».")
        return redirect("accounts:team")
    return render(request, "accounts/remove_member.html", {"member": member})


def _mandated_in(request: SignedRequest, siren: str) -> Organisation:
    """Return an organisation for which the person is mandated; 404 for any other."""
    own = request.user.memberships.select_related("organisation")
    return get_object_or_404(own, organisation__siren=siren, is_mandated=True).organisation


def _member(request: SignedRequest, siren: str, pk: int) -> Membership:
    team = _mandated_in(request, siren).memberships.select_related("user", "organisation")
    return get_object_or_404(team, pk=pk)
