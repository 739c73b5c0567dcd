"""The vault of an organisation: the list of its proofs, the deposit of new ones."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Organisation
from accounts.requests import SignedRequest
from kit.methods import read_or_write
from kit.paging import page_of
from questionnaires import vault
from questionnaires.contents import FileRefused
from questionnaires.fields import Sender
from referencing import access
from referencing.coffre import places_of, watched
from referencing.coffre_forms import DepositForm
from referencing.shelf import shelf_filter


def sender_of(request: SignedRequest, organisation: Organisation) -> Sender:
    """Say who sends big files by pieces, and where."""
    return Sender(organisation, request.user, reverse("referencing:uploads", args=[organisation.siren]))


@require_safe
def mine(request: SignedRequest) -> HttpResponse:
    """Lead to the vault of the person's organisation, the first one by name."""
    own = request.user.memberships.order_by("organisation__name").select_related("organisation").first()
    if own is None:
        messages.info(request, "Créez d'abord votre organisation : c'est elle qui garde les preuves.")
        return redirect("accounts:create_organisation")
    return redirect("referencing:vault", own.organisation.siren)


@require_safe
def shelf(request: SignedRequest, siren: str) -> HttpResponse:
    organisation = access.get_organisation(request.user, siren)
    found = shelf_filter(request, organisation)
    context = {
        "organisation": organisation,
        "others": request.user.memberships.exclude(organisation=organisation).select_related("organisation"),
        "filter": found,
        "page_obj": page_of(request, found.qs),
        "falls": watched(places_of(organisation, request.user), timezone.localdate()),
        "is_scanned": bool(settings.CLAMD_SOCKET),
        "taken": vault.room_taken(organisation),
        "room": settings.EVIDENCE_QUOTA_BYTES,
        "today": timezone.localdate(),
    }
    return render(request, "referencing/vault.html", context)


@read_or_write
def deposit(request: SignedRequest, siren: str) -> HttpResponse:
    organisation = access.get_organisation(request.user, siren)
    sender = sender_of(request, organisation)
    if request.method != "POST":
        return _deposit_page(request, organisation, DepositForm(sender=sender))
    form = DepositForm(request.POST, request.FILES, sender=sender)
    if not form.is_valid():
        form.fields["proofs"].release()  # type: ignore[attr-defined]
        return _deposit_page(request, organisation, form, status=422)
    kept = _keep_all(request, organisation, form)
    if form.errors:
        return _deposit_page(request, organisation, form, status=422)
    if len(kept) == 1:
        return redirect("referencing:proof_page", siren, kept[0].revision.evidence_id)
    return redirect("referencing:vault", siren)


def _keep_all(request: SignedRequest, organisation: Organisation, form: DepositForm) -> list[vault.Deposited]:
    """Deposit all that the form gives, each on its own: one that does not fit does not hold the others back."""
    given = form.cleaned_data
    common: dict[str, Any] = {"title": given["title"], "user": request.user, "dates": form.dates}
    kept = []
    for file in given["proofs"]:
        try:
            kept.append(vault.keep(organisation, file, kind=given["kind"], **common))
        except FileRefused as refused:
            form.add_error("proofs", refused.sentence)
            continue
        _tell(request, kept[-1], str(file.name))
    if given["address"]:
        kept.append(vault.keep_link(organisation, given["address"], **common))
        _tell(request, kept[-1], given["address"])
    form.fields["proofs"].forget()  # type: ignore[attr-defined]
    return kept


def _tell(request: SignedRequest, deposited: vault.Deposited, name: str) -> None:
    title = deposited.revision.evidence.title
    if deposited.is_new:
        messages.success(request, f"Preuve « {title} » déposée.")
    else:
        messages.info(request, f"« {name} » : déjà déposée sous le nom « {title} », rien n'a été ajouté.")


def _deposit_page(
    request: SignedRequest, organisation: Organisation, form: DepositForm, status: int = 200
) -> HttpResponse:
    context = {"organisation": organisation, "form": form, "is_scanned": bool(settings.CLAMD_SOCKET)}
    return render(request, "referencing/vault_deposit.html", context, status=status)
