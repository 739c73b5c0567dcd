"""The answers out to a spreadsheet and back: export, dry run, confirmation."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedRequest
from kit import files
from kit.methods import read_or_write
from questionnaires import sheets
from questionnaires.workbooks import applying
from questionnaires.workbooks.intake import Reading
from questionnaires.workbooks.planning import Plan, plan
from referencing import access, spreadsheets
from referencing.models import Candidature
from referencing.spreadsheet_form import WorkbookForm


@read_or_write
def spreadsheet(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_visible(request.user, reference)
    may_answer = access.may(request.user, "answer", candidature)
    if request.method == "POST" and not may_answer:
        raise Http404("tableur")
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    if request.method == "POST" and form.is_valid():
        applying.keep(form.cleaned_data["file"], candidature.sheet, request.user)
        return redirect("referencing:spreadsheet_trial", reference)
    context = {"candidature": candidature, "form": form, "may_answer": may_answer}
    return render(request, "referencing/spreadsheet.html", context, status=422 if form.errors else 200)


@require_safe
def export(request: SignedRequest, reference: str, kind: str) -> FileResponse:
    candidature = access.get_visible(request.user, reference)
    if kind not in spreadsheets.WRITERS:
        raise Http404(kind)
    content = spreadsheets.export(candidature, request.user, kind)
    name = f"{candidature.reference}-reponses.{kind}"
    return files.attachment(BytesIO(content), name=name, media_type=spreadsheets.MEDIA_TYPES[kind])


@read_or_write
def trial(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "answer")
    reading = applying.kept_by(candidature.sheet, request.user)
    if reading is None:
        messages.error(request, "Aucun tableur n'attend ici, ou il attendait depuis plus d'une heure : renvoyez-le.")
        return redirect("referencing:spreadsheet", reference)
    if request.method == "POST":
        return _confirm(request, candidature, reading)
    return _trial_page(request, candidature, plan(reading, candidature.sheet))


def _confirm(request: SignedRequest, candidature: Candidature, reading: Reading) -> HttpResponse:
    choices = {key.removeprefix("keep-"): str(said) for key, said in request.POST.items() if key.startswith("keep-")}
    seal = request.POST.get("seal", "")
    try:
        written = spreadsheets.bring_back(candidature, reading, seal=seal, choices=choices, actor=request.user)
    except applying.Outdated as outdated:
        return _trial_page(request, candidature, outdated.plan, str(outdated), choices, status=409)
    except (applying.NotSettled, sheets.AnswerRefused, sheets.Conflict) as refused:
        current = plan(reading, candidature.sheet)
        return _trial_page(request, candidature, current, str(refused), choices, status=422)
    number = len(written)
    done = f"{number} réponses importées." if number > 1 else f"{number} réponse importée."
    messages.success(request, f"{done} Le tableur n'est plus gardé.")
    return redirect("referencing:answers", candidature.reference)


def _trial_page(
    request: SignedRequest,
    candidature: Candidature,
    current: Plan,
    refusal: str = "",
    choices: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"candidature": candidature, "plan": current, "refusal": refusal, "choices": choices or {}}
    return render(request, "referencing/spreadsheet_trial.html", context, status=status)


@require_POST
def forget(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "answer")
    applying.forget(candidature.sheet, request.user)
    messages.success(request, "Le tableur est oublié : rien n'a été écrit.")
    return redirect("referencing:spreadsheet", reference)
