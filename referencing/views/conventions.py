"""Réserves of the avis, and the convention with its three signatures."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.requests import SignedRequest
from kit.methods import read_or_write
from referencing import access, acts
from referencing import decisions as services
from referencing.door import Refused
from referencing.forms import ConventionForm, ReserveForm, SignatureForm
from referencing.kinds import ActKind
from referencing.models import Candidature, Convention


@read_or_write
def reserves(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_visible(request.user, reference)
    may_lift = access.may(request.user, "lift_reserve", candidature)
    if request.method == "POST" and not may_lift:
        raise Http404("lift_reserve")
    form = ReserveForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _lifted(request, candidature, form):
        return redirect("referencing:reserves", reference)
    context = {
        "candidature": candidature,
        "form": form,
        "opinion": acts.latest(candidature, ActKind.OPINION),
        "pending": {reserve["id"] for reserve in acts.pending_reserves(candidature)},
        "lifted": {p["reserve"]: p["finding"] for p in acts.payloads(candidature, ActKind.RESERVE_LIFTED)},
        "may_lift": may_lift,
    }
    return render(request, "referencing/reserves.html", context)


def _lifted(request: SignedRequest, candidature: Candidature, form: ReserveForm) -> bool:
    try:
        services.lift_reserve(candidature, actor=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, "Levée de la réserve constatée et inscrite au dossier.")
    return True


@read_or_write
def convention(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "record_convention")
    terms = Convention.objects.filter(candidature=candidature).first()
    initial = {"starts_on": timezone.localdate(), "months": services.default_months()}
    form = ConventionForm(request.POST or None, instance=terms, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.draw_up_convention(candidature, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Termes de la convention enregistrés.")
            return redirect("referencing:convention", reference)
    terms = Convention.objects.filter(candidature=candidature).prefetch_related("signatures").first()
    context = {"candidature": candidature, "form": form, "terms": terms, "signature": SignatureForm(convention=terms)}
    return render(request, "referencing/convention.html", context)


@require_POST
def sign(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "record_convention")
    terms = Convention.objects.filter(candidature=candidature).first()
    form = SignatureForm(request.POST, convention=terms)
    if terms and form.is_valid():
        try:
            services.record_signature(terms, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            for refusal in refused.refusals:
                form.add_error(refusal.code if refusal.code in form.fields else None, refusal.sentence)
        else:
            messages.success(request, "Signature enregistrée.")
            return redirect("referencing:convention", reference)
    context = {"candidature": candidature, "form": ConventionForm(instance=terms), "terms": terms, "signature": form}
    return render(request, "referencing/convention.html", context, status=422)


@require_POST
def unsign(request: SignedRequest, reference: str, party: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "record_convention")
    terms = get_object_or_404(Convention, candidature=candidature)
    try:
        services.remove_signature(terms, party=party, actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Signature supprimée.")
    return redirect("referencing:convention", reference)
