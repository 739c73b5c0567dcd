"""The judging workspace: one criterion, the answer and its proofs on the same page, the verdict, the next one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import SignedRequest
from evaluation import double, judging
from evaluation.forms import VerdictForm, verdict_initial
from evaluation.grid import Grid, Line, filed_in, grid
from evaluation.models import Appraisal, Judgement
from evaluation.views.frame import may_read_notes, standing
from kit.files import PREVIEWED
from kit.methods import read_or_write
from questionnaires.models import Criterion
from referencing import access
from referencing.door import Refused
from referencing.models import Candidature


@read_or_write
def judge(request: SignedRequest, reference: str, code: str) -> HttpResponse:
    right = "judge" if request.method == "POST" else "read_evaluation"
    candidature = access.get_for(request.user, reference, right)
    if request.method == "POST":
        return _record(request, candidature, code)
    whole = grid(candidature)
    line = _line_or_404(whole, code, request)
    context = _page(request, whole, line)
    form = None if context["reasons"] else VerdictForm(initial=verdict_initial(line, context["opinion"]))
    return render(request, "evaluation/judge.html", {**context, "form": form})


def _record(request: SignedRequest, candidature: Candidature, code: str) -> HttpResponse:
    form = VerdictForm(request.POST)
    if form.is_valid():
        try:
            found = judging.judge(candidature, code, expert=request.user, **form.cleaned_data)
        except Refused as refused:
            for refusal in refused.refusals:
                form.add_error(None, refusal.sentence)
        except judging.Conflict as stale:
            return _again(request, candidature, code, _on_top_of(request, stale), conflict=stale.current)
        else:
            messages.success(request, _recorded(code, found))
            return _after(request, candidature, code)
    return _again(request, candidature, code, form)


def _again(
    request: SignedRequest, candidature: Candidature, code: str, form: VerdictForm, *, conflict: Judgement | None = None
) -> HttpResponse:
    """Show the page again with what was typed."""
    whole = grid(candidature)
    context = {**_page(request, whole, _line_or_404(whole, code, request)), "form": form, "conflict": conflict}
    return render(request, "evaluation/judge.html", context, status=409 if conflict else 422)


def _after(request: SignedRequest, candidature: Candidature, code: str) -> HttpResponse:
    """Go on with the next criterion left to judge, or stay when the person only wanted to save."""
    if "next" not in request.POST:
        return redirect("evaluation:judge", candidature.reference, code)
    whole = grid(candidature)
    following = judging.next_left(whole, whole.assignment_of(request.user), code)
    if following:
        return redirect("evaluation:judge", candidature.reference, following.code)
    messages.info(request, "Tous les critères qui vous sont confiés sont jugés.")
    return redirect("evaluation:grid", candidature.reference)


def _page(request: SignedRequest, whole: Grid, line: Line) -> dict[str, Any]:
    candidature, verdict, assignment = whole.candidature, line.verdict, whole.assignment_of(request.user)
    reads_notes = verdict is not None and may_read_notes(request.user, candidature)
    return {
        **standing(candidature),
        **_neighbours(whole, line),
        "line": line,
        "criterion": _criterion(candidature, line.code),
        "past": filed_in(candidature, line.code, verdict.round) if verdict and line.is_left else None,
        "viewable": [proof for proof in line.filed["proofs"] if proof["media_type"] in PREVIEWED],
        "opinion": double.own(candidature, line.code, request.user) if double.needs_second(line) else None,
        "may_discuss": line.is_paired and may_read_notes(request.user, candidature),
        "note": verdict.private_note if verdict and reads_notes else "",
        "reasons": judging.why_not(whole, line, line.code, assignment),
        "is_expert": assignment is not None,
        "conflict": None,
    }


def _on_top_of(request: SignedRequest, stale: judging.Conflict) -> VerdictForm:
    """Keep what was typed, now on top of the verdict of the other person: saving again replaces it knowingly."""
    data = request.POST.copy()
    data["edition"] = str(stale.current.edition if stale.current else 0)
    return VerdictForm(data)


def _neighbours(whole: Grid, line: Line) -> dict[str, Any]:
    """Where this criterion stands in the whole grid, and in its section."""
    place = [other.code for other in whole.lines].index(line.code)
    group = next(group for group in whole.groups() if group.code == line.questionnaire)
    return {
        "place": place + 1,
        "total": len(whole.lines),
        "before": whole.lines[place - 1] if place else None,
        "after": whole.lines[place + 1] if place + 1 < len(whole.lines) else None,
        "group": group,
        "section": [other for other in group.lines if other.filed["section"] == line.filed["section"]],
    }


def _criterion(candidature: Candidature, code: str) -> Criterion:
    """The published criterion: what it advises, and the kinds of proof it expects."""
    return Criterion.objects.prefetch_related("expected_proofs").get(version=candidature.sheet.version_id, code=code)


def _recorded(code: str, found: Judgement) -> str:
    noun = "votre appréciation" if isinstance(found, Appraisal) else "verdict"
    return f"{code} : {noun} « {found.get_value_display()} » enregistré{'e' if isinstance(found, Appraisal) else ''}."


def _line_or_404(whole: Grid, code: str, request: SignedRequest) -> Line:
    """The line as this person has it: whoever is assigned finds their own work there."""
    line = whole.line_for(code, whole.assignment_of(request.user))
    if line is None:
        raise Http404(code)
    return line
