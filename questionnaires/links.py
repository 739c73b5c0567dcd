"""The addresses that may be proofs: public pages, in https. Their shape is checked, nothing is ever fetched."""

import ipaddress
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from questionnaires.contents import FileRefused

LONGEST = 500
_well_formed = URLValidator(schemes=["https"])


def check_address(address: str) -> str:
    """Return the address when it may be a proof. Raises FileRefused with one French sentence otherwise."""
    address = address.strip()
    shown = " ".join("".join(char if char.isprintable() else " " for char in address).split())[:80]
    if not address.lower().startswith("https://"):
        raise FileRefused(f"L'adresse « {shown} » ne commence pas par https:// : donnez celle d'une page sécurisée.")
    if len(address) > LONGEST:
        raise FileRefused(f"Cette adresse dépasse {LONGEST} caractères : donnez-en une plus courte.")
    try:
        _well_formed(address)
        parts = urlsplit(address)
        has_password = parts.username is not None
    except (ValidationError, ValueError):
        raise FileRefused(f"L'adresse « {shown} » n'est pas celle d'une page : vérifiez-la.") from None
    if has_password:
        raise FileRefused("Cette adresse contient un identifiant : donnez une page publique, sans connexion.")
    if _is_private(parts.hostname or ""):
        raise FileRefused(f"L'adresse « {shown} » n'est pas publique : les experts ne pourront pas l'ouvrir.")
    return address


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".local", ".localhost", ".internal", ".lan"))
