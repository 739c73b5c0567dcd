"""Who is looking at the page, as whom, and where they may go."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.homes import Link, account_menu, menu
from accounts.models import User
from accounts.roles import Role
from accounts.services import roles_of


def person(request: HttpRequest) -> dict[str, Any]:
    """Give every page its menu and the words that follow the person's name; asked only when drawn."""
    roles = SimpleLazyObject(lambda: roles_of(request.user))
    return {
        "navigation": SimpleLazyObject(lambda: navigation(request, roles)),
        "account_links": SimpleLazyObject(lambda: account_menu(request.path)),
        "capacity": SimpleLazyObject(lambda: capacity(request.user, roles)),
    }


def navigation(request: HttpRequest, roles: list[Role]) -> list[Link]:
    signed_in = request.user.is_authenticated
    unread = request.user.letters.filter(read_at=None).count() if signed_in else 0
    return menu(list(roles), request.path, signed_in=signed_in, unread=unread)


def capacity(user: User, roles: list[Role]) -> str:
    """« directrice produit, Glyco SAS » or « chargée d'instruction »; the role's own name when no title is known."""
    if not user.is_authenticated:
        return ""
    title = user.quality or (str(Role(roles[0]).label) if roles else "")
    organisations = [membership.organisation.name for membership in user.memberships.select_related("organisation")]
    return ", ".join(part for part in (title, *organisations) if part)
