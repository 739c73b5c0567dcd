"""The report: written here, checked, then handed in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import SignedRequest
from evaluation import reports
from evaluation.forms import ReportForm
from evaluation.grid import grid
from evaluation.rating import rating_of
from evaluation.values import FINAL_VALUES
from evaluation.views.frame import frame
from kit.methods import read_or_write
from referencing import access, acts
from referencing.door import Refused
from referencing.kinds import ActKind
from referencing.models import Candidature
from referencing.stages import Stage
from referencing.views.answers_to import seen_version, try_move


@read_or_write
def report(request: SignedRequest, reference: str) -> HttpResponse:
    right = "write_report" if request.method == "POST" else "read_evaluation"
    candidature = access.get_for(request.user, reference, right)
    if request.method == "POST":
        return _save(request, candidature)
    draft = reports.draft_of(candidature)
    initial = {"synthesis": draft.synthesis, "recommendation": draft.recommendation, "edition": draft.edition}
    context = {**_page(request, candidature), "form": ReportForm(initial=initial), "draft": draft}
    return render(request, "evaluation/report.html", context)


def _save(request: SignedRequest, candidature: Candidature) -> HttpResponse:
    form, conflict = ReportForm(request.POST), None
    if form.is_valid():
        try:
            reports.save_draft(candidature, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        except reports.StaleReport as stale:
            conflict, form = stale.current, _on_top_of(request, stale)
        else:
            messages.success(request, "Rapport enregistré.")
            following = "evaluation:hand_in" if "check" in request.POST else "evaluation:report"
            return redirect(following, candidature.reference)
    draft = reports.draft_of(candidature)
    context = {**_page(request, candidature), "form": form, "draft": draft, "conflict": conflict}
    return render(request, "evaluation/report.html", context, status=409 if conflict else 422)


@read_or_write
def hand_in(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "conclude_evaluation")
    if request.method == "POST":
        answer = try_move(
            request,
            lambda: reports.conclude(candidature, actor=request.user, seen=seen_version(request)),
            done=f"Rapport d'évaluation de {candidature.reference} remis ; le dossier est en cours de fabrication.",
        )
        return answer or redirect("referencing:show", reference)
    context = {
        **_page(request, candidature),
        "draft": reports.draft_of(candidature),
        "refusals": reports.why_not_conclude(candidature, request.user),
    }
    return render(request, "evaluation/hand_in.html", context)


def _page(request: SignedRequest, candidature: Candidature) -> dict[str, Any]:
    """What the writing, checking and reading pages share: figures, and what is not settled yet."""
    whole = grid(candidature)
    return {
        **frame(request, candidature),
        "conflict": None,
        "summary": reports.summary_of(whole),
        "values": FINAL_VALUES,
        "rating": rating_of(whole),
        "unsettled": [line for line in whole.lines if not line.is_settled],
        "may_write": candidature.stage == Stage.IN_EVALUATION and access.may(request.user, "write_report", candidature),
        "filed": acts.latest(candidature, ActKind.REPORT),
    }


def _on_top_of(request: SignedRequest, stale: reports.StaleReport) -> ReportForm:
    """Keep what was typed, now on top of the text of the other person."""
    data = request.POST.copy()
    data["edition"] = str(stale.current.edition)
    return ReportForm(data)
