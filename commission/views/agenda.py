"""The ordre du jour: what may be put on it, and the way from a candidature to its item."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from accounts.roles import Role
from commission import agenda as services
from commission import pages, reading
from commission.forms import AgendaForm
from commission.kinds import SeanceState
from commission.views.frame import above_item, to_item, to_seance
from kit.methods import read_or_write
from referencing import access
from referencing.door import refusals
from referencing.views.answers_to import seen_version, try_move


@require_safe
def agenda(request: SignedRequest, number: str) -> HttpResponse:
    """The evaluated candidatures that support may put on the ordre du jour of a séance not convened yet."""
    seance = reading.seance_for(request.user, number)
    if Role.SUPPORT not in access.global_roles(request.user) or seance.state != SeanceState.PLANNED:
        raise Http404("ordre du jour")
    context = {
        "page": pages.seance_page(request.user, seance),
        "seance": seance,
        "ready": reading.ready_for_commission(request.user),
        "crumbs": above_item(seance),
    }
    return render(request, "commission/agenda.html", context)


@read_or_write
def put_on_agenda(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "schedule")
    planned = reading.seances_to_fill()
    initial = (
        {"seance": planned.filter(number=request.GET.get("seance", "")).first()} if "seance" in request.GET else {}
    )
    form = AgendaForm(request.POST or None, seances=planned, initial=initial)
    if request.method == "POST" and form.is_valid():
        seance, rapporteur = form.cleaned_data["seance"], form.cleaned_data["rapporteur"]
        seen = seen_version(request)
        answer = try_move(
            request,
            lambda: services.put_on_agenda(seance, candidature, actor=request.user, rapporteur=rapporteur, seen=seen),
            done=f"{candidature.reference} est à l'ordre du jour de la séance n° {seance.number}.",
            form=form,
        )
        if answer or not form.errors:
            return answer or to_seance(seance)
    context = {"candidature": candidature, "form": form, "planned": planned}
    context |= {"reasons": refusals(candidature, "schedule", request.user)}
    return render(request, "commission/put_on_agenda.html", context, status=422 if form.errors else 200)


@require_safe
def item_of(request: SignedRequest, reference: str) -> HttpResponse:
    """Go from a candidature to the item where the commission examines it."""
    return to_item(reading.item_of(request.user, access.get_visible(request.user, reference)))
