"""E-mail addresses that need no proof, and the link where their owner chooses a password."""

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from accounts.models import User


def vouch_for(person: User) -> None:
    """Hold a person's address for verified: whoever makes the account answers for it."""
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})


def password_link(person: User) -> str:
    """Return the address where a person chooses a password; it dies with its first use."""
    parts = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return f"{settings.BASE_URL}{reverse('account_reset_password_from_key', kwargs=parts)}"
