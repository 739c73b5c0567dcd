"""Gestures on many files: the recap before, the result per file after."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from instruction import batches, gestures, listing
from instruction.forms import OrderForm
from instruction.gestures import Order
from instruction.models import Batch, Gesture, LineState
from instruction.views.doors import for_support
from kit.methods import read_or_write
from kit.paging import page_of
from referencing.models import Candidature


@read_or_write
@for_support
def batch(request: SignedRequest) -> HttpResponse:
    """Foresee, then ask. A choice changed on the page is foreseen again before anything is done."""
    asked = request.POST if request.method == "POST" else request.GET
    gesture = _gesture(asked)
    found = _files(request, asked)
    if not found:
        messages.warning(request, "Cochez au moins un dossier, puis choisissez quoi en faire.")
        return redirect(f"{reverse('instruction:desk')}?{asked.get('list', '') or 'tout=1'}")
    form = OrderForm(asked if "told" in asked else None, gesture=gesture)
    told = form.is_valid()
    if request.method == "POST" and told and "confirm" in asked:
        done = batches.ask(_order(request, gesture, form), _seen(asked, found), key=_key(asked))
        return redirect("instruction:result", done.key)
    foreseen = batches.foresee(found, _order(request, gesture, form)) if told or not _needs_more(form) else []
    return _recap(request, gesture, form, found, foreseen)


def _recap(
    request: SignedRequest,
    gesture: Gesture,
    form: OrderForm,
    found: list[Candidature],
    foreseen: list[batches.Foreseen],
) -> HttpResponse:
    context = {
        "gesture": gesture,
        "help": gestures.ACTS[gesture].help,
        "form": form,
        "files": found,
        "possible": [one for one in foreseen if not one.reasons],
        "refused": [one for one in foreseen if one.reasons],
        "is_foreseen": bool(foreseen),
        "key": uuid.uuid4(),
        "list": (request.POST or request.GET).get("list", ""),
        "most": batches.MOST,
        "may_act": True,
    }
    return render(request, "instruction/batch.html", context, status=422 if form.errors else 200)


@require_safe
@for_support
def result(request: SignedRequest, key: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(Batch.objects.select_related("asked_by", "holder"), key=key)
    tally = found.tally()
    lines = found.lines.select_related("candidature__service__organisation")
    context = {
        "batch": found,
        "tally": tally,
        "total": sum(tally.values()),
        "is_over": not tally[LineState.WAITING],
        "page_obj": page_of(request, lines, 50),
        "may_act": True,
    }
    return render(request, "instruction/result.html", context)


@require_safe
@for_support
def every(request: SignedRequest) -> HttpResponse:
    page = page_of(request, Batch.objects.select_related("asked_by"))
    return render(request, "instruction/batches.html", {"page_obj": page, "may_act": True})


def _gesture(asked: QueryDict) -> Gesture:
    named = str(asked.get("gesture", ""))
    if named not in Gesture.values:
        raise Http404("geste inconnu")
    return Gesture(named)


def _files(request: SignedRequest, asked: QueryDict) -> list[Candidature]:
    """Return the files ticked, or the whole filtered list up to the bound."""
    if asked.get("scope") == "list":
        rows = listing.read(request, QueryDict(asked.get("list", ""))).qs
        return batches.files_among(request.user, rows.values_list("reference", flat=True)[: batches.MOST])
    return batches.files_among(request.user, asked.getlist("file"))


def _order(request: SignedRequest, gesture: Gesture, form: OrderForm) -> Order:
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return Order(
        gesture,
        request.user,
        holder=said.get("holder"),
        takes_over=said.get("takes_over", False),
        note=said.get("note", ""),
    )


def _needs_more(form: OrderForm) -> bool:
    """Whether nothing can be foreseen until a field is filled in."""
    return any(field.required for field in form.fields.values())


def _seen(asked: QueryDict, found: list[Candidature]) -> list[tuple[Candidature, int]]:
    """Pair each file with the version that the recap showed; one that it did not show is left out."""
    shown = dict(text.rpartition(":")[::2] for text in asked.getlist("seen"))
    return [(one, int(shown[one.reference])) for one in found if shown.get(one.reference, "").isdecimal()]


def _key(asked: QueryDict) -> uuid.UUID:
    try:
        return uuid.UUID(asked.get("key", ""))
    except ValueError:
        raise Http404("clé") from None
