"""Sharing out one candidature between experts, by support."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.requests import SignedRequest
from evaluation import assignments
from evaluation.balancing import Table, proposed, table_of
from evaluation.distribution import share_out
from evaluation.forms_assign import DistributionForm
from evaluation.grid import Grid, Progress, grid
from evaluation.letters import scope_in_words
from evaluation.models import Assignment
from evaluation.proposal import Proposal
from evaluation.views.frame import frame
from kit.methods import read_or_write
from referencing import access
from referencing.door import Refused
from referencing.models import Candidature


@read_or_write
def assign(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "assign")
    whole = grid(candidature)
    table = table_of(candidature, whole)
    afresh = "nouvelle" in request.GET
    proposal = proposed(table, afresh=afresh)
    form = DistributionForm(
        request.POST or None,
        table=table,
        proposal=proposal,
        afresh=afresh,
        detail=set((request.POST or request.GET).getlist("detail")),
    )
    if form.is_bound and form.is_valid() and _shared_out(request, candidature, form):
        messages.success(request, "Répartition enregistrée. Les experts nouvellement choisis sont invités à répondre.")
        return redirect("evaluation:assign", reference)
    context = {**frame(request, candidature), **_page(whole, table, proposal), "form": form, "afresh": afresh}
    return render(request, "evaluation/assign.html", context, status=422 if form.errors else 200)


@require_POST
def unassign(request: SignedRequest, reference: str, pk: int) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "assign")
    assignment = get_object_or_404(
        Assignment.objects.select_related("expert", "candidature"), candidature=candidature, pk=pk
    )
    was_active = assignment.is_active
    assignments.unassign(assignment, actor=request.user)
    if was_active:
        sentence = f"{assignment.expert} n'a plus accès à {candidature.reference}. Ses verdicts restent au dossier."
    else:
        sentence = f"La proposition faite à {assignment.expert} est retirée."
    messages.success(request, sentence)
    return redirect("evaluation:assign", reference)


def _shared_out(request: SignedRequest, candidature: Candidature, form: DistributionForm) -> bool:
    """Do what the form says; note the refusals on it otherwise."""
    lead = int(form.cleaned_data["lead"])
    try:
        share_out(candidature, form.given, lead=lead, motives=form.motives, actor=request.user)
    except Refused as refused:
        for refusal in refused.refusals:
            form.add_error(None, refusal.sentence)
        return False
    return True


def _page(whole: Grid, table: Table, proposal: Proposal) -> dict[str, Any]:
    """Who judges what and how far they are, who was asked, what the proposition says."""
    today = timezone.localdate()
    people = {one.expert.pk: one.expert for one in table.colleagues}
    return {
        "assigned": [
            {
                "assignment": one,
                "scope": scope_in_words(one),
                "progress": Progress.of(_own(whole, one)) if one.is_active else None,
                "is_late": one.is_late(today),
            }
            for one in table.assignments
        ],
        "colleagues": [(one, one.is_away(today)) for one in table.colleagues],
        "proposal": proposal,
        "reasons": [(people[one.expert], one, _label(table, one.domain)) for one in proposal.choices],
        "gaps": [(one, _label(table, one.domain)) for one in proposal.gaps],
        "replies": table.candidature.expert_replies.refusals().select_related("expert"),
        "is_open": whole.candidature.stage in assignments.ASSIGNABLE,
    }


def _own(whole: Grid, one: Assignment) -> list[Any]:
    """What an expert answers for: what was given by name, or all they may judge."""
    lines = whole.entrusted_to(one)
    return [line for line in lines if one.is_charged_with(line)] or list(lines)


def _label(table: Table, domain: str) -> str:
    return next(str(part.domain.label) for part in table.parts if part.domain == domain)
