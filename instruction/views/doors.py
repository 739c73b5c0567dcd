"""Who enters the pages of the desk: anybody who holds a global role reads, support alone acts."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponseBase

from accounts.requests import SignedRequest
from accounts.roles import Role
from referencing import access

View = Callable[..., HttpResponseBase]


def for_staff(view: View) -> View:
    return _only(view, bool)


def for_support(view: View) -> View:
    return _only(view, lambda roles: Role.SUPPORT in roles)


def _only(view: View, allowed: Callable[[list[Role]], bool]) -> View:
    @wraps(view)
    def guarded(request: SignedRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not allowed(access.global_roles(request.user)):
            raise Http404("instruction")
        return view(request, *args, **kwargs)

    return guarded
