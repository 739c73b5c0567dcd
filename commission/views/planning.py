"""Planning a séance and convening the members."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from accounts.requests import SignedRequest
from commission import pages, reading, seances
from commission.forms import ConvocationForm, SeanceForm
from commission.models import Seance
from commission.views.frame import above_item, above_seance, to_seance
from kit.methods import read_or_write
from referencing.door import Refused
from referencing.views.answers_to import try_move


@read_or_write
def plan(request: SignedRequest) -> HttpResponse:
    reading.secretary_only(request.user)
    return _plan(request, None)


@read_or_write
def second_call(request: SignedRequest, number: str) -> HttpResponse:
    return _plan(request, reading.seance_to_run(request.user, number))


def _plan(request: SignedRequest, first: Seance | None) -> HttpResponse:
    initial = {"place": first.place, "remote_link": first.remote_link} if first else None
    form = SeanceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            seance = seances.plan_seance(actor=request.user, second_call_of=first, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Séance n° {seance.number} créée. Le support peut y inscrire des candidatures.")
            return to_seance(seance)
    context = {"form": form, "first": first, "crumbs": above_item(first) if first else above_seance()}
    return render(request, "commission/plan.html", context, status=422 if form.errors else 200)


@read_or_write
def replan(request: SignedRequest, number: str) -> HttpResponse:
    seance = reading.seance_to_run(request.user, number)
    initial = {"starts_at": seance.starts_at, "place": seance.place, "remote_link": seance.remote_link}
    form = SeanceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            seances.replan(seance, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Séance modifiée.")
            return to_seance(seance)
    context = {"form": form, "seance": seance, "crumbs": above_item(seance)}
    return render(request, "commission/replan.html", context, status=422 if form.errors else 200)


@read_or_write
def convene(request: SignedRequest, number: str) -> HttpResponse:
    seance = reading.seance_to_run(request.user, number)
    form = ConvocationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = try_move(
            request,
            lambda: seances.convene(seance, actor=request.user, **form.cleaned_data),
            done="Membres convoqués : chacun reçoit la convocation avec l'ordre du jour.",
            form=form,
        )
        if answer or not form.errors:
            return answer or to_seance(seance)
    context = {"form": form, "page": pages.seance_page(request.user, seance), "members": reading.to_convene(seance)}
    context |= {"seance": seance, "crumbs": above_item(seance), "reasons": seances.convening_reasons(seance)}
    return render(request, "commission/convene.html", context, status=422 if form.errors else 200)
