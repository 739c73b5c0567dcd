"""Acting on a file that a colleague follows asks for an explicit take-over, on every page of every room."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from referencing import access, claims
from referencing.models import Candidature, Claim

TAKE_OVER = "take_over"
# What changes nothing in the file, is the take-over itself, or is the éditeur's alone and sent at each pause of typing.
FREE = frozenset({"referencing:claim", "referencing:mark_read", "conversation:read", "referencing:autosave"})


class ClaimMiddleware:
    """Stops what an agent sends to a file followed by another, shows who and since when, keeps what was typed.

    Nothing is refused for good: the page sends the same form again, with the take-over said. Others than support pass.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        match = request.resolver_match
        if request.method != "POST" or "reference" not in kwargs or not match or match.view_name in FREE:
            return None
        found = _followed_by_a_colleague(request, str(kwargs["reference"]))
        if found is None:
            return None
        candidature, claim = found
        if request.POST.get(TAKE_OVER):
            claims.take_over(candidature, actor=request.user)  # type: ignore[arg-type]
            messages.info(
                request, f"Vous avez désormais {candidature.reference} en charge à la place de {claim.holder}."
            )
            return None
        typed = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
        context = {"candidature": candidature, "claim": claim, "typed": typed, "files": list(request.FILES)}
        return render(request, "referencing/held.html", context, status=409)


def _followed_by_a_colleague(request: HttpRequest, reference: str) -> tuple[Candidature, Claim] | None:
    """Return the file and who follows it, when the person acts there as an agent of support and it is not theirs."""
    if not request.user.is_authenticated:
        return None
    claim = Claim.objects.filter(candidature__reference=reference).exclude(holder=request.user.pk).first()
    if claim is None:
        return None
    visible = access.visible_to(request.user).with_names().filter(reference=reference).first()
    if visible is None or not access.may(request.user, "claim", visible):
        return None
    return visible, claim
