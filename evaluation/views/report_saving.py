"""The entrance of the report that a page saves by itself (static/referencing/autosave.js): answers in JSON."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from evaluation import reports
from evaluation.forms_report import ReportAutosaveForm
from evaluation.report_clash import clash_of
from kit.methods import read_or_write
from referencing import access
from referencing.door import Refused
from referencing.models import Candidature

SIGNED_OUT = "Votre session a expiré. Reconnectez-vous pour enregistrer votre texte."


@login_not_required  # a script cannot follow the way to the sign-in: it is told, and keeps the text
@read_or_write
def autosave(request: HttpRequest, reference: str) -> HttpResponse:
    if not isinstance(request.user, User):
        return JsonResponse({"sentence": SIGNED_OUT}, status=401)
    candidature = access.get_for(request.user, reference, "write_report")
    if request.method != "POST":
        return JsonResponse({"person": request.user.pk, "token": get_token(request)})
    form = ReportAutosaveForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"sentence": _first_sentence(form)}, status=422)
    return _save(request.user, candidature, form)


def _save(user: User, candidature: Candidature, form: ReportAutosaveForm) -> HttpResponse:
    edition = form.cleaned_data["edition"]
    try:
        draft = reports.save_draft(
            candidature, actor=user, edition=edition, sending=form.sending, origin=None, **form.texts
        )
    except Refused as refused:
        return JsonResponse({"refused": str(refused)}, status=409)
    except reports.StaleReport as stale:
        return JsonResponse(_conflict(stale, form), status=409)
    at = timezone.localtime()
    return JsonResponse({"edition": draft.edition, "at": f"{at.hour} h {at.minute:02d}"})


def _conflict(stale: reports.StaleReport, form: ReportAutosaveForm) -> dict[str, object]:
    clash = clash_of(stale.current, form.texts, form.cleaned_data["base"])
    return {
        "edition": stale.current.edition,
        "theirs": clash.theirs,
        "merge": clash.merged,
        "panel": render_to_string("evaluation/parts/report_conflict.html", {"conflict": clash}),
    }


def _first_sentence(form: ReportAutosaveForm) -> str:
    name, errors = next(iter(form.errors.items()))
    return f"{form.fields[name].label or 'Envoi'} : {errors[0]}"
