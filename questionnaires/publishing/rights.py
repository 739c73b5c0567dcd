"""Who may do what to the référentiels. Reading and comparing them is for everybody: they are public."""

from django.http import Http404

from accounts.models import User
from accounts.roles import Role
from accounts.services import roles_of

RIGHTS: dict[str, tuple[Role, ...]] = {
    "publish_referential": (Role.SUPPORT,),  # bring in, publish, close to new candidatures
    "read_imports": (Role.SUPPORT, Role.AUDITOR),
}


def may(user: User, right: str) -> bool:
    return any(role in RIGHTS[right] for role in roles_of(user))


def require(user: User, right: str) -> None:
    """Answer whoever lacks a right as for an address that does not exist."""
    if not may(user, right):
        raise Http404(right)
