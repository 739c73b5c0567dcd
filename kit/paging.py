"""Cut a long list into pages; the filters stay in the address."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


def page_of(request: HttpRequest, rows: QuerySet[Any, Any] | Sequence[Any], size: int = 25) -> Page[Any]:
    """Return the page that `?page=` asks for; a page that does not exist gives the nearest one.

    `{% include "kit/pagination.html" with page=page %}` draws the links, with every other parameter kept.
    """
    return Paginator(rows, size).get_page(request.GET.get("page"))
