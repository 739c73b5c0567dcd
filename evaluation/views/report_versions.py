"""The versions of a report: the list, two of them compared, one read and taken up again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from evaluation import reports, versions
from evaluation.forms_report import VersionsForm
from evaluation.models import ReportVersion
from evaluation.views.frame import frame
from kit.methods import read_or_write
from referencing import access
from referencing.models import Candidature
from referencing.stages import Stage
from referencing.views.answers_to import try_move


@require_safe
def versions_page(request: SignedRequest, reference: str) -> HttpResponse:
    """List what the report was; two versions are compared, the last two unless the address names others."""
    candidature = access.get_for(request.user, reference, "write_report")
    found = versions.versions_of(candidature)
    context = {**frame(request, candidature), "versions": found, "form": None, "changes": None}
    if len(found) > 1:
        asked = request.GET if "de" in request.GET else {"de": found[1].number, "a": found[0].number}
        form = VersionsForm(asked, versions=ReportVersion.objects.filter(candidature=candidature))
        context["form"] = form
        if form.is_valid():
            before, after = form.cleaned_data["de"], form.cleaned_data["a"]
            context |= {"before": before, "after": after, "changes": versions.changes(before, after)}
    return render(request, "evaluation/versions.html", context)


@read_or_write
def version_page(request: SignedRequest, reference: str, version_number: int) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "write_report")
    version = next((one for one in versions.versions_of(candidature) if one.number == version_number), None)
    if version is None:
        raise Http404("version")
    if request.method == "POST":
        return _restore(request, candidature, version_number)
    draft = reports.draft_of(candidature)
    context = {
        **frame(request, candidature),
        "version": version,
        "number": str(version_number),
        "draft": draft,
        "may_restore": candidature.stage == Stage.IN_EVALUATION
        and reports.Texts.of(version) != reports.Texts.of(draft),
    }
    return render(request, "evaluation/version.html", context)


def _restore(request: SignedRequest, candidature: Candidature, number: int) -> HttpResponse:
    raw = request.POST.get("edition", "")
    edition = int(raw) if raw.isdecimal() and len(raw) < 10 else -1
    try:
        answer = try_move(
            request,
            lambda: reports.restore(candidature, number, edition=edition, actor=request.user),
            done=f"La version {number} est reprise ; le texte d'avant reste parmi les versions.",
        )
    except reports.StaleReport as stale:
        who = stale.current.updated_by
        messages.warning(request, f"{who} a modifié le rapport entre-temps : rien n'a été repris. Comparez d'abord.")
        return redirect("evaluation:versions", candidature.reference)
    return answer or redirect("evaluation:report", candidature.reference)
