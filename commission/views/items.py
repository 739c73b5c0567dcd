"""The page of an item: what is examined, who may vote, what was decided."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedRequest
from commission import agenda, conclusions, pages, reading, recusals, voting
from commission.forms import BallotForm
from commission.models import AgendaItem
from commission.pages import ItemPage
from commission.views.frame import above_act, above_item, live, refreshed, to_item, to_seance
from kit.methods import read_or_write
from referencing.forms import MotiveForm
from referencing.views.answers_to import seen_version, try_move


@require_safe
def item(request: SignedRequest, number: str, order: int) -> HttpResponse:
    page = pages.item_page(request.user, reading.item_for(request.user, number, order))
    context = {
        "page": page,
        "live": live(request, "commission/parts/item_live.html", _live(page)),
        "address": reverse("commission:item_state", args=[number, order]),
        "crumbs": above_item(page.seance),
        "here": f"Point {order}",
        **_may(page),
    }
    return render(request, "commission/item.html", context)


@require_safe
def state(request: SignedRequest, number: str, order: int) -> HttpResponse:
    """The part of the page that refreshes itself."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("commission:item", number, order)
    page = pages.item_page(request.user, reading.item_for(request.user, number, order))
    part = live(request, "commission/parts/item_live.html", _live(page))
    return refreshed(request, part, reverse("commission:item_state", args=[number, order]))


@require_POST
def examine(request: SignedRequest, number: str, order: int) -> HttpResponse:
    found = reading.item_to_run(request.user, number, order)
    done = f"Le point {order} est en cours d'examen : les membres le voient sur leur écran."
    return try_move(request, lambda: agenda.open_item(found, actor=request.user), done=done) or to_item(found)


@read_or_write
def adjourn(request: SignedRequest, number: str, order: int) -> HttpResponse:
    found = reading.item_to_run(request.user, number, order)
    form = MotiveForm(request.POST or None, label="Motif de l'ajournement")
    if request.method == "POST" and form.is_valid():
        motive, seen = form.cleaned_data["motive"], seen_version(request)
        answer = try_move(
            request,
            lambda: agenda.adjourn_item(found, actor=request.user, motive=motive, seen=seen),
            done=f"{found.candidature.reference} est ajournée : elle pourra être inscrite à une autre séance.",
            form=form,
        )
        if answer or not form.errors:
            return answer or to_seance(found.seance)
    context = {"item": found, "form": form, "reasons": agenda.adjournment_reasons(found), "crumbs": above_act(found)}
    return render(request, "commission/adjourn.html", context, status=422 if form.errors else 200)


def _live(page: ItemPage) -> dict[str, Any]:
    ballots = [(voice, BallotForm(auto_id=f"id_{voice.member.pk}_%s")) for voice in page.voices]
    return {"page": page, "ballots": ballots}


def _may(page: ItemPage) -> dict[str, Any]:
    """What this person may do on the item, with the reasons that hold it back."""
    found: AgendaItem = page.item
    member = page.viewer.member
    rights: dict[str, Any] = {
        "may_recuse": member is not None and not recusals.recusal_reasons(found, member),
        "may_dissent": member is not None and not conclusions.dissent_reasons(found, member),
        "dissented": member is not None and found.dissents.filter(member=member).exists(),
    }
    if page.viewer.is_secretary:
        rights |= {
            "to_examine": agenda.item_opening_reasons(found),
            "to_propose": voting.poll_opening_reasons(found),
            "to_conclude": conclusions.conclusion_reasons(found),
            "to_adjourn": agenda.adjournment_reasons(found),
        }
    return rights
