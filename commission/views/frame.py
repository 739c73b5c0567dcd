"""What every page of the room shares: the way back, and the part that refreshes itself during a séance."""

import hashlib
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.requests import SignedRequest
from commission.models import AgendaItem, Seance

Crumbs = list[tuple[str, str]]
UNCHANGED = 204


def above_seance() -> Crumbs:
    return [("Commission", reverse("commission:seances"))]


def above_item(seance: Seance) -> Crumbs:
    return [*above_seance(), (f"Séance n° {seance.number}", reverse("commission:seance", args=[seance.number]))]


def above_act(item: AgendaItem) -> Crumbs:
    address = reverse("commission:item", args=[item.seance.number, item.order])
    return [*above_item(item.seance), (f"Point {item.order}", address)]


def to_seance(seance: Seance) -> HttpResponse:
    return redirect("commission:seance", seance.number)


def to_item(item: AgendaItem) -> HttpResponse:
    return redirect("commission:item", item.seance.number, item.order)


def live(request: SignedRequest, template: str, context: dict[str, Any]) -> dict[str, str]:
    """Render the part of a page that refreshes itself, with the mark of what the person has before their eyes.

    Such a part holds no POST form: the same state always gives the same mark.
    """
    inside = render_to_string(template, context, request)
    return {"inside": inside, "mark": hashlib.sha256(inside.encode()).hexdigest()[:16]}


def refreshed(request: SignedRequest, part: dict[str, str], address: str) -> HttpResponse:
    """Answer a refresh: nothing when nothing changed, so that whoever is choosing is not disturbed."""
    if request.GET.get("vu") == part["mark"]:
        return HttpResponse(status=UNCHANGED)
    return HttpResponse(render_to_string("commission/parts/live.html", {"live": part, "address": address}))
