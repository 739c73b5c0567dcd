"""Two photographs of the answers side by side."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from referencing import access, acts, comparing
from referencing.comparison_form import ComparisonForm


@require_safe
def compare(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_visible(request.user, reference)
    shots = comparing.shots(candidature, request.user)
    if len(shots) < 2:
        return render(request, "referencing/compare_nothing.html", {"candidature": candidature})
    form = ComparisonForm(request.GET if "de" in request.GET else None, shots=shots)
    context = {"candidature": candidature, "form": form, "difference": None, "whole": form.shows_everything}
    if pair := form.pair():
        found = comparing.compared(candidature, *pair)
        context |= {
            "before": pair[0],
            "after": pair[1],
            "difference": found,
            "facts": comparing.in_words((*found.facts, *found.certificates), candidature),
            "may_open": access.may(request.user, "answer", candidature) or acts.answers_are_filed(candidature),
        }
    return render(request, "referencing/compare.html", context)
