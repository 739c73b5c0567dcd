"""How a member will take part; the roll call of the secretary."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from accounts.requests import SignedRequest
from commission import attendance as services
from commission import reading, seating
from commission.forms import AnnouncementForm, RollLine
from commission.models import Seance
from commission.views.frame import above_item, to_seance
from kit.methods import read_or_write
from referencing.door import Refused
from referencing.refusals import Refusal
from referencing.views.answers_to import try_move


@read_or_write
def announce(request: SignedRequest, number: str) -> HttpResponse:
    seance = reading.seance_for(request.user, number)
    presence = reading.seat_of(request.user, seance)
    others = reading.others_convened(seance, presence.member)
    initial = {"mode": presence.mode, "holder": presence.holder_id}
    form = AnnouncementForm(request.POST or None, others=others, initial=initial)
    if request.method == "POST" and form.is_valid():
        answer = try_move(
            request,
            lambda: services.announce(seance, actor=request.user, **form.cleaned_data),
            done="Votre réponse est enregistrée ; vous pouvez la changer jusqu'à l'ouverture de la séance.",
            form=form,
        )
        if answer or not form.errors:
            return answer or to_seance(seance)
    context = {"form": form, "seance": seance, "crumbs": above_item(seance)}
    return render(request, "commission/announce.html", context, status=422 if form.errors else 200)


@read_or_write
def roll(request: SignedRequest, number: str) -> HttpResponse:
    seance = reading.seance_to_run(request.user, number)
    others = list(reading.others_convened(seance))
    presences = seating.presences_of(seance)
    lines = [RollLine(request.POST or None, presence=presence, members=others) for presence in presences]
    reasons: list[Refusal] = []
    if request.method == "POST" and all(line.is_valid() for line in lines):
        try:
            return _note(request, seance, lines)
        except Refused as refused:
            reasons = refused.refusals
    failed = bool(reasons) or any(line.errors for line in lines)
    context = {"seance": seance, "lines": lines, "reasons": reasons, "failed": failed, "crumbs": above_item(seance)}
    return render(request, "commission/roll.html", context, status=422 if failed else 200)


def _note(request: SignedRequest, seance: Seance, lines: list[RollLine]) -> HttpResponse:
    roll = {line.presence.member_id: line.entry() for line in lines}
    quorum = services.call_roll(seance, roll, actor=request.user)
    messages.success(request, f"Appel noté. {quorum.sentence}")
    return to_seance(seance)
