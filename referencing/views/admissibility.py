"""The examination of recevabilité."""

from collections.abc import Callable
from dataclasses import dataclass

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from kit.methods import read_or_write
from questionnaires import sheets
from referencing import access, acts, certificates, filing
from referencing.door import refusals
from referencing.forms import AdmissionForm, InadmissibilityForm, IncompletenessForm
from referencing.models import Candidature
from referencing.verbs import Verb, verb_named
from referencing.views.answers_to import seen_version, try_move
from teams.mandates import mandate_of


@dataclass(frozen=True)
class Way:
    """One of the three ends of the examination: its form and the act it leads to."""

    form: type[Form]
    act: Callable[..., Candidature]
    help: str


WAYS = {
    "admit": Way(AdmissionForm, filing.admit, "Le dossier part en évaluation ; l'éditeur est prévenu."),
    "declare_incomplete": Way(
        IncompletenessForm,
        filing.declare_incomplete,
        "Le dossier revient à l'éditeur, qui complète avant la date fixée.",
    ),
    "declare_inadmissible": Way(
        InadmissibilityForm, filing.declare_inadmissible, "La candidature s'arrête ici ; les motifs sont notifiés."
    ),
}


@require_safe
def admissibility(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "admit")
    ways = [(verb_named(name), way.help, refusals(candidature, name, request.user)) for name, way in WAYS.items()]
    sheet = sheets.overview(candidature.sheet) if acts.answers_are_filed(candidature) else None
    context = {
        "candidature": candidature,
        "ways": ways,
        "sheet": sheet,
        "certificates": certificates.lines(candidature),
        "may_check": True,
        "mandate": mandate_of(candidature.organisation),
    }
    return render(request, "referencing/admissibility.html", context)


@read_or_write
def decide_admissibility(request: SignedRequest, reference: str, verb: str) -> HttpResponse:
    if verb not in WAYS:
        raise Http404(verb)
    candidature, way = access.get_for(request.user, reference, verb), WAYS[verb]
    form = way.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = _decide(request, candidature, verb_named(verb), way, form)
        if answer or not form.errors:
            return answer or redirect("referencing:show", reference)
    context = {
        "candidature": candidature,
        "form": form,
        "verb": verb_named(verb),
        "help": way.help,
        "refusals": refusals(candidature, verb, request.user),
    }
    return render(request, "referencing/decide_admissibility.html", context)


def _decide(request: SignedRequest, candidature: Candidature, verb: Verb, way: Way, form: Form) -> HttpResponse | None:
    return try_move(
        request,
        lambda: way.act(candidature, actor=request.user, seen=seen_version(request), **form.cleaned_data),
        done=f"{verb.done} : {candidature.reference}.",
        form=form,
    )
