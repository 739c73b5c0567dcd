"""Inviting somebody to a team, and the page that the link of an invitation opens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.requests import SignedRequest
from accounts.roles import Profile
from kit.methods import read_or_write
from teams import invitations
from teams.forms import InvitationForm
from teams.models import Invitation
from teams.objections import UNKNOWN, Objection, ended, masked
from teams.views.team import mandated_in


@read_or_write
def invite(request: SignedRequest, siren: str) -> HttpResponse:
    organisation = mandated_in(request, siren)
    form = InvitationForm(request.POST or None, initial={"profiles": _wanted(request)})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            invitations.invite(
                organisation,
                chosen["email"],
                profiles=chosen["profiles"],
                mandated=chosen["is_mandated"],
                actor=request.user,
            )
        except invitations.NotInvited as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, f"Une invitation part à l'adresse {chosen['email']}.")
            return redirect("teams:team")
    return render(request, "teams/invite.html", {"form": form, "organisation": organisation})


def _wanted(request: SignedRequest) -> list[str]:
    """The profile that a page says is missing: `?profil=JUR`."""
    return [value for value in request.GET.getlist("profil") if value in Profile.values]


@require_POST
def send_again(request: SignedRequest, siren: str, pk: int) -> HttpResponse:
    try:
        sent = invitations.send_again(_invitation(request, siren, pk), actor=request.user)
    except invitations.NotInvited as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"L'invitation repart à l'adresse {sent.email}, valable de nouveau.")
    return redirect("teams:team")


@read_or_write
def revoke(request: SignedRequest, siren: str, pk: int) -> HttpResponse:
    invitation = _invitation(request, siren, pk)
    if request.method != "POST":
        return render(request, "teams/revoke.html", {"invitation": invitation})
    try:
        invitations.revoke(invitation, actor=request.user)
    except invitations.NotInvited as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"L'invitation de {invitation.email} est annulée : son lien n'ouvre plus rien.")
    return redirect("teams:team")


@login_not_required
@never_cache
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites and to what, or why it is too late; accepting is another request."""
    found = invitations.find(token)
    if found is None:
        return _page(request, None, Objection(UNKNOWN, 404), token)
    if request.user.is_authenticated:
        return _page(request, found, invitations.objection_to(found, request.user), token)
    return _page(request, found, ended(found, timezone.now()), token)


@login_not_required
@require_POST
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever signed out meanwhile signs in again, then comes back to the page of the invitation."""
    if not isinstance(request.user, User):
        return redirect_to_login(reverse("teams:invitation", args=[token]))
    try:
        membership = invitations.accept(token, user=request.user)
    except invitations.NotAccepted as refused:
        return _page(request, invitations.find(token), refused.objection, token)
    messages.success(request, f"Bienvenue dans l'équipe de « {membership.organisation} ».")
    return redirect("home")


def _page(request: HttpRequest, found: Invitation | None, objection: Objection | None, token: str) -> HttpResponse:
    context = {
        "invitation": found,
        "objection": objection.sentence if objection else "",
        "address": masked(found.email) if found else "",
        "belongs": bool(found and isinstance(request.user, User) and found.accepted_by_id == request.user.pk),
        "token": token,
    }
    return render(request, "teams/invitation.html", context, status=objection.status if objection else 200)


def _invitation(request: SignedRequest, siren: str, pk: int) -> Invitation:
    return get_object_or_404(mandated_in(request, siren).invitations.pending(), pk=pk)
