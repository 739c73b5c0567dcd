"""`/healthz` and `/readyz`, for the machines that watch the application.

A middleware, the first one: a probe comes by an inner address, which is not among ALLOWED_HOSTS, and in plain http.
"""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from kit import readiness

# Seconds for which an answer of `/readyz` holds: anybody may ask, and each check writes a file and calls the broker.
LASTS = 10


class ProbesMiddleware:
    """Answers the two addresses and says nothing of versions or places, which a stranger has no need to know."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.checks: dict[str, bool] = {}
        self.checked_at = -float(LASTS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return HttpResponse("ok", content_type="text/plain")
        if request.path == "/readyz":
            return self.ready()
        return self.get_response(request)

    def ready(self) -> HttpResponse:
        """Answer 200 when everything is within reach, else 503; the body names the checks that failed.

        The checks are those of the last `LASTS` seconds in this process.
        """
        if time.monotonic() - self.checked_at >= LASTS:
            self.checks = {check.__name__: _passes(check) for check in readiness.ALL}
            self.checked_at = time.monotonic()
        return JsonResponse(self.checks, status=200 if all(self.checks.values()) else 503)


def _passes(check: Callable[[], str]) -> bool:
    try:
        check()
    except readiness.NotReady:
        return False
    return True
