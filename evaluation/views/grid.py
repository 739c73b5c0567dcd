"""The grid of one candidature, filtered by the address."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from evaluation import grid as reading
from evaluation.judging import next_left
from evaluation.values import State
from evaluation.views.frame import frame
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
    }
    return render(request, "evaluation/grid.html", context)


def _filters(shown: reading.Grid, current: str) -> list[Filter]:
    numbers = {state: sum(line.state == state for line in shown.lines) for state in State.values}
    numbers[""] = len(shown.lines)
    choices = [*FILTERS, *([(State.WAITING, State.WAITING.label)] if numbers[State.WAITING] else [])]
    return [Filter(str(value), str(label), numbers[value], value == current) for value, label in choices]
