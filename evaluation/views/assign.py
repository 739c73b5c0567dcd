"""Assigning the experts of one candidature, by support."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.requests import SignedRequest
from evaluation import assignments
from evaluation.forms import AssignmentForm
from evaluation.grid import Grid, Progress, grid
from evaluation.models import Assignment
from evaluation.views.frame import frame
from kit.methods import read_or_write
from referencing import access
from referencing.door import Refused


@read_or_write
def assign(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "assign")
    whole, available = grid(candidature), assignments.available_experts(candidature)
    form = _form(request, whole, available)
    if request.method == "POST" and form.is_valid():
        try:
            made = assignments.assign(candidature, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            for refusal in refused.refusals:
                form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"{made.expert} est affecté à l'évaluation de {candidature.reference}.")
            return redirect("evaluation:assign", reference)
    context = {**frame(request, candidature), **_page(whole), "form": form, "available": available}
    return render(request, "evaluation/assign.html", context, status=422 if form.errors else 200)


@require_POST
def unassign(request: SignedRequest, reference: str, pk: int) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "assign")
    assignment = get_object_or_404(
        Assignment.objects.select_related("expert", "candidature"), candidature=candidature, pk=pk
    )
    assignments.unassign(assignment, actor=request.user)
    messages.success(
        request, f"{assignment.expert} n'a plus accès à {candidature.reference}. Ses verdicts restent au dossier."
    )
    return redirect("evaluation:assign", reference)


def _form(request: SignedRequest, whole: Grid, available: list[assignments.Available]) -> AssignmentForm:
    """The form, filled with what an expert already judges when the address names one (?expert=)."""
    chosen = next((one for one in whole.assignments if str(one.expert_id) == request.GET.get("expert")), None)
    initial: dict[str, Any] = {"lead": not any(one.is_lead for one in whole.assignments)}
    if chosen:
        initial = {"expert": chosen.expert, "questionnaires": chosen.questionnaires, "lead": chosen.is_lead}
    return AssignmentForm(
        request.POST or None,
        initial=initial,
        experts=User.objects.filter(pk__in=[one.expert.pk for one in available if not one.is_recused]),
        questionnaires=list(whole.titles.items()),
    )


def _page(whole: Grid) -> dict[str, Any]:
    """Who judges what, how far they are, and what nobody judges yet."""
    assigned = [
        {
            "assignment": one,
            "titles": [whole.titles[code] for code in one.questionnaires if code in whole.titles],
            "progress": Progress.of(whole.entrusted_to(one)),
        }
        for one in whole.assignments
    ]
    return {
        "assigned": assigned,
        "orphans": [group for group in whole.groups() if not group.experts],
        "is_open": whole.candidature.stage in assignments.ASSIGNABLE,
    }
