"""Double evaluation: where each criterion that two experts judge stands, both opinions side by side, the lead's decision."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedRequest
from evaluation import diverging, double
from evaluation.double_forms import NoteForm, SettlementForm, WaiverForm, settlement_initial
from evaluation.grid import Grid, Line, grid
from evaluation.judging import Conflict, Unfinished
from evaluation.models import Judgement, SecondWaiver
from evaluation.views.frame import frame
from evaluation.workspace import workspace
from kit.methods import read_or_write
from referencing import access
from referencing.door import Refused
from referencing.models import Candidature


@read_or_write
def divergence(request: SignedRequest, reference: str, code: str) -> HttpResponse:
    candidature, whole, line = _open(request, reference, code)
    reasons = diverging.why_not_settle(whole, line, request.user)
    both = double.pair(candidature, line)
    form = SettlementForm(request.POST or None, initial=settlement_initial(line))
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            verdict = diverging.settle(candidature, code, actor=request.user, **form.cleaned_data)
        except (Refused, Unfinished) as refused:
            _add_errors(form, refused)
        except Conflict as stale:
            conflict, form = stale.current, _on_top_of(request, stale)
        else:
            messages.success(request, f"{code} : tranché, verdict « {verdict.get_value_display()} ».")
            return redirect("evaluation:divergence", reference, code)
    shown = form if not reasons or form.is_bound else None
    context = {**_page(request, candidature, line), "both": both, "form": shown, "reasons": reasons}
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(request, "evaluation/divergence.html", {**context, "conflict": conflict}, status=status)


@require_POST
def note(request: SignedRequest, reference: str, code: str) -> HttpResponse:
    candidature, _, line = _open(request, reference, code)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            diverging.say(candidature, code, text=form.cleaned_data["text"], author=request.user)
        except (Refused, Unfinished) as refused:
            _add_errors(form, refused)
        else:
            messages.success(request, "Note ajoutée à la discussion.")
            return redirect("evaluation:divergence", reference, code)
    context = {**_page(request, candidature, line), "both": double.pair(candidature, line), "note_form": form}
    return render(request, "evaluation/divergence.html", context, status=422)


@read_or_write
def waive(request: SignedRequest, reference: str, code: str) -> HttpResponse:
    access.get_for(request.user, reference, "assign")
    candidature, whole, line = _open(request, reference, code)
    form = WaiverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            diverging.waive(candidature, code, actor=request.user, **form.cleaned_data)
        except (Refused, Unfinished) as refused:
            _add_errors(form, refused)
        else:
            messages.success(request, f"{code} : un seul expert suffit désormais.")
            return redirect("evaluation:doubles", reference)
    context = {**_page(request, candidature, line), "form": form, "lacks": line in double.lacking_experts(whole)}
    return render(request, "evaluation/waive.html", context, status=422 if form.errors else 200)


@require_safe
def doubles(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = _file(request, reference)
    whole = grid(candidature)
    waivers = SecondWaiver.objects.filter(candidature=candidature).select_related("criterion", "waived_by")
    context = {
        **frame(request, candidature),
        "lines": [line for line in whole.lines if double.needs_second(line)],
        "lacking": double.lacking_experts(whole),
        "waivers": list(waivers),
        "may_waive": access.may(request.user, "assign", candidature),
    }
    return render(request, "evaluation/doubles.html", context)


def _file(request: SignedRequest, reference: str) -> Candidature:
    """The candidature, for those who evaluate it: a member of the commission reads verdicts, not how they were reached."""
    candidature = access.get_for(request.user, reference, "read_evaluation")
    if not diverging.may_discuss(request.user, candidature):
        raise Http404(reference)
    return candidature


def _open(request: SignedRequest, reference: str, code: str) -> tuple[Candidature, Grid, Line]:
    candidature = _file(request, reference)
    whole = grid(candidature)
    line = whole.line(code)
    if line is None or not double.needs_second(line):
        raise Http404(code)
    return candidature, whole, line


def _page(request: SignedRequest, candidature: Candidature, line: Line) -> dict[str, Any]:
    return {
        **frame(request, candidature),
        "line": line,
        "desk": workspace(candidature, line, reads_notes=True),
        "notes": diverging.notes_on(candidature, line.code) if line.is_paired else [],
        "note_form": NoteForm(),
        "is_own": any(opinion.expert_id == request.user.pk for opinion in line.fresh_opinions),
        "form": None,
        "reasons": [],
        "conflict": None,
    }


def _add_errors(form: Form, problem: Refused | Unfinished) -> None:
    if isinstance(problem, Refused):
        for refusal in problem.refusals:
            form.add_error(None, refusal.sentence)
    else:
        for field, sentence in problem.problems.items():
            form.add_error(field, sentence)


def _on_top_of(request: SignedRequest, stale: Conflict) -> SettlementForm:
    """Keep what was typed, now on top of the verdict recorded meanwhile."""
    current: Judgement | None = stale.current
    data = request.POST.copy()
    data["edition"] = str(current.edition if current else 0)
    return SettlementForm(data)
