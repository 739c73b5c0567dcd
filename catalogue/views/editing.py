"""Writing the fiche, seeing it as the public will, and publishing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from catalogue import fiches
from catalogue.entries import page_of
from catalogue.forms import FicheForm, PublishForm
from catalogue.models import FicheDraft
from catalogue.presentation import Shown, of_draft
from kit.methods import read_or_write
from referencing import access, acts
from referencing.door import Refused, refusals
from referencing.kinds import ActKind
from referencing.models import Candidature, Signature
from referencing.stages import Stage
from referencing.views.answers_to import seen_version, try_move


@read_or_write
def fiche(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "write_fiche")
    exchanges = fiches.exchanges_data(candidature)
    if request.method == "POST":
        form = FicheForm(request.POST, exchanges_data=exchanges)
        if form.is_valid():
            return _save(request, candidature, form)
        return _fiche_page(request, candidature, form, status=422)
    if not fiches.may_change(candidature):
        return redirect("catalogue:preview", reference)
    return _fiche_page(request, candidature, FicheForm.of(fiches.draft_of(candidature), exchanges_data=exchanges))


def _save(request: SignedRequest, candidature: Candidature, form: FicheForm) -> HttpResponse:
    try:
        fiches.save_fiche(candidature, actor=request.user, **form.cleaned_data)
    except fiches.StaleFiche as stale:
        again = FicheForm(
            {**form.cleaned_data, "edition": stale.theirs.edition}, exchanges_data="finalities" in form.fields
        )
        return _fiche_page(request, candidature, again, theirs=stale.theirs, status=409)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _fiche_page(request, candidature, form, status=422)
    messages.success(request, "Fiche enregistrée.")
    page = "catalogue:preview" if "preview" in request.POST else "catalogue:fiche"
    return redirect(page, candidature.reference)


def _fiche_page(
    request: SignedRequest,
    candidature: Candidature,
    form: FicheForm,
    *,
    theirs: FicheDraft | None = None,
    status: int = 200,
) -> HttpResponse:
    draft = fiches.draft_of(candidature)
    context = {
        "candidature": candidature,
        "form": form,
        "draft": draft,
        "theirs": theirs,
        "lacks": fiches.lacks(draft),
        "may_publish": access.may(request.user, "publish", candidature),
    }
    return render(request, "catalogue/fiche.html", context, status=status)


@require_safe
def preview(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "write_fiche")
    context = {
        "candidature": candidature,
        "fiche": _as_public(candidature, fiches.draft_of(candidature)),
        "may_change": fiches.may_change(candidature),
        "entry": page_of(candidature),
    }
    return render(request, "catalogue/preview.html", context)


@read_or_write
def publish(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "publish")
    draft = fiches.draft_of(candidature)
    form = PublishForm(request.POST if request.method == "POST" else None, initial={"edition": draft.edition})
    if request.method == "POST" and form.is_valid():
        try:
            answer = _publish(request, candidature, form)
        except fiches.StaleFiche as stale:
            return _publish_page(request, candidature, _to_read_again(stale), status=409)
        if answer or not form.errors:
            return answer or redirect("catalogue:publish", reference)
    if candidature.stage == Stage.PUBLISHED:
        context = {"candidature": candidature, "entry": page_of(candidature)}
        return render(request, "catalogue/published.html", context)
    return _publish_page(request, candidature, form)


def _publish(request: SignedRequest, candidature: Candidature, form: PublishForm) -> HttpResponse | None:
    return try_move(
        request,
        lambda: fiches.publish(
            candidature, actor=request.user, edition=form.cleaned_data["edition"], seen=seen_version(request)
        ),
        done=f"« {candidature.service.name} » est publié au catalogue.",
        form=form,
    )


def _to_read_again(stale: fiches.StaleFiche) -> PublishForm:
    """Return the form on the fiche of today, the box to tick again."""
    form = PublishForm({"edition": stale.theirs.edition})
    sentence = f"{stale.theirs.updated_by} a modifié la fiche depuis l'affichage de la page : rien n'est publié."
    form.add_error(None, sentence)
    return form


def _publish_page(
    request: SignedRequest, candidature: Candidature, form: PublishForm, status: int | None = None
) -> HttpResponse:
    draft = fiches.draft_of(candidature)
    convention = acts.latest(candidature, ActKind.CONVENTION)
    context = {
        "candidature": candidature,
        "form": form,
        "fiche": _as_public(candidature, draft),
        "refusals": refusals(candidature, "publish", request.user) + fiches.lacks(draft),
        "convention": convention,
        "parties": [(Signature.Party(one["party"]).label, one) for one in convention["parties"]] if convention else [],
    }
    return render(request, "catalogue/publish.html", context, status=status or (422 if form.errors else 200))


def _as_public(candidature: Candidature, draft: FicheDraft) -> Shown:
    return of_draft(draft, editor=candidature.organisation.name, exchanges_data=fiches.exchanges_data(candidature))
