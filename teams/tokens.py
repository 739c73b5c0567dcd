"""The link of an invitation: who holds it was sent it. Only its SHA-256 is in the database."""

import hashlib
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

SALT = "teams.invitation"


def token_of(public_id: UUID) -> str:
    """Return the secret of an invitation, made from the secret key of the installation.

    Always the same: an e-mail that leaves twice, or is sent again, brings the same link and none goes dead.
    """
    return salted_hmac(SALT, public_id.hex, algorithm="sha256").hexdigest()


def fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def link_to(public_id: UUID) -> str:
    """Return the whole address that the e-mail gives."""
    return f"{settings.BASE_URL}{reverse('teams:invitation', args=[token_of(public_id)])}"
