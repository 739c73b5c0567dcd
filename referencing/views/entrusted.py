"""The éditeur takes a draft that support prepared for them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.requests import SignedRequest
from kit.methods import read_or_write
from referencing import entrusting


@read_or_write
def take_draft(request: SignedRequest, reference: str) -> HttpResponse:
    entrusted = get_object_or_404(entrusting.waiting_for(request.user), candidature__reference=reference)
    if request.method == "POST":
        try:
            candidature = entrusting.take(entrusted, user=request.user)
        except entrusting.NotEntrusted as refused:
            messages.error(request, str(refused))
            return redirect("referencing:mine")
        messages.success(
            request, f"Le brouillon {candidature.reference} est à votre équipe : relisez-le, complétez-le."
        )
        return redirect("referencing:show", reference)
    return render(request, "referencing/take_draft.html", {"entrusted": entrusted})
