"""Our answers to what django-allauth leaves open."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from accounts.homes import home_of
from accounts.requests import SignedRequest


class HouseAdapter(DefaultAccountAdapter):
    """Anyone may open an account; it opens no file until an organisation or a role is given."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return True

    def get_login_redirect_url(self, request: SignedRequest) -> str:
        return home_of(request.user)

    def get_signup_redirect_url(self, request: SignedRequest) -> str:
        return home_of(request.user)
