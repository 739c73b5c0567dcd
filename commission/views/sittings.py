"""Opening, presiding, closing a séance."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render

from accounts.requests import SignedRequest
from commission import pages, reading
from commission import sittings as services
from commission.forms import PresidingForm
from commission.models import Seance
from commission.views.frame import above_item, to_seance
from kit.methods import read_or_write
from referencing.refusals import Refusal
from referencing.views.answers_to import try_move


@read_or_write
def open_seance(request: SignedRequest, number: str) -> HttpResponse:
    seance = reading.seance_to_run(request.user, number)
    reasons = services.opening_reasons(seance)
    done = "La séance est ouverte."
    return _choose_president(request, seance, services.open_seance, "commission/open.html", done, reasons)


@read_or_write
def preside(request: SignedRequest, number: str) -> HttpResponse:
    seance = reading.seance_to_run(request.user, number)
    return _choose_president(
        request, seance, services.preside, "commission/preside.html", "La présidence a changé.", []
    )


def _choose_president(
    request: SignedRequest,
    seance: Seance,
    act: Callable[..., Seance],
    template: str,
    done: str,
    reasons: list[Refusal],
) -> HttpResponse:
    form = PresidingForm(
        request.POST or None, members=reading.may_preside(seance), initial={"presiding": seance.presiding}
    )
    if request.method == "POST" and form.is_valid():
        presiding = form.cleaned_data["presiding"]
        answer = try_move(request, lambda: act(seance, presiding=presiding, actor=request.user), done=done, form=form)
        if answer or not form.errors:
            return answer or to_seance(seance)
    context = {"form": form, "page": pages.seance_page(request.user, seance), "seance": seance, "reasons": reasons}
    context |= {"crumbs": above_item(seance)}
    return render(request, template, context, status=422 if form.errors else 200)


@read_or_write
def close(request: SignedRequest, number: str) -> HttpResponse:
    seance = reading.seance_to_run(request.user, number)
    if request.method == "POST":
        done = "La séance est close ; le procès-verbal est en cours de fabrication."
        answer = try_move(request, lambda: services.close_seance(seance, actor=request.user), done=done)
        return answer or to_seance(seance)
    context = {"seance": seance, "reasons": services.closing_reasons(seance), "crumbs": above_item(seance)}
    return render(request, "commission/close.html", context)


@read_or_write
def close_without_quorum(request: SignedRequest, number: str) -> HttpResponse:
    seance = reading.seance_to_run(request.user, number)
    if request.method == "POST":
        done = "Séance close faute de quorum : vous pouvez convoquer une seconde séance sur le même ordre du jour."
        answer = try_move(request, lambda: services.close_without_quorum(seance, actor=request.user), done=done)
        return answer or to_seance(seance)
    context = {"page": pages.seance_page(request.user, seance), "seance": seance, "crumbs": above_item(seance)}
    context |= {"reasons": services.want_of_quorum_reasons(seance)}
    return render(request, "commission/close_without_quorum.html", context)
