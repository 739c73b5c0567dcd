"""« Suis-je éligible ? »: the orientation without an account, its result on one page, and the draft it becomes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from kit.methods import read_or_write
from questionnaires.forms import OrientationForm
from questionnaires.orientation import step_after
from questionnaires.simulating import Simulation
from referencing import simulation
from referencing.expectations import expected_steps
from referencing.forms_simulator import BeginForm, VersionForm
from referencing.tracks import provision_of, track_of

LOST = f"Vos réponses ne sont plus là : elles sont gardées {simulation.DAYS} jours, dans ce navigateur seulement."
SAVED = "Vos réponses précédentes ne sont plus là ; celles de cet écran sont gardées. Reprenez les autres questions."
MOVED = "Le référentiel que vous simuliez est fermé : vos réponses sont reprises sur le plus récent."
MORE = "Vos réponses amènent une autre question sur cet écran."


@login_not_required
@read_or_write
def start(request: HttpRequest) -> HttpResponse:
    """Present the simulator; sent, begin a simulation anew."""
    form = VersionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and form.cleaned_data["version"]:
        response = redirect("referencing:simulator_step", 1)
        return simulation.keep(response, Simulation.on(form.cleaned_data["version"]))
    found = simulation.find(request)
    context = {"form": form, "under_way": found.simulation if found and found.simulation.given else None}
    return render(request, "referencing/simulator.html", context)


@login_not_required
@read_or_write
def step(request: HttpRequest, step: int) -> HttpResponse:
    found = simulation.find(request)
    if found is None:
        return _rescue(request)
    simulated = found.simulation
    if found.moved:
        messages.info(request, MOVED)
    if not 1 <= step <= len(simulated.steps):
        return redirect("referencing:simulator_result")
    screen = simulated.steps[step - 1]
    form = OrientationForm(request.POST or None, questions=screen.questions, given=simulated.given)
    if request.method == "POST" and form.is_valid():
        return _next_screen(request, simulated, form)
    following = simulated.steps[step].title if step < len(simulated.steps) else ""
    context = {"form": form, "step": screen, "steps": simulated.steps, "next_title": following}
    return render(request, "referencing/simulator_step.html", context)


def _next_screen(request: HttpRequest, before: Simulation, form: OrientationForm) -> HttpResponse:
    after = before.answered(form.cleaned_data)
    following, asks_more = step_after(after.steps, set(form.fields))
    if asks_more:
        messages.info(request, MORE)
    known = {obstacle.sentence for obstacle in before.obstacles}
    for obstacle in after.obstacles:
        if obstacle.sentence not in known:
            messages.warning(request, obstacle.sentence)
    if following is None:
        return simulation.keep(redirect("referencing:simulator_result"), after)
    return simulation.keep(redirect("referencing:simulator_step", following.number), after)


def _rescue(request: HttpRequest) -> HttpResponse:
    """The answers expired: keep those of the screen that was just sent, when it can be read."""
    blank = simulation.newest()
    if blank is None or request.method != "POST":
        messages.info(request, LOST)
        return redirect("referencing:simulator")
    form = OrientationForm(request.POST, questions=blank.questions_in(request.POST), given={})
    form.is_valid()
    kept = blank.answered(form.cleaned_data)
    messages.info(request, SAVED if kept.given else LOST)
    waiting = kept.waiting
    number = waiting.number if waiting else len(kept.steps)
    return simulation.keep(redirect("referencing:simulator_step", number), kept)


@login_not_required
@require_safe
def result(request: HttpRequest) -> HttpResponse:
    found = simulation.find(request)
    if found is None:
        messages.info(request, LOST)
        return redirect("referencing:simulator")
    simulated = found.simulation
    if simulated.waiting:
        messages.info(request, "Il reste des questions sans réponse : le résultat vient ensuite.")
        return redirect("referencing:simulator_step", simulated.waiting.number)
    context = {
        "simulation": simulated,
        "gathering": simulated.gathering,
        "track": track_of(simulated.facts),
        "provision": provision_of(simulated.facts),
        "steps": expected_steps(),
        "today": timezone.localdate(),
        "moved": MOVED if found.moved else "",
    }
    return render(request, "referencing/simulator_result.html", context)


@read_or_write
def begin(request: SignedRequest) -> HttpResponse:
    """Make a draft of the simulation: only the name and the purpose of the service are still to be said."""
    found = simulation.find(request)
    if found is None or not found.simulation.is_whole or found.simulation.obstacles:
        return redirect("referencing:simulator_result")
    form = BeginForm(request.POST or None, user=request.user, simulation=found.simulation)
    if not form.organisations:
        messages.info(request, "Inscrivez d'abord votre organisation : vos réponses vous suivent.")
        back = urlencode({"next": reverse("referencing:simulator_begin")})
        return redirect(f"{reverse('accounts:create_organisation')}?{back}")
    if request.method == "POST" and form.is_valid():
        return _begun(request, found.simulation, form)
    return render(request, "referencing/simulator_begin.html", {"form": form, "simulation": found.simulation})


def _begun(request: SignedRequest, simulated: Simulation, form: BeginForm) -> HttpResponse:
    described = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    candidature = simulation.begin(simulated, actor=request.user, **described)
    done = (
        f"Brouillon {candidature.reference} ouvert avec vos {len(simulated.given)} réponses : rien n'est à ressaisir."
    )
    messages.success(request, done)
    return simulation.forget(redirect("referencing:orientation_result", candidature.reference))
