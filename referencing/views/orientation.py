"""The orientation questionnaire, one screen a step, and what it decides."""

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from accounts.roles import Profile
from kit.methods import read_or_write
from questionnaires import sheets
from questionnaires.applicability import State
from questionnaires.forms import OrientationForm
from questionnaires.models import Sheet
from questionnaires.orientation import Step
from referencing import access
from referencing.models import Candidature
from referencing.tracks import provision_of, track_of


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
    if request.method == "POST" and form.is_valid() and _answered(request, candidature, form):
        return _next_screen(request, reference, steps[step - 1].title, sheets.orientation_steps(candidature.sheet))
    following = steps[step].title if step < len(steps) else ""
    context = {
        "candidature": candidature,
        "form": form,
        "step": steps[step - 1],
        "steps": steps,
        "next_title": following,
    }
    return render(request, "referencing/orientation.html", context)


def _answered(request: SignedRequest, candidature: Candidature, form: OrientationForm) -> bool:
    """Keep the answers of a screen; what contradicts becomes the errors of the form."""
    try:
        sheets.answer_orientation(candidature.sheet, form.cleaned_data, request.user)
    except sheets.OrientationRefused as refused:
        for sentence in refused.sentences:
            form.add_error(None, sentence)
    return not form.errors


def _next_screen(request: SignedRequest, reference: str, title: str, steps: list[Step]) -> HttpResponse:
    """Answers may add or remove questions: stay while the screen just answered asks more, else take the next one."""
    answered = next((one for one in steps if one.title == title), None)
    if answered and not answered.is_answered:
        messages.info(request, "Vos réponses amènent une autre question sur cet écran.")
        return redirect("referencing:orientation_step", reference, answered.number)
    position = answered.number if answered else len(steps)
    if position >= len(steps):
        return redirect("referencing:orientation_result", reference)
    return redirect("referencing:orientation_step", reference, position + 1)


@require_safe
def result(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_readable_answers(request.user, reference)
    sheet = sheets.overview(candidature.sheet)
    asked = [item for view in sheet.questionnaires if view.is_answered for item in view.items if item.verdict.applies]
    profiles = Counter(item.criterion.profile for item in asked)
    context = {
        "candidature": candidature,
        "sheet": sheet,
        "track": track_of(candidature.sheet.facts).label,
        "provision": provision_of(candidature.sheet.facts),
        "profiles": [(Profile(code).label, number) for code, number in profiles.most_common()],
        "dispensed": sum(item.verdict.state == State.DISPENSED for item in sheet.items),
        "advice": sheets.advice(candidature.sheet),
    }
    return render(request, "referencing/orientation_result.html", context)
