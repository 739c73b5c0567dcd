"""The grid of one candidature, filtered by the address."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from evaluation import grid as reading
from evaluation.judging import next_left
from evaluation.views.frame import frame
from evaluation.views.selection import Selection
from referencing import access


@require_safe
def grid(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "read_evaluation")
    whole = reading.grid(candidature)
    assignment = whole.assignment_of(request.user)
    selection = Selection.of(request)
    context = {
        **frame(request, candidature),
        "grid": whole,
        "groups": whole.only(selection.lines(whole)).groups(),
        "bars": whole.only(selection.entrusted(whole)).groups(),
        "filters": selection.filters(whole),
        "selection": selection,
        "mine_only": selection.mine_only,
        "assignment": assignment,
        "next": next_left(whole, assignment, ""),
    }
    return render(request, "evaluation/grid.html", context)
