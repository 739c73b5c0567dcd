"""The team of an organisation: who is in it, who is invited, changing and removing somebody."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Membership, Organisation
from accounts.requests import SignedRequest
from accounts.services import LastMandated
from kit.methods import read_or_write
from teams import members, nudges
from teams.forms import MembershipForm
from teams.models import Invitation, MandateCheck


@require_safe
def team(request: SignedRequest) -> HttpResponse:
    return render(request, "teams/team.html", {"memberships": _teams_of(request)})


def _teams_of(request: SignedRequest) -> QuerySet[Membership]:
    return request.user.memberships.select_related("organisation").prefetch_related(
        "organisation__memberships__user",
        Prefetch(
            "organisation__invitations",
            queryset=Invitation.objects.pending().select_related("invited_by"),
            to_attr="pending_invitations",
        ),
        Prefetch("organisation__mandate_checks", queryset=MandateCheck.objects.all(), to_attr="checks"),
    )


def gone_is_not_found(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 when a colleague took the member off the team an instant before."""

    @wraps(view)
    def guarded(request: SignedRequest, siren: str, pk: int) -> HttpResponse:
        try:
            return view(request, siren, pk)
        except Membership.DoesNotExist:
            raise Http404("parti") from None

    return guarded


@read_or_write
@gone_is_not_found
def change_member(request: SignedRequest, siren: str, pk: int) -> HttpResponse:
    member = _member(mandated_in(request, siren), pk)
    initial = {"profiles": member.profiles, "is_mandated": member.is_mandated}
    form = MembershipForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            members.change(member, profiles=chosen["profiles"], mandated=chosen["is_mandated"], actor=request.user)
        except LastMandated as last:
            form.add_error("is_mandated", str(last))
        else:
            messages.success(request, f"Les profils et le mandat de {member.user} sont enregistrés.")
            return redirect("teams:team")
    return render(request, "teams/change_member.html", {"form": form, "member": member})


@read_or_write
@gone_is_not_found
def remove_member(request: SignedRequest, siren: str, pk: int) -> HttpResponse:
    """A mandated person takes anybody off the team; anybody leaves it by themselves."""
    own = own_membership(request, siren)
    member = _member(own.organisation, pk)
    if member.pk != own.pk and not own.is_mandated:
        raise Http404("retirer")
    if request.method == "POST":
        try:
            members.remove(member, actor=request.user)
        except LastMandated as last:
            return render(request, "teams/remove_member.html", {"member": member, "refusal": last}, status=422)
        messages.success(request, _farewell(member, request))
        return redirect("teams:team")
    return render(request, "teams/remove_member.html", {"member": member})


def _farewell(member: Membership, request: SignedRequest) -> str:
    if member.user_id == request.user.pk:
        return f"Vous ne faites plus partie de « {member.organisation} »."
    return f"{member.user} ne fait plus partie de « {member.organisation} »."


@require_POST
def dismiss_nudge(request: SignedRequest, siren: str) -> HttpResponse:
    nudges.dismiss(own_membership(request, siren))
    messages.success(request, "C'est noté : ce conseil ne vous sera plus donné tant que rien ne change.")
    return redirect("teams:team")


def own_membership(request: SignedRequest, siren: str) -> Membership:
    """Return the person's place in an organisation; 404 in any other."""
    return get_object_or_404(request.user.memberships.select_related("organisation"), organisation__siren=siren)


def mandated_in(request: SignedRequest, siren: str) -> Organisation:
    """Return an organisation for which the person is mandated; 404 for any other."""
    own = own_membership(request, siren)
    if not own.is_mandated:
        raise Http404(siren)
    return own.organisation


def _member(organisation: Organisation, pk: int) -> Membership:
    return get_object_or_404(organisation.memberships.select_related("user", "organisation"), pk=pk)
