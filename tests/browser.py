"""Gestures shared by the browser tests."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from accounts.models import User


class Watch:
    """Notes everything a browser complains about: script errors, console errors, refused resources."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.problems: list[str] = []
        context.on("page", self._follow)

    def _follow(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.problems.append(f"{page.url}: {error}"))
        page.on("console", self._listen)

    def _listen(self, message: ConsoleMessage) -> None:
        # A page answered 404 or 403 on purpose is also announced in the console, and a network that a test cuts.
        expected = ("the server responded with a status", "net::ERR_INTERNET_DISCONNECTED")
        if message.type == "error" and not any(words in message.text for words in expected):
            self.problems.append(f"{message.page.url if message.page else ''}: {message.text}")


def enter_as(context: BrowserContext, user: User, url: str) -> None:
    """Sign a person in without the sign-in page, which has its own tests."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": session.key, "value": session.value, "url": url}])
