"""Nothing typed is lost: what could not be recorded is given back on a page that says why."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from evaluation.forms import VerdictForm
from evaluation.values import Value
from referencing.refusals import Refusal

GONE = "Cette page n'existe pas, ou elle ne vous est plus ouverte."


def gives_back(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make the page « introuvable » of a view give back the text that was sent to it.

    It says the same of what does not exist and of what one may not know of; without text, it is the page of everybody.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if not typed(request):
                raise
            return kept(request, [Refusal("gone", GONE)], status=404)

    return guarded


def kept(request: HttpRequest, refusals: Sequence[Refusal], *, status: int) -> HttpResponse:
    """Say why nothing was recorded, and show what was typed so that it can be copied."""
    context = {"refusals": refusals, "typed": typed(request)}
    return render(request, "evaluation/kept.html", context, status=status)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed of a verdict, label and text, without the empty fields."""
    if request.method != "POST":
        return []
    names = {name: str(field.label) for name, field in VerdictForm.base_fields.items() if not field.widget.is_hidden}
    texts = {**request.POST.dict(), "value": dict(Value.choices).get(request.POST.get("value", ""), "")}
    return [(label, str(texts[name])) for name, label in names.items() if str(texts.get(name, "")).strip()]
