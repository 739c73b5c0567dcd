"""More time for complements: asked for by the éditeur, answered by support or the lead."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from kit.methods import read_or_write
from referencing import access, extensions
from referencing.door import Refused, refusals
from referencing.forms_due import AskTimeForm, GrantTimeForm, RefuseTimeForm
from referencing.models import Candidature, Extension
from referencing.overdue import overdue
from referencing.views.answers_to import seen_version, try_move


@read_or_write
def ask_time(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "answer")
    form = AskTimeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = extensions.ask(candidature, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            for refusal in refused.refusals:
                form.add_error(refusal.code if refusal.code in form.fields else None, refusal.sentence)
        else:
            told = "Votre demande de délai est transmise ; l'échéance actuelle court jusqu'à la réponse."
            messages.success(request, told)
            return redirect("evaluation:to_do", asked.candidature.reference)
    context = {
        "candidature": candidature,
        "form": form,
        "refusals": extensions.why_not_ask(candidature, timezone.localdate()),
        "asks": _asks(candidature),
    }
    return render(request, "referencing/ask_time.html", context, status=422 if form.errors else 200)


@read_or_write
def answer_time(request: SignedRequest, reference: str) -> HttpResponse:
    """Grant or refuse what was asked, or give time unasked: one page, two forms."""
    candidature = access.get_for(request.user, reference, "extend_deadline")
    asked = extensions.pending(candidature)
    grant, refuse = _forms(request, asked)
    form = refuse if refuse.is_bound else grant
    if request.method == "POST" and form.is_valid():
        answer = _answer(request, candidature, form)
        if answer or not form.errors:
            return answer or redirect("referencing:show", reference)
    context = {
        "candidature": candidature,
        "asked": asked,
        "grant": grant,
        "refuse": refuse,
        "asks": _asks(candidature),
        "refusals": refusals(candidature, "extend_deadline", request.user),
    }
    return render(request, "referencing/answer_time.html", context, status=422 if form.errors else 200)


def _forms(request: SignedRequest, asked: Extension | None) -> tuple[GrantTimeForm, RefuseTimeForm]:
    """The two forms of the page; the one that was sent is bound."""
    sent = request.POST if request.method == "POST" else None
    refusing = "refuse" in request.POST
    initial = {"until": asked.until if asked else None}
    grant = GrantTimeForm(None if refusing else sent, initial=initial, is_asked=asked is not None)
    return grant, RefuseTimeForm(sent if refusing else None, auto_id="refus_%s")


def _answer(
    request: SignedRequest, candidature: Candidature, form: GrantTimeForm | RefuseTimeForm
) -> HttpResponse | None:
    """Answer the ask that was on the page: another one, or none, is said."""
    given, actor = form.cleaned_data, request.user
    shown = candidature.extensions.filter(pk=_number(request)).first()
    if isinstance(form, GrantTimeForm):
        grant = partial(extensions.grant, candidature, actor=actor, asked=shown, seen=seen_version(request), **given)
        return try_move(request, grant, done="Délai accordé ; l'éditeur est prévenu.", form=form)
    if shown is None:
        form.add_error(None, extensions.ANSWERED)
        return None
    refuse = partial(extensions.refuse, shown, actor=actor, **given)
    return try_move(request, refuse, done="Délai refusé ; l'éditeur est prévenu.", form=form)


def _number(request: SignedRequest) -> int:
    raw = request.POST.get("asked", "")
    return int(raw) if raw.isdecimal() and len(raw) < 18 else 0


def _asks(candidature: Candidature) -> list[Extension]:
    rows = candidature.extensions.filter(round=candidature.round).order_by("-pk")
    return list(rows.select_related("asked_by", "answered_by"))


@require_safe
def late(request: SignedRequest) -> HttpResponse:
    """The files whose éditeur is late, for those who may read them all, with what may be done."""
    if not access.global_roles(request.user):
        raise Http404("instruction")
    context = {"late": overdue(request.user, timezone.localdate())}
    return render(request, "referencing/late.html", context)
