"""The report: written here, checked, then handed in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import SignedRequest
from evaluation import reports
from evaluation.forms_report import TEXTS, ReportForm, following
from evaluation.grid import grid
from evaluation.report_clash import ReportClash, clash_of
from evaluation.views.report_page import report_page
from kit.methods import read_or_write
from referencing import access, communication
from referencing.door import Refused
from referencing.models import Candidature
from referencing.stages import Stage
from referencing.views.answers_to import seen_version, try_move


@read_or_write
def report(request: SignedRequest, reference: str) -> HttpResponse:
    right = "write_report" if request.method == "POST" else "read_evaluation"
    candidature = access.get_for(request.user, reference, right)
    if request.method == "POST":
        return _receive(request, candidature)
    draft = reports.draft_of(candidature)
    return _page(request, candidature, ReportForm.of(draft))


def _receive(request: SignedRequest, candidature: Candidature) -> HttpResponse:
    """Save the report; of two texts that clash, `keep` says what is chosen: mine (by default), theirs or merge."""
    keep = request.POST.get("keep", "mine")
    if keep == "theirs":
        messages.info(request, "Le texte enregistré par l'autre personne est gardé ; le vôtre n'a pas été enregistré.")
        return redirect("evaluation:report", candidature.reference)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, candidature, form, status=422)
    if keep == "merge":
        clash = clash_of(reports.draft_of(candidature), form.texts, form.cleaned_data["base"])
        messages.info(request, "Voici les deux textes réunis : relisez-les, puis enregistrez.")
        return _page(request, candidature, _on_top_of(request, clash, clash.merged))
    return _save(request, candidature, form)


def _save(request: SignedRequest, candidature: Candidature, form: ReportForm) -> HttpResponse:
    edition = form.cleaned_data["edition"]
    try:
        reports.save_draft(candidature, actor=request.user, edition=edition, **form.texts)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, candidature, form, status=422)
    except reports.StaleReport as stale:
        clash = clash_of(stale.current, form.texts, form.cleaned_data["base"])
        return _page(request, candidature, _on_top_of(request, clash, form.texts), clash, status=409)
    messages.success(request, "Rapport enregistré.")
    following_page = "evaluation:hand_in" if "check" in request.POST else "evaluation:report"
    return redirect(following_page, candidature.reference)


def _page(
    request: SignedRequest,
    candidature: Candidature,
    form: ReportForm,
    conflict: ReportClash | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **report_page(request, candidature),
        "form": form,
        "draft": reports.draft_of(candidature),
        "conflict": conflict,
    }
    return render(request, "evaluation/report.html", context, status=status)


def _on_top_of(request: SignedRequest, clash: ReportClash, texts: dict[str, str]) -> ReportForm:
    """Give back these words, now on top of the text of the other person; `base` stays what both started from."""
    data: dict[str, Any] = {name: texts[name] for name in TEXTS}
    return ReportForm(data | following(clash.current) | {"base": request.POST.get("base", "")})


@read_or_write
def propose(request: SignedRequest, reference: str) -> HttpResponse:
    """Show the skeleton that the facts propose; sending it begins an empty report with it, and replaces nothing."""
    candidature = access.get_for(request.user, reference, "write_report")
    draft, skeleton = reports.draft_of(candidature), reports.skeleton_for(grid(candidature))
    if request.method != "POST":
        may_write = candidature.stage == Stage.IN_EVALUATION
        context = {"candidature": candidature, "draft": draft, "skeleton": skeleton, "may_write": may_write}
        return render(request, "evaluation/skeleton.html", context)
    if draft.synthesis:
        messages.warning(request, "La synthèse est déjà commencée : la trame ne la remplace pas, copiez-la d'ici.")
        return redirect("evaluation:propose", reference)
    answer = try_move(
        request,
        lambda: reports.begin(candidature, skeleton, draft, actor=request.user),
        done="La trame est posée : réécrivez-la, passage par passage.",
    )
    return answer or redirect("evaluation:report", reference)


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
    refusals = reports.why_not_conclude(candidature, request.user)
    context = {
        **report_page(request, candidature),
        "draft": reports.draft_of(candidature),
        "refusals": refusals,
        "others": [reason for reason in refusals if not reason.code.startswith("verdict:")],
        "communicated": communication.when_communicated(),
    }
    return render(request, "evaluation/hand_in.html", context)
