"""The expert's answer to a proposition: all they see before it is the title of the service and its éditeur."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.requests import SignedRequest
from evaluation import invitations
from evaluation.forms_experts import AcceptForm, DeclineForm, RecuseForm
from evaluation.letters import scope_in_words
from evaluation.models import Assignment
from kit.methods import read_or_write
from referencing.door import Refused

ALREADY = "Cette proposition n'attend plus de réponse."


@read_or_write
def invitation(request: SignedRequest, pk: int) -> HttpResponse:
    waiting = get_object_or_404(invitations.waiting_for(request.user), pk=pk)
    sent = request.POST.get("answer", "") if request.method == "POST" else ""
    chosen = _forms(request, waiting, sent)
    status = 200
    if request.method == "POST":
        answer = _answer(request, waiting, sent, chosen[sent]) if sent in chosen else None
        if answer:
            return answer
        status = 422
    context = {
        "assignment": waiting,
        "candidature": waiting.candidature,
        "scope": scope_in_words(waiting),
        "forms": chosen,
        "unknown": status == 422 and sent not in chosen,
    }
    return render(request, "evaluation/invitation.html", context, status=status)


def _forms(request: SignedRequest, waiting: Assignment, sent: str) -> dict[str, forms.Form]:
    """The three answers, each in a form of its own; the one that was sent keeps what was typed."""
    data = {sent: request.POST}
    return {
        "accept": AcceptForm(
            data.get("accept"), prefix="accept", statement=invitations.statement_for(waiting.candidature)
        ),
        "decline": DeclineForm(data.get("decline"), prefix="decline"),
        "recuse": RecuseForm(data.get("recuse"), prefix="recuse"),
    }


def _answer(request: SignedRequest, waiting: Assignment, sent: str, form: forms.Form) -> HttpResponse | None:
    """Do what was answered and say where to go; None to show the page again."""
    if not form.is_valid():
        return None
    doing: dict[str, Callable[[], object]] = {
        "accept": lambda: invitations.accept(waiting),
        "decline": lambda: invitations.decline(waiting, motive=form.cleaned_data["motive"]),
        "recuse": lambda: invitations.recuse(waiting, interest=form.cleaned_data["interest"]),
    }
    try:
        doing[sent]()
    except Refused as refused:
        for refusal in refused.refusals:
            form.add_error(None, refusal.sentence)
        return None
    except invitations.AnsweredMeanwhile:
        messages.warning(request, ALREADY)
        return redirect("evaluation:mine")
    messages.success(request, DONE[sent])
    if sent == "accept":
        return redirect("evaluation:grid", waiting.candidature.reference)
    return redirect("evaluation:mine")


# What is said once the file is closed names nothing of it.
DONE = {
    "accept": "Vous évaluez cette candidature : le dossier vous est ouvert.",
    "decline": "Vous avez décliné la proposition. Le support est prévenu.",
    "recuse": "Votre déport est enregistré : le dossier vous est fermé. Le support est prévenu.",
}
