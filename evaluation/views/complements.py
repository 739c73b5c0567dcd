"""The complement request: prepared, read as the éditeur will read it, then sent; and the files that go with it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedRequest
from evaluation import complements as requests
from evaluation import drafting
from evaluation.forms import ComplementForm
from evaluation.grid import Grid, grid
from evaluation.models import ComplementDraft, RequestFile
from evaluation.to_do import preview as previewed
from evaluation.views.frame import frame
from kit.methods import read_or_write
from questionnaires import serving
from questionnaires.contents import FileRefused
from referencing import access, acts
from referencing.door import Refused, refusals
from referencing.kinds import ActKind
from referencing.letters import drafted
from referencing.models import Candidature
from referencing.views.answers_to import seen_version, try_move


@read_or_write
def complements(request: SignedRequest, reference: str) -> HttpResponse:
    """Prepare the request: the list comes from the verdicts, the rest is written here."""
    candidature = access.get_for(request.user, reference, "request_complements")
    draft = drafting.draft_of(candidature)
    if request.method != "POST":
        return _draft_page(request, candidature, _initial(draft), draft)
    form = ComplementForm(request.POST, request.FILES)
    try:
        if form.is_valid():
            drafting.save(candidature, actor=request.user, **form.cleaned_data)
            return _saved(request, candidature)
    except Refused as refused:
        form.add_error(None, str(refused))
    except FileRefused as refused:
        form.add_error("joined", refused.sentence)
    except drafting.StaleDraft as stale:
        return _draft_page(request, candidature, _on_top_of(request, stale), stale.current, conflict=stale.current)
    return _draft_page(request, candidature, form, draft)


def _initial(draft: ComplementDraft | None) -> ComplementForm:
    if draft is None:
        return ComplementForm(initial={"deadline": requests.default_deadline(), "edition": 0})
    written = {"deadline": draft.deadline, "message": draft.message, "edition": draft.edition}
    return ComplementForm(initial=written)


def _on_top_of(request: SignedRequest, stale: drafting.StaleDraft) -> ComplementForm:
    """Keep what was typed, now on top of the draft of the other person: saving again replaces it knowingly."""
    data = request.POST.copy()
    data["edition"] = str(stale.current.edition)
    return ComplementForm(data)


def _saved(request: SignedRequest, candidature: Candidature) -> HttpResponse:
    messages.success(request, "Demande enregistrée ; rien n'est encore envoyé à l'éditeur.")
    following = "evaluation:preview_complements" if "preview" in request.POST else "evaluation:complements"
    return redirect(following, candidature.reference)


def _draft_page(
    request: SignedRequest,
    candidature: Candidature,
    form: ComplementForm,
    draft: ComplementDraft | None,
    *,
    conflict: ComplementDraft | None = None,
) -> HttpResponse:
    whole = grid(candidature)
    context = {
        **frame(request, candidature),
        "form": form,
        "draft": draft,
        "conflict": conflict,
        "items": [(whole.line(item["criterion"]), item["expected"]) for item in requests.asked_for(whole)],
        "files": requests.files_of(candidature),
        "left": whole.progress.left,
        "refusals": refusals(candidature, "request_complements", request.user),
    }
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "evaluation/complements.html", context, status=status)


@read_or_write
def preview(request: SignedRequest, reference: str) -> HttpResponse:
    """Read the request exactly as the éditeur will, then send it."""
    candidature = access.get_for(request.user, reference, "request_complements")
    whole, draft = grid(candidature), drafting.draft_of(candidature)
    if draft is None or not requests.asked_for(whole):
        return redirect("evaluation:complements", reference)
    asked, changed = drafting.request_of(whole, draft), False
    if request.method == "POST":
        if request.POST.get("mark") == asked.mark:
            answer = try_move(
                request,
                lambda: requests.send_complement_request(
                    candidature, asked, actor=request.user, seen=seen_version(request)
                ),
                done="Demande de compléments envoyée à l'éditeur ; le délai d'évaluation est suspendu.",
            )
            return answer or redirect("referencing:show", reference)
        changed = True
    return _preview_page(request, whole, asked, changed=changed)


def _preview_page(
    request: SignedRequest, whole: Grid, asked: requests.ComplementRequest, *, changed: bool
) -> HttpResponse:
    candidature = whole.candidature
    context = {
        **frame(request, candidature),
        "todo": previewed(asked, {line.code: line.filed["text"] for line in whole.lines}),
        "letter": drafted(
            "complements",
            candidature,
            asked.payload,
            recipient=f"l'équipe de {candidature.organisation.name}",
            page="evaluation:to_do",
        ),
        "left": whole.progress.left,
        "changed": requests.CHANGED if changed else "",
        "mark": asked.mark,
        "refusals": refusals(candidature, "request_complements", request.user),
    }
    return render(request, "evaluation/complements_preview.html", context, status=409 if changed else 200)


@require_POST
def remove_file(request: SignedRequest, reference: str, public_id: UUID) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "request_complements")
    found = get_object_or_404(RequestFile, candidature=candidature, public_id=public_id)
    try:
        drafting.remove(found, actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"« {found.original_name} » est retirée de la demande.")
    return redirect("evaluation:complements", reference)


@require_safe
def file(request: SignedRequest, reference: str, public_id: UUID) -> HttpResponseBase:
    """Give a file of a request: to the éditeur's team and to those who read the evaluation once it is sent.

    While it is prepared, to those who may send it alone.
    """
    candidature = access.get_visible(request.user, reference)
    found = get_object_or_404(RequestFile, candidature=candidature, public_id=public_id)
    quoted = {
        one["public_id"]
        for payload in acts.payloads(candidature, ActKind.COMPLEMENT_REQUEST)
        for one in payload.get("files", ())
    }
    readers = ("answer", "read_evaluation") if str(public_id) in quoted else ("request_complements",)
    if not any(access.may(request.user, right, candidature) for right in readers):
        raise Http404("pièce")
    return serving.send(found)
