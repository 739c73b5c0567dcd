"""Public pages, and the pages that say what went wrong and what was kept."""

import logging
import re
import secrets

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from kit.context import house

logger = logging.getLogger(__name__)
# Never shown again, even to the person who typed them.
SECRET_FIELDS = re.compile(r"password|csrfmiddlewaretoken|^code$")


@login_not_required
@require_safe
def public_page(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, f"public/{name}.html")


def reference() -> str:
    """Return what a person may read out to support, e.g. « E-0303-7K2Q »; the log carries the same."""
    alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    return f"E-{timezone.localtime():%m%d}-" + "".join(secrets.choice(alphabet) for _ in range(4))


def _bare(request: HttpRequest, status: int, template: str = "") -> HttpResponse:
    """Draw a page that asks nothing of the database nor of the session: either may be what failed."""
    known_as = reference()
    logger.error("%s %s %s %s", known_as, status, request.method, request.path)
    page = render_to_string(template or f"{status}.html", {**house(request), "request": request, "reference": known_as})
    return HttpResponse(page, status=status)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _bare(request, 400)


def too_heavy(request: HttpRequest) -> HttpResponse:
    """Refuse what announces more than a form may weigh; nothing of it was read."""
    return _bare(request, 413, "413.html")


@login_not_required
def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    known_as = reference()
    logger.warning("%s 403 %s %s", known_as, request.method, request.path)
    return render(request, "403.html", {"reference": known_as}, status=403)


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page, to the byte, for what does not exist and for what one may not know of."""
    return render(request, "404.html", {"nowhere": True}, status=404)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    return _bare(request, 500)


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what the person had typed, field by field, without secrets nor empty fields."""
    return [
        (name, "\n".join(request.POST.getlist(name)))
        for name in request.POST
        if any(request.POST.getlist(name)) and not SECRET_FIELDS.search(name)
    ]


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain that the page had grown old, and give back the text so that it can be copied."""
    context = {"typed": typed_fields(request), "reference": reference()}
    logger.warning("%s 403 csrf %s (%s)", context["reference"], request.path, reason)
    return render(request, "403_csrf.html", context, status=403)
