"""How a page answers when the door says no: every reason, nothing lost."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

from accounts.requests import SignedRequest
from referencing.door import Overtaken, Refused
from referencing.presenter import signed


def seen_version(request: SignedRequest) -> int | None:
    """Return the version of the candidature that the person had before their eyes, carried by the form."""
    raw = request.POST.get("seen", "")
    return int(raw) if raw.isdecimal() and len(raw) < 10 else None


def try_move(
    request: SignedRequest, action: Callable[[], Any], *, done: str, form: Form | None = None
) -> HttpResponse | None:
    """Run an action of the door. None when it succeeded (the message is queued), else the page to answer with.

    With a `form`, the reasons of a refusal become its errors and None is returned: the caller shows the form again.
    """
    try:
        action()
    except Overtaken as overtaken:
        moves = signed(overtaken.events, overtaken.candidature, request.user)
        context = {"candidature": overtaken.candidature, "moves": moves, "typed": typed_texts(request)}
        return render(request, "referencing/overtaken.html", context, status=409)
    except Refused as refused:
        if form is None:
            context = {"refusals": refused.refusals, "reference": _reference(request)}
            return render(request, "referencing/refused.html", context, status=422)
        for refusal in refused.refusals:
            form.add_error(None, refusal.sentence)
        return None
    messages.success(request, done)
    return None


def _reference(request: SignedRequest) -> str:
    """The candidature that the address is about, "" on the pages of a séance."""
    return str(request.resolver_match.kwargs.get("reference", "")) if request.resolver_match else ""


def typed_texts(request: SignedRequest) -> list[tuple[str, str]]:
    """Return the long texts of the form sent, so that nothing typed is lost."""
    hidden = {"csrfmiddlewaretoken", "seen"}
    return [(k, str(v)) for k, v in request.POST.items() if k not in hidden and len(v) > 20]
