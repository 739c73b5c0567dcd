"""Déport of a member, and the mention of a disagreement in the procès-verbal."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.requests import SignedRequest
from commission import conclusions, pages, reading
from commission import recusals as services
from commission.forms import DissentForm, RecusalForm
from commission.pages import Viewer
from commission.views.frame import above_act, to_item, to_seance
from kit.methods import read_or_write
from referencing.views.answers_to import try_move


@read_or_write
def declare(request: SignedRequest, number: str, order: int) -> HttpResponse:
    item = reading.item_for(request.user, number, order)
    viewer = pages.viewer_of(request.user, item.seance)
    reading.at_the_table(viewer.member, viewer.is_secretary)
    bound = reading.still_bound(item) if viewer.is_secretary else None
    form = RecusalForm(request.POST or None, own=viewer.member, members=bound)
    if request.method == "POST" and form.is_valid():
        member, motive = form.cleaned_data["member"], form.cleaned_data["motive"]
        answer = try_move(
            request,
            lambda: services.declare_recusal(item, member, motive=motive, actor=request.user),
            done=_told(viewer),
            form=form,
        )
        if answer or not form.errors:
            return answer or (to_item(item) if viewer.is_secretary else to_seance(item.seance))
    context = {"item": item, "form": form, "viewer": viewer, "crumbs": above_act(item)}
    return render(request, "commission/recuse.html", context, status=422 if form.errors else 200)


def _told(viewer: Viewer) -> str:
    if viewer.is_secretary:
        return "Déport enregistré : le dossier n'est plus accessible à ce membre."
    return "Votre déport est enregistré : le dossier ne vous est plus accessible et vous ne votez pas sur ce point."


@read_or_write
def dissent(request: SignedRequest, number: str, order: int) -> HttpResponse:
    item = reading.item_for(request.user, number, order)
    member = reading.seat_of(request.user, item.seance).member
    form = DissentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        statement = form.cleaned_data["statement"]
        answer = try_move(
            request,
            lambda: conclusions.record_dissent(item, actor=request.user, statement=statement),
            done="Votre désaccord sera mentionné au procès-verbal.",
            form=form,
        )
        if answer or not form.errors:
            return answer or to_item(item)
    context = {"item": item, "form": form, "reasons": conclusions.dissent_reasons(item, member)}
    context |= {"crumbs": above_act(item)}
    return render(request, "commission/dissent.html", context, status=422 if form.errors else 200)
