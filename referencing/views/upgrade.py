"""The version of the référentiel that a draft answers: going to another one, after a simulation, and coming back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedRequest
from kit.methods import read_or_write
from questionnaires import sheets
from questionnaires.models import Version
from questionnaires.upgrade import Carried, Outcome, Simulation
from referencing import access, upgrading
from referencing.models import Candidature
from referencing.stages import Stage


@require_safe
def version(request: SignedRequest, reference: str) -> HttpResponse:
    return _version_page(request, access.get_for(request.user, reference, "answer"))


def _version_page(request: SignedRequest, candidature: Candidature, *, refusal: str = "") -> HttpResponse:
    is_draft = candidature.stage == Stage.DRAFT
    upgrades = candidature.upgrades.select_related("former__version", "sheet__version", "accepted_by", "undone_by")
    context = {
        "candidature": candidature,
        "is_draft": is_draft,
        "targets": upgrading.targets(candidature) if is_draft else [],
        "upgrades": list(upgrades),
        "waiting": candidature.sheet.answers.filter(to_confirm=True).count() if is_draft else 0,
        "refusal": refusal,
    }
    return render(request, "referencing/version.html", context, status=409 if refusal else 200)


@read_or_write
def simulate(request: SignedRequest, reference: str, code: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "answer")
    target = get_object_or_404(Version, code=code)
    if request.method == "POST":
        return _accept(request, candidature, target)
    if candidature.stage != Stage.DRAFT:
        return redirect("referencing:version", reference)
    if target not in upgrading.targets(candidature):
        raise Http404(code)
    return _simulation_page(request, candidature, target)


def _accept(request: SignedRequest, candidature: Candidature, target: Version) -> HttpResponse:
    try:
        done = upgrading.accept(candidature, target, drawn=request.POST.get("drawn", ""), actor=request.user)
    except upgrading.UpgradeRefused as refused:
        return _version_page(request, candidature, refusal=refused.sentence)
    except upgrading.Outdated:
        candidature = access.get_for(request.user, candidature.reference, "answer")
        return _simulation_page(request, candidature, target, outdated=True)
    to_confirm = done.counts[Outcome.TO_CONFIRM]
    messages.success(
        request,
        f"La candidature répond désormais à « {target.title} »."
        + (f" Réponses à confirmer : {to_confirm}." if to_confirm else ""),
    )
    return redirect("referencing:version", candidature.reference)


def _simulation_page(
    request: SignedRequest, candidature: Candidature, target: Version, *, outdated: bool = False
) -> HttpResponse:
    simulation = sheets.simulate_upgrade(candidature.sheet, target)
    chosen = request.GET.get("effet", "")
    context = {
        "candidature": candidature,
        "target": target,
        "simulation": simulation,
        "drawn": sheets.drawn_on(candidature.sheet, target),
        "lines": _lines(simulation, chosen),
        "chosen": chosen,
        "outcomes": [(outcome, number) for outcome, number in simulation.counts.items() if number],
        "outdated": outdated,
    }
    return render(request, "referencing/upgrade.html", context, status=409 if outdated else 200)


def _lines(simulation: Simulation, chosen: str) -> list[Carried]:
    """Return the criteria to show: those of the effect chosen, else those where something is at stake."""
    if chosen == "tout":
        return list(simulation.carried)
    if chosen in Outcome.values:
        return [one for one in simulation.carried if one.outcome == chosen]
    return [one for one in simulation.carried if one.is_felt]


@require_POST
def undo(request: SignedRequest, reference: str, pk: int) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "answer")
    upgrade = get_object_or_404(candidature.upgrades, pk=pk)
    try:
        upgrading.undo(candidature, upgrade, actor=request.user)
    except upgrading.UpgradeRefused as refused:
        return _version_page(request, candidature, refusal=refused.sentence)
    messages.success(request, "Retour à la version précédente : vos réponses d'alors sont revenues, telles quelles.")
    return redirect("referencing:version", reference)


@require_safe
def former(request: SignedRequest, reference: str, pk: int) -> HttpResponse:
    """The answers left behind by a change of version, read by the team alone: they were never filed."""
    candidature = access.get_for(request.user, reference, "answer")
    rows = candidature.upgrades.select_related("former__version", "sheet__version")
    upgrade = get_object_or_404(rows, pk=pk)
    whole = sheets.overview(upgrade.archived)
    context = {
        "candidature": candidature,
        "upgrade": upgrade,
        "archived": upgrade.archived,
        "answered": [
            item for item in whole.items if item.answer and (item.answer.value or item.answer.comment or item.uses)
        ],
    }
    return render(request, "referencing/former_answers.html", context)
