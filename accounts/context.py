"""Who is looking at the page, as whom, and where they may go."""

from functools import cache
from typing import Any

from django.http import HttpRequest

from accounts.homes import Link, account_menu, menu
from accounts.models import User
from accounts.roles import Role
from accounts.services import roles_of


def person(request: HttpRequest) -> dict[str, Any]:
    """Give every page its menu and the words that follow the person's name; asked only when drawn, and once."""
    user = request.user
    if not user.is_authenticated:
        return {"navigation": menu([], request.path, signed_in=False, unread=0), "capacity": "", "account_links": []}
    roles = cache(lambda: roles_of(user))
    return {
        "navigation": cache(lambda: navigation(user, roles(), request.path)),
        "capacity": cache(lambda: capacity(user, roles())),
        "account_links": cache(lambda: account_menu(request.path)),
    }


def navigation(user: User, roles: list[Role], path: str) -> list[Link]:
    return menu(roles, path, signed_in=True, unread=user.letters.readable().filter(read_at__isnull=True).count())


def capacity(user: User, roles: list[Role]) -> str:
    """« directrice produit, Glyco SAS » or « chargée d'instruction »; the role's own name when no title is known."""
    title = user.quality or (str(Role(roles[0]).label) if roles else "")
    organisations = [membership.organisation.name for membership in user.memberships.select_related("organisation")]
    return ", ".join(part for part in (title, *organisations) if part)
