"""The entrance of what a page saves by itself (static/referencing/autosave.js): answers in JSON, never redirects."""

from dataclasses import asdict

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from kit.methods import read_or_write
from kit.templatetags.french import badge
from questionnaires import published, sheets
from questionnaires.forms import AutosaveForm
from questionnaires.models import Answer, Criterion
from referencing import access
from referencing.clashes import clash_of
from referencing.models import Candidature

SIGNED_OUT = "Votre session a expiré. Reconnectez-vous pour enregistrer votre texte."


@login_not_required  # a script cannot follow the way to the sign-in: it is told, and keeps the text
@read_or_write
def autosave(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    if not isinstance(request.user, User):
        return JsonResponse({"sentence": SIGNED_OUT}, status=401)
    candidature = access.get_linked(request.user, reference, "answer")
    criterion = _criterion(candidature, code)
    if request.method != "POST":
        return JsonResponse({"person": request.user.pk, "token": get_token(request)})
    form = AutosaveForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"sentence": _first_sentence(form)}, status=422)
    return _save(request.user, candidature, criterion, form)


def _criterion(candidature: Candidature, code: str) -> Criterion:
    try:
        return published.criterion(candidature.sheet.version_id, code)
    except Criterion.DoesNotExist:
        raise Http404(code) from None


def _save(user: User, candidature: Candidature, criterion: Criterion, form: AutosaveForm) -> HttpResponse:
    try:
        answer = sheets.save_answer(candidature.sheet, criterion, user=user, **form.said)
    except sheets.AnswerRefused as refused:
        return JsonResponse({"refused": refused.sentence}, status=409)
    except sheets.Conflict as conflict:
        return JsonResponse(_conflict(conflict, form), status=409)
    return JsonResponse(_saved(answer))


def _saved(answer: Answer) -> dict[str, object]:
    standing, at = sheets.standing(answer), timezone.localtime()
    return {
        "edition": answer.edition,
        "at": f"{at.hour} h {at.minute:02d}",
        "badge": badge(standing.state, size="sm"),
        "missing": standing.missing,
    }


def _conflict(conflict: sheets.Conflict, form: AutosaveForm) -> dict[str, object]:
    clash = clash_of(conflict, form.cleaned_data["base"])
    return {
        "edition": clash.theirs.edition,
        "theirs": asdict(sheets.said_of(clash.theirs)),
        "merge": asdict(clash.said_merged),
        "panel": render_to_string("referencing/parts/conflict.html", {"conflict": clash, "keep": "keep"}),
    }


def _first_sentence(form: AutosaveForm) -> str:
    name, errors = next(iter(form.errors.items()))
    label = form.fields[name].label if name in ("value", "na_reason", "comment") else None
    return f"{label} : {errors[0]}" if label else str(errors[0])
