"""What every page knows without asking the database."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest | None) -> dict[str, Any]:
    """Return the operator, its right to the State brand, and whether this is a demonstration."""
    return {
        "operator": settings.OPERATOR,
        "brand": settings.BRAND_LINES if settings.BRAND_ETAT else [],
        "demo": settings.DEMO,
    }
