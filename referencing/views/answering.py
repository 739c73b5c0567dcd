"""Reading and answering the criteria of a candidature, and giving their proofs."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedRequest
from kit.methods import read_or_write
from questionnaires import sheets, vault
from questionnaires.applicability import State
from questionnaires.contents import FileRefused
from questionnaires.forms import AnswerForm, EvidenceForm
from questionnaires.models import EvidenceRevision, EvidenceUse, Sheet
from questionnaires.sheets import Item, Overview
from referencing import access, acts
from referencing.clashes import Clash
from referencing.kinds import ActKind
from referencing.models import Candidature
from referencing.replies import Kind, receive
from referencing.tasklist import resume, task_groups
from referencing.views import team
from referencing.views.coffre import sender_of

STATUS = {Kind.CLASH: 409, Kind.REFUSED: 409}


def expected_complements(candidature: Candidature) -> dict[str, str]:
    """Return what the current request for complements expects, by code of criterion."""
    payload = acts.latest(candidature, ActKind.COMPLEMENT_REQUEST) or {}
    return {item["criterion"]: item["expected"] for item in payload.get("items", [])}


@require_safe
def overview(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_readable_answers(request.user, reference)
    sheet = sheets.overview(candidature.sheet)
    reopened = [item for item in sheet.items if item.reopened]
    waiting = {criterion.code for criterion in sheets.unanswered_reopenings(candidature.sheet)} if reopened else set()
    may_answer = access.may(request.user, "answer", candidature) and any(item.may_change for item in sheet.items)
    context = {
        "candidature": candidature,
        "sheet": sheet,
        "groups": task_groups(request.user, candidature, sheet, waiting),
        "resume": resume(request.user, candidature, sheet, waiting) if may_answer else None,
        "reopened": reopened,
        "waiting": waiting,
        "expected": expected_complements(candidature),
        "may_read_aside": access.may(request.user, "answer", candidature),
        "may_answer": may_answer,
    }
    return render(request, "referencing/answers.html", context)


@require_safe
def questionnaire(request: SignedRequest, reference: str, code: str) -> HttpResponse:
    candidature = access.get_readable_answers(request.user, reference)
    view = sheets.overview(candidature.sheet).questionnaire(code)
    if view is None:
        raise Http404(code)
    context = {
        "candidature": candidature,
        "questionnaire": view,
        "left_out": [item for item in view.items if item.verdict.state != State.APPLICABLE],
        **team.listed(request, candidature, view),
    }
    return render(request, "referencing/questionnaire.html", context)


@read_or_write
def criterion(request: SignedRequest, reference: str, code: str) -> HttpResponse:
    candidature = access.get_readable_answers(request.user, reference)
    if request.method == "POST" and not access.may(request.user, "answer", candidature):
        raise Http404(code)
    whole, item = _item(candidature, code)
    if request.method != "POST":
        return _criterion_page(request, candidature, whole, item, AnswerForm.of(item))
    reply = receive(candidature, item, request.POST, request.user)
    if reply.kind == Kind.REFUSED:  # the page says what is true now
        whole, item = _item_now(candidature, code)
    if not reply.is_settled:
        status = STATUS.get(reply.kind, 200)
        return _criterion_page(request, candidature, whole, item, reply.form, conflict=reply.clash, status=status)
    team.keep_mark(request, candidature, item)
    messages.success(request, f"Réponse à {item.code} enregistrée.")
    following = neighbours(whole, item)[1]
    code = following.code if "next" in request.POST and following else item.code
    return redirect("referencing:criterion", candidature.reference, code)


def _criterion_page(
    request: SignedRequest,
    candidature: Candidature,
    whole: Overview,
    item: Item,
    form: AnswerForm,
    *,
    evidence: EvidenceForm | None = None,
    conflict: Clash | None = None,
    status: int = 200,
) -> HttpResponse:
    previous, following = neighbours(whole, item)
    explainer = sheets.explainer(candidature.sheet)
    may_answer = access.may(request.user, "answer", candidature)
    context = {
        "candidature": candidature,
        "item": item,
        "reason": explainer.reason(item.criterion, item.verdict),
        "places": explainer.places,
        "may_orient": may_answer and candidature.sheet.writing == Sheet.Writing.OPEN,
        "aside": item.aside if may_answer else None,
        "form": form,
        "evidence": evidence or _evidence_form(request, candidature, item),
        "conflict": conflict,
        "request_expected": expected_complements(candidature).get(item.code, "") if item.reopened else "",
        "may_answer": may_answer,
        "previous": previous,
        "next": following,
        **team.beside(request, candidature, item),
    }
    return render(request, "referencing/criterion.html", context, status=status)


@require_POST
def attach(request: SignedRequest, reference: str, code: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "answer")
    whole, item = _item(candidature, code)
    form = _evidence_form(request, candidature, item, request.POST, request.FILES)
    if form.is_valid():
        try:
            given = form.cleaned_data
            revision = given["existing"] or _deposited(request, candidature, given)
            sheets.attach(candidature.sheet, item.criterion, revision, request.user, given["note"])
        except (sheets.AnswerRefused, FileRefused) as refused:
            form.add_error(None, refused.sentence)
            whole, item = _item_now(candidature, code)
        else:
            form.fields["file"].forget()  # type: ignore[attr-defined]
            messages.success(request, f"Preuve « {revision.evidence.title} » jointe à {item.code}.")
            return redirect("referencing:criterion", reference, code)
    form.fields["file"].release()  # type: ignore[attr-defined]
    return _criterion_page(request, candidature, whole, item, AnswerForm.of(item), evidence=form, status=422)


def _evidence_form(request: SignedRequest, candidature: Candidature, item: Item, *given: Any) -> EvidenceForm:
    organisation = candidature.organisation
    sender = sender_of(request, organisation) if access.may(request.user, "answer", candidature) else None
    return EvidenceForm(*given, item=item, organisation=organisation, sender=sender)


def _deposited(request: SignedRequest, candidature: Candidature, given: dict[str, Any]) -> EvidenceRevision:
    """Keep the file of the form, and say so when the vault already had it."""
    deposited = vault.keep(
        candidature.organisation, given["file"], title=given["title"], kind=given["kind"], user=request.user
    )
    if not deposited.is_new:
        title = deposited.revision.evidence.title
        messages.info(
            request, f"« {given['file'].name} » : déjà déposée sous le nom « {title} », elle sert de nouveau."
        )
    return deposited.revision


@require_POST
def detach(request: SignedRequest, reference: str, code: str, use: int) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "answer")
    found = get_object_or_404(EvidenceUse, pk=use, answer__sheet=candidature.sheet, answer__criterion__code=code)
    try:
        sheets.detach(found, request.user)
    except sheets.AnswerRefused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "Preuve retirée de ce critère ; elle reste dans le coffre de l'organisation.")
    return redirect("referencing:criterion", reference, code)


def neighbours(whole: Overview, item: Item) -> tuple[Item | None, Item | None]:
    """Return the criteria before and after one in its questionnaire, among those that apply."""
    code = item.criterion.section.questionnaire.code
    view = whole.questionnaire(code)
    items = [other for other in (view.items if view else ()) if other.verdict.applies]
    position = next((i for i, other in enumerate(items) if other.code == item.code), None)
    if position is None:
        return None, None
    return (items[position - 1] if position else None), (items[position + 1] if position + 1 < len(items) else None)


def _item_now(candidature: Candidature, code: str) -> tuple[Overview, Item]:
    """Read the sheet again: a colleague changed it while an answer was on its way."""
    candidature.sheet.refresh_from_db()
    return _item(candidature, code)


def _item(candidature: Candidature, code: str) -> tuple[Overview, Item]:
    whole = sheets.overview(candidature.sheet)
    item = whole.item(code)
    if item is None:
        raise Http404(code)
    return whole, item
