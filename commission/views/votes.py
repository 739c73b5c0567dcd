"""Putting an avis to the vote, voting, counting, giving the avis."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from accounts.requests import SignedRequest
from commission import conclusions, pages, reading, voting
from commission.forms import RESERVE_ROWS, BallotForm, PropositionForm, ReserveForm, reserve_forms
from commission.kinds import Choice
from commission.models import AgendaItem
from commission.views.frame import above_act, to_item
from kit.methods import read_or_write
from referencing.views.answers_to import seen_version, try_move

MOST_RESERVES = 30


@read_or_write
def propose(request: SignedRequest, number: str, order: int) -> HttpResponse:
    """Write a proposition and its reserves; « more » adds rows and keeps what is typed."""
    item = reading.item_to_run(request.user, number, order)
    form = PropositionForm(request.POST or None)
    rows = reserve_forms(request.POST or None, _rows(request))
    more = "more" in request.POST
    if request.method == "POST" and not more and all([form.is_valid(), *[row.is_valid() for row in rows]]):
        answer = _put_to_the_vote(request, item, form, rows)
        if answer:
            return answer
    failed = not more and bool(form.errors or any(row.errors for row in rows))
    if more:
        form, rows = PropositionForm(initial=request.POST), reserve_forms(None, len(rows), typed=request.POST)
    context = {"item": item, "form": form, "rows": rows, "reasons": voting.poll_opening_reasons(item)}
    context |= {"page": pages.item_page(request.user, item), "crumbs": above_act(item)}
    return render(request, "commission/propose.html", context, status=422 if failed else 200)


def _rows(request: SignedRequest) -> int:
    """Return how many rows for reserves the page has: those it had, and more when asked for."""
    typed = request.POST.get("rows", "")
    rows = int(typed) if typed.isdecimal() and len(typed) < 4 else RESERVE_ROWS
    return min(rows + (RESERVE_ROWS if "more" in request.POST else 0), MOST_RESERVES)


def _put_to_the_vote(
    request: SignedRequest, item: AgendaItem, form: PropositionForm, rows: list[ReserveForm]
) -> HttpResponse | None:
    reserves = [row.as_reserve() for row in rows if row.has_changed()]
    proposition = form.cleaned_data["proposition"]
    answer = try_move(
        request,
        lambda: voting.open_poll(item, proposition=proposition, reserves=reserves, actor=request.user),
        done="Le vote est ouvert.",
        form=form,
    )
    return answer or (None if form.errors else to_item(item))


@read_or_write
def vote(request: SignedRequest, number: str, order: int, voice: int) -> HttpResponse:
    """Ask to confirm a ballot chosen on the page of the item, then hand it in."""
    item = reading.item_for(request.user, number, order)
    viewer = pages.viewer_of(request.user, item.seance)
    reading.at_the_table(viewer.member, viewer.is_secretary)
    # The scrutin confirmed, never the one opened since: a ballot does not change.
    poll, member = reading.scrutin_of(item, voice, request.POST.get("poll", ""))
    form = BallotForm(request.POST if request.method == "POST" else request.GET)
    if request.method == "POST" and form.is_valid():
        choice = Choice(form.cleaned_data["choice"])
        done = f"Vote enregistré : {choice.label.lower()}."
        return try_move(request, lambda: voting.cast(poll, member, choice, actor=request.user), done=done) or to_item(
            item
        )
    reasons = voting.ballot_reasons(poll, member, request.user)
    context: dict[str, Any] = {"item": item, "poll": poll, "member": member, "form": form, "reasons": reasons}
    context |= {"chosen": Choice(form.cleaned_data["choice"]) if form.is_valid() else None, "crumbs": above_act(item)}
    context |= {"is_mine": member.user == request.user}
    return render(request, "commission/vote.html", context, status=422 if form.errors else 200)


@read_or_write
def close(request: SignedRequest, number: str, order: int) -> HttpResponse:
    """Name the voices still awaited, then close the scrutin shown, never the one opened since."""
    item = reading.item_to_run(request.user, number, order)
    poll = reading.latest_poll(item, request.POST.get("poll", ""))
    if request.method == "POST":
        answer = try_move(request, lambda: voting.close_poll(poll, actor=request.user), done="Le vote est clos.")
        return answer or to_item(item)
    context = {"page": pages.item_page(request.user, item), "item": item, "poll": poll}
    context |= {"reasons": voting.poll_closing_reasons(poll), "crumbs": above_act(item)}
    return render(request, "commission/close_poll.html", context)


@read_or_write
def conclude(request: SignedRequest, number: str, order: int) -> HttpResponse:
    item = reading.item_to_run(request.user, number, order)
    if request.method == "POST":
        done = f"Avis rendu sur {item.candidature.reference} : il est transmis au ministre."
        seen = seen_version(request)
        answer = try_move(request, lambda: conclusions.conclude_item(item, actor=request.user, seen=seen), done=done)
        return answer or to_item(item)
    context = {"page": pages.item_page(request.user, item), "item": item}
    context |= {"reasons": conclusions.conclusion_reasons(item), "crumbs": above_act(item)}
    return render(request, "commission/conclude.html", context)
