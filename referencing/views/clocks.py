"""The page « Délais » of a candidature, and the correction of a date by support."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from kit.methods import read_or_write
from referencing import access, clockwork
from referencing.clock_page import clock_page
from referencing.forms_clocks import CorrectionForm

CORRECTS = "admit"  # whoever examines the dossiers holds their dates too: support


@require_safe
def clocks(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_visible(request.user, reference)
    context = {
        "candidature": candidature,
        "page": clock_page(candidature, timezone.localdate()),
        "may_correct": access.may(request.user, CORRECTS, candidature),
    }
    return render(request, "referencing/clocks.html", context)


@read_or_write
def correct(request: SignedRequest, reference: str, rank: int) -> HttpResponse:
    candidature = access.get_for(request.user, reference, CORRECTS)
    fact = candidature.clock_facts.filter(rank=rank).order_by("-edition").first()
    if fact is None:
        raise Http404("fait")
    form = CorrectionForm(request.POST or None, initial={"on": fact.on, "edition": fact.edition})
    if request.method == "POST" and form.is_valid():
        try:
            clockwork.correct(candidature, rank, actor=request.user, **form.cleaned_data)
        except clockwork.Incoherent as fault:
            form.add_error("on", str(fault))
        else:
            messages.success(request, f"« {fact.get_kind_display()} » est rectifié ; les délais sont recalculés.")
            return redirect("referencing:clocks", reference)
    context = {"candidature": candidature, "fact": fact, "form": form}
    return render(request, "referencing/correct_clock.html", context)
