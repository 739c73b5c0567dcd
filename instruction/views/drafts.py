"""Drafts that support opens for an éditeur: the list, a new one, and the offer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedRequest
from instruction.forms import DraftForm
from instruction.views.doors import for_support
from kit.methods import read_or_write
from kit.paging import page_of
from referencing import entrusting


@require_safe
@for_support
def every(request: SignedRequest) -> HttpResponse:
    context = {"page_obj": page_of(request, entrusting.prepared()), "may_act": True}
    return render(request, "instruction/drafts.html", context)


@read_or_write
@for_support
def new(request: SignedRequest) -> HttpResponse:
    form = DraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            entrusted = entrusting.prepare(
                said.pop("siren"), said.pop("organisation_name"), said.pop("email"), actor=request.user, **said
            )
        except entrusting.NotEntrusted as refused:
            form.add_error(None, str(refused))
        else:
            candidature = entrusted.candidature
            messages.success(request, f"Brouillon {candidature.reference} ouvert : remplissez ce que vous pouvez.")
            return redirect("referencing:orientation", candidature.reference)
    return render(
        request, "instruction/draft.html", {"form": form, "may_act": True}, status=422 if form.errors else 200
    )


@require_POST
@for_support
def offer(request: SignedRequest, reference: str) -> HttpResponse:
    entrusted = get_object_or_404(entrusting.prepared(), candidature__reference=reference)
    try:
        entrusting.offer(entrusted, actor=request.user)
    except entrusting.NotEntrusted as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Le lien part à l'adresse {entrusted.email}.")
    return redirect("instruction:drafts")
