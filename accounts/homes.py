"""Where each capacity lands, and the links of the main menu."""

from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from accounts.roles import Role
from accounts.services import roles_of

HOMES: dict[Role, str] = {
    Role.SUPPORT: "instruction:desk",
    Role.SECRETARY: "commission:seances",
    Role.MINISTRY: "referencing:decisions",
    Role.MEMBER: "commission:seances",
    Role.EXPERT: "evaluation:mine",
    Role.AUDITOR: "instruction:desk",
    Role.EDITOR: "referencing:mine",
}
# In the order of the menu: words, name of the address, capacities it is for.
MENU: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("Mes candidatures", "referencing:mine", frozenset({Role.EDITOR})),
    ("Nos services", "referencing:services", frozenset({Role.EDITOR})),
    ("Coffre de preuves", "referencing:my_vault", frozenset({Role.EDITOR})),
    ("Mon équipe", "teams:team", frozenset({Role.EDITOR})),
    ("Instruction", "instruction:desk", frozenset({Role.SUPPORT, Role.AUDITOR})),
    ("Mes évaluations", "evaluation:mine", frozenset({Role.EXPERT})),
    ("Messages", "conversation:inbox", frozenset({Role.EDITOR, Role.SUPPORT})),
    ("Commission", "commission:seances", frozenset({Role.MEMBER, Role.SECRETARY, Role.SUPPORT})),
    ("Décisions", "referencing:decisions", frozenset({Role.MINISTRY})),
)


@dataclass(frozen=True)
class Link:
    """One entry of the menu. `current` is what `aria-current` says: this very page, or one below it."""

    label: str
    address: str
    current: Literal["", "page", "true"] = ""


def address_of(name: str) -> str:
    """Return the address of a named page, or nothing when that room has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def home_of(user: User) -> str:
    """Return the address where a person lands: the home of their first capacity, or how to get one."""
    for role in roles_of(user):
        if address := address_of(HOMES[role]):
            return address
    return reverse("accounts:create_organisation")


def menu(roles: list[Role], path: str, *, signed_in: bool, unread: int) -> list[Link]:
    """Return the links that these capacities see, the one of `path` marked."""
    entries = [(label, name) for label, name, allowed in MENU if allowed & set(roles)]
    if not signed_in:
        entries.append(("Accueil", "home"))
    entries.append(("Catalogue", "catalogue:list"))
    entries.append(("Référentiels", "referentials:list"))
    if signed_in:
        entries.append((f"Mes courriers ({unread})" if unread else "Mes courriers", "accounts:letters"))
    else:
        entries.append(("Aide et contact", "public:help"))
    found = [(label, address_of(name)) for label, name in entries]
    return [Link(label, address, _current(address, path)) for label, address in found if address]


def _current(address: str, path: str) -> Literal["", "page", "true"]:
    if path == address:
        return "page"
    return "true" if address != "/" and path.startswith(address) else ""


ACCOUNT_PAGES: tuple[tuple[str, str], ...] = (
    ("Profil", "accounts:profile"),
    ("Adresses électroniques", "account_email"),
    ("Mot de passe", "account_change_password"),
    ("Authentification à deux facteurs", "mfa_index"),
    ("Identité professionnelle", "socialaccount_connections"),
)


def account_menu(path: str) -> list[Link]:
    """Return the pages of « Mon compte », the one of `path` marked; the last only when an identity provider is set."""
    pages = ACCOUNT_PAGES if settings.SOCIALACCOUNT_PROVIDERS else ACCOUNT_PAGES[:-1]
    return [Link(label, reverse(name), _current(reverse(name), path)) for label, name in pages]
