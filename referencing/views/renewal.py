"""Taking up a former candidature: why, what will be carried, then the new draft."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import SignedRequest
from kit.methods import read_or_write
from kit.templatetags.french import plural
from questionnaires.models import Version
from referencing import access, renewal
from referencing.models import Candidature
from referencing.origins import Motive
from referencing.renewal_forms import RenewalForm, SisterForm


@read_or_write
def renew(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "answer")
    given = request.POST if request.method == "POST" else request.GET
    motive = Motive(given["motif"]) if given.get("motif") in Motive.values else None
    refusal = renewal.refusal(candidature, motive) if motive else ""
    if motive is None or refusal:
        return _choice(request, candidature, refusal)
    form_class = SisterForm if motive == Motive.SISTER else RenewalForm
    form = form_class(request.POST or None, candidature=candidature, initial={"motif": motive})
    if request.method == "POST" and form.is_valid():
        answer = _taken_up(request, candidature, motive, form)
        if answer:
            return answer
    return _plan_page(request, candidature, motive, form)


def _taken_up(
    request: SignedRequest, candidature: Candidature, motive: Motive, form: RenewalForm
) -> HttpResponse | None:
    """Open the new draft and go to its orientation; what forbids it becomes the error of the form."""
    version = form.cleaned_data["version"]
    try:
        opened = renewal.take_up(candidature, motive, version, actor=request.user, service=form.service())
    except renewal.CannotTakeUp as refused:
        form.add_error(None, refused.sentence)
        return None
    waiting = plural(opened.sheet.answers.filter(to_confirm=True).count(), "réponse à confirmer,réponses à confirmer")
    messages.success(request, f"Brouillon {opened.reference} ouvert, {waiting}. Relisez d'abord l'orientation.")
    return redirect("referencing:orientation_result", opened.reference)


def _choice(request: SignedRequest, candidature: Candidature, refusal: str) -> HttpResponse:
    context = {
        "candidature": candidature,
        "ways": renewal.ways(candidature),
        "refusal": refusal,
        "ends_on": renewal.convention_end(candidature),
    }
    return render(request, "referencing/renew.html", context, status=422 if request.method == "POST" else 200)


def _plan_page(request: SignedRequest, candidature: Candidature, motive: Motive, form: RenewalForm) -> HttpResponse:
    versions = list(Version.objects.open_for_filing())
    asked = form["version"].value() or request.GET.get("version")
    version = next((one for one in versions if one.code == asked), versions[0] if versions else None)
    if version is None:
        return _choice(request, candidature, "Aucun référentiel n'est ouvert aux nouvelles candidatures.")
    form.initial["version"] = version.code
    taken = renewal.prepare(candidature, motive, version)
    context = {
        "candidature": candidature,
        "motive": motive,
        "versions": versions,
        "version": version,
        "taken": taken,
        "kept": [one for one in taken.plan.carried if not one.to_confirm],
        "form": form,
    }
    return render(request, "referencing/renew_plan.html", context, status=422 if form.errors else 200)
