"""The judging workspace: one criterion, the answer and its proofs on the same page, the verdict, the next one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import SignedRequest
from evaluation import double, judging
from evaluation.forms import VerdictForm, verdict_initial, with_draft
from evaluation.grid import Grid, Line, grid_around
from evaluation.keeping import draft_of
from evaluation.models import Appraisal, Judgement
from evaluation.views.frame import may_read_notes, standing
from evaluation.views.kept import gives_back, kept
from evaluation.views.selection import Selection
from evaluation.workspace import steps, workspace
from kit.methods import read_or_write
from referencing import access
from referencing.door import Refused
from referencing.models import Candidature


@read_or_write
@gives_back
def judge(request: SignedRequest, reference: str, code: str) -> HttpResponse:
    right = "judge" if request.method == "POST" else "read_evaluation"
    candidature = access.get_for(request.user, reference, right)
    if request.method == "POST":
        return _record(request, candidature, code)
    whole = grid_around(candidature)
    line = whole.line_for(code, whole.assignment_of(request.user))
    if line is None:
        raise Http404(code)
    context = _page(request, whole, line)
    return render(request, "evaluation/judge.html", context | _first_form(request, line, context))


def _first_form(request: SignedRequest, line: Line, context: dict[str, Any]) -> dict[str, Any]:
    """The form as one finds it: what one was typing before anything else, with the verdict of another meanwhile."""
    if context["reasons"]:
        return {"form": None}
    draft = draft_of(context["candidature"], line.code, request.user)
    verdict, opinion = context["desk"].verdict, context["opinion"]
    form = VerdictForm(initial=with_draft(verdict_initial(line, verdict, opinion), draft))
    meanwhile = opinion if double.needs_second(line) else verdict
    overtaken = draft is not None and draft.edition != line.edition
    return {"form": form, "draft": draft, "conflict": meanwhile if overtaken else None}


def _record(request: SignedRequest, candidature: Candidature, code: str) -> HttpResponse:
    form = VerdictForm(request.POST)
    if form.is_valid():
        try:
            found = judging.judge(candidature, code, expert=request.user, **form.cleaned_data)
        except Refused as refused:
            for refusal in refused.refusals:
                form.add_error(None, refusal.sentence)
        except judging.Conflict as stale:
            edition = stale.current.edition if stale.current else 0
            return _again(request, candidature, code, _on_top(request, edition=edition), conflict=stale.current)
        except judging.Moved as moved:
            return _again(request, candidature, code, form, moved=moved)
        else:
            messages.success(request, _recorded(code, found))
            return _after(request, candidature, code)
    return _again(request, candidature, code, form)


def _again(
    request: SignedRequest,
    candidature: Candidature,
    code: str,
    form: VerdictForm,
    *,
    conflict: Judgement | None = None,
    moved: judging.Moved | None = None,
) -> HttpResponse:
    """Show the page again with what was typed; without the page when the criterion is no longer asked."""
    whole = grid_around(candidature)
    line = whole.line_for(code, whole.assignment_of(request.user))
    if line is None:
        reasons = judging.why_not(whole, None, code, whole.assignment_of(request.user))
        return kept(request, reasons, status=422)
    if moved:
        form = _on_top(request, seen=line.on_file.mark)
        form.add_error(None, moved.sentence)
    context = {**_page(request, whole, line), "form": form, "conflict": conflict}
    return render(request, "evaluation/judge.html", context, status=409 if conflict or moved else 422)


def _after(request: SignedRequest, candidature: Candidature, code: str) -> HttpResponse:
    """Go on with the next criterion left to judge, or stay when the person only wanted to save."""
    selection = Selection.of(request)
    if "next" not in request.POST:
        return redirect(selection.address(candidature, code))
    whole = grid_around(candidature)
    shown, assignment = whole.only(selection.lines(whole)), whole.assignment_of(request.user)
    following = judging.next_left(shown, assignment, code) or judging.next_left(whole, assignment, code)
    if following:
        return redirect(selection.address(candidature, following.code))
    messages.info(request, "Tous les critères qui vous sont confiés sont jugés.")
    return redirect("evaluation:grid", candidature.reference)


def _page(request: SignedRequest, whole: Grid, line: Line) -> dict[str, Any]:
    candidature, assignment = whole.candidature, whole.assignment_of(request.user)
    notes = may_read_notes(request.user, candidature) if line.verdict or line.is_paired else False
    return {
        **standing(candidature),
        **_around(request, whole, line),
        "line": line,
        "title": whole.titles[line.questionnaire],
        "desk": workspace(candidature, line, reads_notes=notes),
        "reads_notes": notes,
        "may_discuss": line.is_paired and notes,
        "opinion": double.own(candidature, line.code, request.user) if double.needs_second(line) else None,
        "reasons": judging.why_not(whole, line, line.code, assignment),
        "assignment": assignment,
    }


def _around(request: SignedRequest, whole: Grid, line: Line) -> dict[str, Any]:
    """The criteria that one goes through, where this one stands among them, and how far the work is."""
    selection = Selection.of(request)
    shown = selection.lines(whole)
    mine = whole.entrusted_to(whole.assignment_of(request.user))
    return {
        "grid": whole,
        "shown": shown,
        "selection": selection,
        "filters": selection.filters(whole),
        "steps": steps(whole, shown, line, request.user),
        "progress": whole.only(mine or whole.lines).progress,
    }


def _on_top(request: SignedRequest, **known: object) -> VerdictForm:
    """Keep what was typed, now on top of what the person has before their eyes: saving again is done knowingly."""
    data = request.POST.copy()
    for name, value in known.items():
        data[name] = str(value)
    return VerdictForm(data)


def _recorded(code: str, found: Judgement) -> str:
    noun = "votre appréciation" if isinstance(found, Appraisal) else "verdict"
    return f"{code} : {noun} « {found.get_value_display()} » enregistré{'e' if isinstance(found, Appraisal) else ''}."
