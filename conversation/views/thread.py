"""The thread of a candidature: read, answered, marked as read; its files. Whoever is of neither side gets 404."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedRequest
from conversation import sides, templating, thread
from conversation.forms import MessageForm, PickForm, ReadForm
from conversation.models import Side
from conversation.openness import why_closed
from conversation.reading import lines
from conversation.refusing import MessageRefused
from kit.methods import read_or_write
from kit.paging import page_of
from questionnaires import serving
from questionnaires.contents import FileRefused
from referencing import access
from referencing.models import Candidature

PER_PAGE = 20


@read_or_write
def show(request: SignedRequest, reference: str) -> HttpResponse:
    candidature, side = sides.get_conversing(request.user, reference)
    if request.method != "POST":
        return _page(request, candidature, side, None)
    form = MessageForm(request.POST, request.FILES, side=side)
    if "preview" in request.POST and form.is_valid():
        return _page(request, candidature, side, form, preview=form.cleaned_data["text"])
    if form.is_valid() and _send(request, candidature, side, form):
        return redirect("conversation:thread", reference)
    return _page(request, candidature, side, form)


@require_POST
def read(request: SignedRequest, reference: str) -> HttpResponse:
    (candidature, side), form = sides.get_conversing(request.user, reference), ReadForm(request.POST)
    if form.is_valid():
        thread.mark_read(candidature, request.user, side, form.cleaned_data["upto"])
    return redirect("conversation:thread", reference)


@require_safe
def attachment(request: SignedRequest, reference: str, public_id: UUID) -> HttpResponseBase:
    candidature, _ = sides.get_conversing(request.user, reference)
    return serving.send(thread.attachment_of(candidature, public_id))


def _send(request: SignedRequest, candidature: Candidature, side: Side, form: MessageForm) -> bool:
    """Send the message; what refuses it becomes an error of the form, its text kept."""
    asked = form.cleaned_data
    try:
        said = thread.say(
            candidature,
            asked["text"],
            author=request.user,
            side=side,
            files=asked["attachments"],
            key=asked["key"],
            seen=asked["seen"] or 0,
        )
    except FileRefused as refused:
        form.add_error("attachments", refused.sentence)
    except MessageRefused as refused:
        form.add_error(refused.field, refused.sentence)
    else:
        messages.success(
            request, "Message envoyé." if said.is_new else "Ce message était déjà envoyé : il l'est une fois."
        )
    return not form.errors


def _page(
    request: SignedRequest, candidature: Candidature, side: Side, form: MessageForm | None, preview: str = ""
) -> HttpResponse:
    page = page_of(request, thread.messages_of(candidature), PER_PAGE)
    shown = lines(page, request.user, side)[::-1]
    latest = shown[-1].message.pk if shown else 0
    is_support = side == Side.SUPPORT
    context: dict[str, Any] = {
        "candidature": candidature,
        "is_support": is_support,
        "page_obj": page,
        "lines": shown,
        "latest": latest,
        "unread": sum(line.is_new for line in shown),
        "closed": why_closed(candidature.stage, candidature.submitted_at),
        "preview": preview,
        "team": access.holders("answer", candidature),
    }
    if is_support and not context["closed"]:
        context |= _templates(request, candidature, form)
    context["form"] = form or MessageForm.blank(side, latest, context.get("filled", ""))
    return render(request, "conversation/thread.html", context, status=422 if form and form.errors else 200)


def _templates(request: SignedRequest, candidature: Candidature, form: MessageForm | None) -> dict[str, Any]:
    """The ready-made texts to start from, and the one asked for (`?modele=3`), filled for this candidature."""
    pick = PickForm(request.GET if "modele" in request.GET and form is None else None)
    if not pick.is_bound or not pick.is_valid():
        return {"pick": pick}
    filled = templating.filled_for(pick.cleaned_data["modele"], candidature)
    return {"pick": pick, "filled": filled.text, "left": filled.left}
