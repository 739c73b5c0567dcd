"""Who follows a file: the page where support takes it, gives it or lets it go."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from accounts.requests import SignedRequest
from kit.methods import read_or_write
from referencing import access, claims
from referencing.door import Refused
from referencing.models import Candidature


class HolderForm(forms.Form):
    """Whom to give a file."""

    holder = forms.ModelChoiceField(
        User.objects.none(), label="Collègue du support", empty_label="Choisir une personne"
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        agents = User.objects.filter(pk__in=[agent.pk for agent in claims.agents()])
        self.fields["holder"].queryset = agents  # type: ignore[attr-defined]


@read_or_write
def claim(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "claim")
    form = HolderForm(request.POST if request.POST.get("gesture") == "give" else None)
    if request.method == "POST":
        gesture = GESTURES.get(request.POST.get("gesture", ""))
        if gesture is None:
            raise Http404("geste inconnu")
        answer = _try(request, lambda: gesture(request, candidature, form), form)
        if answer:
            return answer
    context = {"candidature": candidature, "claim": claims.claim_of(candidature), "form": form}
    return render(request, "referencing/claim.html", context, status=422 if form.errors else 200)


def _try(request: SignedRequest, act: Callable[[], str | None], form: HolderForm) -> HttpResponse | None:
    """Do one gesture; None when the form must be shown again."""
    try:
        said = act()
    except claims.Held as held:
        since = f"{held.claim.since:%d/%m/%Y}"
        messages.warning(request, f"{held.claim.holder} a ce dossier en charge depuis le {since} : rien n'a changé.")
        return redirect(request.get_full_path())
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    if said is None:
        return None
    messages.success(request, said)
    return redirect(request.get_full_path())


def _take(request: SignedRequest, candidature: Candidature, _form: HolderForm) -> str:
    claims.take(candidature, actor=request.user)
    return f"Vous avez la candidature {candidature.reference} en charge."


def _take_over(request: SignedRequest, candidature: Candidature, _form: HolderForm) -> str:
    claims.take_over(candidature, actor=request.user)
    return f"Vous avez désormais la candidature {candidature.reference} en charge."


def _give(request: SignedRequest, candidature: Candidature, form: HolderForm) -> str | None:
    if not form.is_valid():
        return None
    holder = form.cleaned_data["holder"]
    claims.give(candidature, holder, actor=request.user)
    return f"{holder} a désormais la candidature {candidature.reference} en charge."


def _release(request: SignedRequest, candidature: Candidature, _form: HolderForm) -> str:
    claims.release(candidature, actor=request.user)
    return f"Plus personne n'a la candidature {candidature.reference} en charge."


GESTURES: dict[str, Callable[[SignedRequest, Candidature, HolderForm], str | None]] = {
    "take": _take,
    "take_over": _take_over,
    "give": _give,
    "release": _release,
}
