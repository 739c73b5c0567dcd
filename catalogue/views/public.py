"""The catalogue that everybody may read."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalogue.entries import in_sight
from catalogue.filters import CatalogueFilter
from catalogue.presentation import of_entry
from kit.paging import page_of

PAGE = 12


@login_not_required
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    found = CatalogueFilter(request.GET or None, queryset=in_sight(), request=request)
    page = page_of(request, found.qs, size=PAGE)
    context = {
        "filter": found,
        "chosen": found.chosen(),
        "page": page,
        "cards": [(entry, of_entry(entry)) for entry in page],
    }
    return render(request, "catalogue/list.html", context)


@login_not_required
@require_safe
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(in_sight(), slug=slug)
    return render(request, "catalogue/entry.html", {"entry": found, "fiche": of_entry(found)})
