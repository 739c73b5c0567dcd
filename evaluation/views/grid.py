"""The grid of one candidature, filtered by the address."""

from dataclasses import dataclass

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
from referencing import access

FILTERS = (("", "Tous"), (State.TO_JUDGE, "À juger"), (State.TO_REVIEW, "À revoir"), (State.JUDGED, "Jugés"))


@dataclass(frozen=True)
class Filter:
    """A filter that is also a figure. `value` is what the address carries, empty for no filter."""

    value: str
    label: str
    number: int
    is_current: bool


@require_safe
def grid(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "read_evaluation")
    whole = reading.grid(candidature)
    assignment = whole.assignment_of(request.user)
    state = request.GET.get("etat", "")
    mine_only = bool(assignment) and request.GET.get("pour") == "moi"
    shown = whole.only(whole.entrusted_to(assignment)) if mine_only else whole
    context = {
        **frame(request, candidature),
        "grid": whole,
        "groups": shown.groups(*([state] if state in State.values else [])),
        "bars": shown.groups(),
        "filters": _filters(shown, state),
        "state": state,
        "mine_only": mine_only,
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


def _filters(shown: reading.Grid, current: str) -> list[Filter]:
    numbers = {state: sum(line.state == state for line in shown.lines) for state in State.values}
    numbers[""] = len(shown.lines)
    rare = (State.SECOND_AWAITED, State.DIVERGENT, State.WAITING)
    choices = [*FILTERS, *((state, state.label) for state in rare if numbers[state])]
    return [Filter(str(value), str(label), numbers[value], value == current) for value, label in choices]
