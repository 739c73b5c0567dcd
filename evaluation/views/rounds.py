"""The history of the rounds of complements, for both sides."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from evaluation.rounds import rounds_of
from evaluation.views.frame import frame, standing
from referencing import access, acts


@require_safe
def rounds(request: SignedRequest, reference: str) -> HttpResponse:
    """Who reads the evaluation reads the verdicts and the names; the éditeur, what was said to them and what they gave."""
    candidature = access.get_visible(request.user, reference)
    inside = access.may(request.user, "read_evaluation", candidature)
    context = {
        **(frame(request, candidature) if inside else standing(candidature)),
        "rounds": rounds_of(candidature, request.user),
        "inside": inside,
        "may_open": access.may(request.user, "answer", candidature) or acts.answers_are_filed(candidature),
    }
    return render(request, "evaluation/rounds.html", context)
