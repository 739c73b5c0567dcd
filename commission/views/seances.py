"""The list of séances, which is the home of members and secretaries, and the page of one séance."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from accounts.roles import Role
from commission import pages, reading, sittings
from commission import seances as planning
from commission.kinds import SeanceState
from commission.pages import SeancePage
from commission.views.frame import above_seance, live, refreshed
from kit.paging import page_of
from referencing import access

AT_THE_TABLE = (Role.SECRETARY, Role.SUPPORT, Role.AUDITOR)


@require_safe
def seances(request: SignedRequest) -> HttpResponse:
    roles = access.global_roles(request.user)
    is_staff = any(role in AT_THE_TABLE for role in roles)
    if not is_staff and not reading.ever_sat(request.user):
        raise Http404("seances")
    found = reading.seances_of(request.user)
    context = {
        "ahead": found.ahead(),
        "page": page_of(request, found.closed()),
        "is_staff": is_staff,
        "is_secretary": Role.SECRETARY in roles,
        "ready": reading.ready_for_commission(request.user).count() if is_staff else 0,
    }
    return render(request, "commission/seances.html", context)


@require_safe
def seance(request: SignedRequest, number: str) -> HttpResponse:
    page = pages.seance_page(request.user, reading.seance_for(request.user, number))
    context = {
        "page": page,
        "seance": page.seance,
        "live": live(request, "commission/parts/seance_live.html", {"page": page}),
        "address": reverse("commission:seance_state", args=[number]),
        "crumbs": above_seance(),
        "here": f"Séance n° {number}",
    }
    if page.viewer.is_secretary:
        context |= _to_run(page)
    return render(request, "commission/seance.html", context)


@require_safe
def state(request: SignedRequest, number: str) -> HttpResponse:
    """The part of the page that refreshes itself."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("commission:seance", number)
    page = pages.seance_page(request.user, reading.seance_for(request.user, number))
    part = live(request, "commission/parts/seance_live.html", {"page": page})
    return refreshed(request, part, reverse("commission:seance_state", args=[number]))


def _to_run(page: SeancePage) -> dict[str, Any]:
    """The next step of the secretary and, when it is not possible, why."""
    seance = page.seance
    if seance.state == SeanceState.PLANNED:
        return {"reasons": planning.convening_reasons(seance)}
    if seance.state == SeanceState.CONVENED:
        return {"reasons": sittings.opening_reasons(seance), "no_quorum": not sittings.want_of_quorum_reasons(seance)}
    if seance.state == SeanceState.OPEN:
        return {"reasons": sittings.closing_reasons(seance), "no_quorum": not sittings.want_of_quorum_reasons(seance)}
    return {"reasons": [], "no_quorum": False}
