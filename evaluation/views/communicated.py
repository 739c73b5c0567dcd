"""What the éditeur reads of the evaluation, once it is communicated: nothing before, then the report of the act."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from evaluation.assembly import copy_for_editor, filed_report
from evaluation.grid import grid
from evaluation.rating import rating_of
from evaluation.values import FINAL_VALUES
from referencing import access, communication


@require_safe
def communicated(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "answer")
    if not communication.report_is_communicated(candidature):
        raise Http404("rapport")
    report = filed_report(candidature)
    context = {
        "candidature": candidature,
        "report": report and copy_for_editor(report),
        "values": FINAL_VALUES,
        "rating": rating_of(grid(candidature)) if communication.communicates("score") else None,
    }
    return render(request, "evaluation/communicated.html", context)
