"""The grid of one candidature, filtered by the address."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from evaluation import grid as reading
from evaluation.double import lacking_experts, needs_second
from evaluation.judging import next_left
from evaluation.rating import rating_of
from evaluation.values import State
from evaluation.views.frame import frame, may_read_notes
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
        "rating": rating_of(whole),
        "doubles": _doubles(request, whole),
    }
    return render(request, "evaluation/grid.html", context)


def _doubles(request: SignedRequest, whole: reading.Grid) -> dict[str, int] | None:
    """How the criteria that two experts judge stand, for those who evaluate; None without any."""
    lines = [line for line in whole.lines if needs_second(line)]
    if not lines or not may_read_notes(request.user, whole.candidature):
        return None
    states = [line.state for line in lines]
    return {
        "total": len(lines),
        "awaited": states.count(State.SECOND_AWAITED),
        "divergent": states.count(State.DIVERGENT),
        "lacking": len(lacking_experts(whole)),
    }
