"""The page of a candidature, its history, and its retrait."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from journal.models import Event
from kit.methods import read_or_write
from kit.paging import page_of
from referencing import access, acts, filing
from referencing.assignments import left_to
from referencing.coffre import watched_in
from referencing.door import refusals
from referencing.forms import MotiveForm
from referencing.kinds import ActKind
from referencing.models import Candidature
from referencing.news import news_for
from referencing.presenter import page_for, timeline
from referencing.stages import Stage
from referencing.views.answers_to import seen_version, try_move

# The act by which support sent the file back, or stopped it.
SUPPORT_WROTE = {Stage.INCOMPLETE: ActKind.INCOMPLETENESS, Stage.INADMISSIBLE: ActKind.INADMISSIBILITY}


@require_safe
def show(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_visible(request.user, reference)
    context = {
        "page": page_for(candidature, request.user),
        "news": news_for(candidature, request.user),
        "candidature": candidature,
        "timeline": timeline(candidature, request.user),
        "support_words": _support_words(candidature),
        "falls": watched_in(candidature, request.user, timezone.localdate()),
        "organisation": candidature.organisation,
        "mine": left_to(request.user, [candidature]).get(candidature.pk),
        "papers": access.readable_documents(request.user, candidature),
    }
    return render(request, "referencing/show.html", context)


def _support_words(candidature: Candidature) -> dict[str, Any] | None:
    kind = SUPPORT_WROTE.get(Stage(candidature.stage))
    return acts.latest(candidature, kind) if kind else None


@require_safe
def history(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "read_journal")
    events = Event.objects.about(candidature.reference).select_related("actor").newest_first()
    context = {"candidature": candidature, "page_obj": page_of(request, events)}
    return render(request, "referencing/history.html", context)


@read_or_write
def withdraw(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "withdraw")
    form = MotiveForm(request.POST or None, label="Pourquoi retirez-vous cette candidature ?")
    if request.method == "POST" and form.is_valid():
        answer = try_move(
            request,
            lambda: filing.withdraw(
                candidature, motive=form.cleaned_data["motive"], actor=request.user, seen=seen_version(request)
            ),
            done=f"La candidature {candidature.reference} est retirée.",
            form=form,
        )
        if answer or not form.errors:
            return answer or redirect("referencing:show", reference)
    context = {"candidature": candidature, "form": form, "refusals": refusals(candidature, "withdraw", request.user)}
    return render(request, "referencing/withdraw.html", context)
