"""The team's discussion of a criterion, and the notices of those named in one. Whoever may not answer gets 404."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedRequest
from kit.methods import read_or_write
from kit.paging import page_of
from questionnaires.models import Criterion
from referencing import access, discussions
from referencing.discussion_forms import ReadForm, RemarkForm, SettleForm
from referencing.models import Candidature, Thread


@read_or_write
def discussion(request: SignedRequest, reference: str, code: str) -> HttpResponse:
    candidature, criterion = _found(request, reference, code)
    form = RemarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = discussions.say(candidature, criterion, form.cleaned_data["text"], author=request.user)
        except discussions.DiscussionRefused as refused:
            form.add_error("text", refused.sentence)
        else:
            _announce(request, said)
            return redirect("referencing:discussion", reference, code)
    return _page(request, candidature, criterion, form)


@require_POST
def read(request: SignedRequest, reference: str, code: str) -> HttpResponse:
    thread, form = _thread(request, reference, code), ReadForm(request.POST)
    if form.is_valid():
        discussions.mark_read(thread, request.user, form.cleaned_data["upto"])
    return redirect("referencing:discussion", reference, code)


@require_POST
def settle(request: SignedRequest, reference: str, code: str) -> HttpResponse:
    thread, form = _thread(request, reference, code), SettleForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Dites si la discussion est résolue ou rouverte.")
    elif form.cleaned_data["state"] == SettleForm.RESOLVED:
        discussions.resolve(thread, request.user)
        messages.success(request, f"La discussion de {code} est résolue.")
    else:
        discussions.reopen(thread)
        messages.success(request, f"La discussion de {code} est rouverte.")
    return redirect("referencing:discussion", reference, code)


@require_safe
def mentions(request: SignedRequest) -> HttpResponse:
    waiting = discussions.unseen_mentions(request.user)
    return render(request, "referencing/mentions.html", {"page_obj": page_of(request, waiting)})


def _page(request: SignedRequest, candidature: Candidature, criterion: Criterion, form: RemarkForm) -> HttpResponse:
    thread = discussions.threads_of(candidature, request.user).filter(criterion=criterion).first()
    context = {
        "candidature": candidature,
        "criterion": criterion,
        "answer": candidature.sheet.answers.filter(criterion=criterion).first(),
        "thread": thread,
        "remarks": thread.remarks.select_related("author") if thread else (),
        "form": form,
        "team": discussions.team_of(candidature),
    }
    return render(request, "referencing/discussion.html", context, status=422 if form.errors else 200)


def _announce(request: SignedRequest, said: discussions.Said) -> None:
    told = ", ".join(str(person) for person in said.told)
    messages.success(request, f"Message envoyé ; {told} en sera averti." if told else "Message envoyé.")
    for name in said.unclear:
        messages.warning(
            request,
            f"« @{name} » ne désigne personne de votre équipe, ou désigne plusieurs personnes : "
            "écrivez le prénom et le nom tels que dans la liste.",
        )


def _found(request: SignedRequest, reference: str, code: str) -> tuple[Candidature, Criterion]:
    candidature = access.get_for(request.user, reference, "answer")
    rows = Criterion.objects.select_related("section__questionnaire")
    return candidature, get_object_or_404(rows, version=candidature.sheet.version_id, code=code)


def _thread(request: SignedRequest, reference: str, code: str) -> Thread:
    candidature, criterion = _found(request, reference, code)
    return get_object_or_404(Thread, candidature=candidature, criterion=criterion)
