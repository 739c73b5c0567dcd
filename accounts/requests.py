"""What a view receives behind the sign-in, which is every view but those that say otherwise."""

from django.http import HttpRequest

from accounts.models import User


class SignedRequest(HttpRequest):
    """A request whose person is known: LoginRequiredMiddleware let it through."""

    user: User
