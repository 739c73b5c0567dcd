"""The orientation questionnaire, one screen a step, what a change of it moves, and what it decides."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedRequest
from kit.methods import read_or_write
from questionnaires import sheets
from questionnaires.forms import OrientationForm
from questionnaires.gathering import Gathering
from questionnaires.models import Sheet
from questionnaires.orientation import Step, step_after
from referencing import access
from referencing.models import Candidature
from referencing.orienting import orient
from referencing.tracks import provision_of, track_of

MORE = "Vos réponses amènent une autre question sur cet écran."


@require_safe
def start(request: SignedRequest, reference: str) -> HttpResponse:
    """Go to the first screen that waits for an answer, or to the result."""
    candidature = access.get_for(request.user, reference, "answer")
    if candidature.sheet.writing != Sheet.Writing.OPEN:
        return redirect("referencing:orientation_result", reference)
    waiting = next((s.number for s in sheets.orientation_steps(candidature.sheet) if not s.is_answered), None)
    if waiting is None:
        return redirect("referencing:orientation_result", reference)
    return redirect("referencing:orientation_step", reference, waiting)


@read_or_write
def step(request: SignedRequest, reference: str, step: int) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "answer")
    steps = sheets.orientation_steps(candidature.sheet)
    if not 1 <= step <= len(steps):
        return redirect("referencing:orientation_result", reference)
    form = OrientationForm(request.POST or None, questions=steps[step - 1].questions, given=candidature.sheet.given)
    if request.method == "POST" and form.is_valid():
        answer = _answer(request, candidature, form)
        if answer:
            return answer
    context = {
        "candidature": candidature,
        "form": form,
        "step": steps[step - 1],
        "steps": steps,
        "next_title": steps[step].title if step < len(steps) else "",
        "revision": request.POST.get("revision", candidature.sheet.revision),
    }
    return render(request, "referencing/orientation.html", context)


@require_POST
def confirm(request: SignedRequest, reference: str) -> HttpResponse:
    """Do the change that was shown, if it would still do the same."""
    candidature = access.get_for(request.user, reference, "answer")
    questions = [one for one in sheets.orientation_questions(candidature.sheet) if one.code in request.POST]
    form = OrientationForm(request.POST, questions=questions, given=candidature.sheet.given)
    answer = _answer(request, candidature, form, seen=request.POST.get("seen", "")) if form.is_valid() else None
    if answer is None:
        for sentence in form.non_field_errors() or ["Ces réponses ne peuvent pas être lues : répondez de nouveau."]:
            messages.error(request, str(sentence))
    return answer or redirect("referencing:orientation", reference)


def _answer(
    request: SignedRequest, candidature: Candidature, form: OrientationForm, *, seen: str | None = None
) -> HttpResponse | None:
    """Keep the answers of a screen, or show first what they move; what contradicts becomes the errors of the form.

    `seen` is the change that the person confirms, None when none was shown to them.
    """
    sheet, facts = candidature.sheet, form.cleaned_data
    try:
        foreseen = sheets.foresee_change(sheet, facts)
        overtaken = _overtaken(request, sheet, foreseen) if seen is None else foreseen.is_other_than(seen)
        if overtaken or (seen is None and foreseen.needs_confirmation):
            return _show_change(request, candidature, form, foreseen, overtaken=overtaken)
        orient(candidature, facts, foreseen, actor=request.user)
    except sheets.OrientationOvertaken as late:
        return _show_change(request, candidature, form, late.foreseen, overtaken=True)
    except sheets.OrientationRefused as refused:
        for sentence in refused.sentences:
            form.add_error(None, sentence)
        return None
    if seen is not None and sheet.orientation_done:
        return redirect("referencing:orientation_result", candidature.reference)
    return _next_screen(request, candidature, form)


def _overtaken(request: SignedRequest, sheet: Sheet, foreseen: sheets.Foreseen) -> bool:
    """Whether a colleague changed the orientation since the screen was shown, and these answers undo something."""
    revision = request.POST.get("revision", "")
    return revision.isdecimal() and revision != str(sheet.revision) and bool(foreseen.revised)


def _show_change(
    request: SignedRequest,
    candidature: Candidature,
    form: OrientationForm,
    foreseen: sheets.Foreseen,
    *,
    overtaken: bool,
) -> HttpResponse:
    before, after = track_of(foreseen.before), track_of(foreseen.after)
    context = {
        "candidature": candidature,
        "foreseen": foreseen,
        "change": foreseen.change,
        "typed": [(name, value) for name in form.fields for value in request.POST.getlist(name)],
        "track_before": before.label if before != after else "",
        "track_after": after.label,
        "tests_before": provision_of(foreseen.before).unit_tests,
        "tests_after": provision_of(foreseen.after).unit_tests,
        "overtaken": overtaken,
    }
    return render(request, "referencing/orientation_change.html", context, status=409 if overtaken else 200)


def _next_screen(request: SignedRequest, candidature: Candidature, form: OrientationForm) -> HttpResponse:
    """Answers may add or remove questions: stay while the screen just answered asks more, else take the next one."""
    steps: list[Step] = sheets.orientation_steps(candidature.sheet)
    following, asks_more = step_after(steps, set(form.fields))
    if asks_more:
        messages.info(request, MORE)
    if following is None:
        return redirect("referencing:orientation_result", candidature.reference)
    return redirect("referencing:orientation_step", candidature.reference, following.number)


@require_safe
def result(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_readable_answers(request.user, reference)
    sheet = sheets.overview(candidature.sheet)
    context = {
        "candidature": candidature,
        "sheet": sheet,
        "gathering": Gathering(sheet),
        "track": track_of(candidature.sheet.facts).label,
        "provision": provision_of(candidature.sheet.facts),
        "advice": sheets.advice(candidature.sheet),
        "may_answer": access.may(request.user, "answer", candidature),
    }
    return render(request, "referencing/orientation_result.html", context)
