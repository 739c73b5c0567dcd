"""The people of the trip, each at a browser that runs scripts or does not."""

from collections.abc import Callable

from playwright.sync_api import Page

from accounts.models import User
from tests.browser import enter_as
from tests.trip.person import Notes, Person


class Company:
    """Lets people in. Whoever comes late takes the browser of a person who left: a new one is slow to open."""

    def __init__(self, open_page: Callable[..., Page], address: str, *, scripts: bool) -> None:
        self.open_page = open_page
        self.address = address
        self.notes = Notes(scripts)

    def welcome(self, user: User | None = None) -> Person:
        """Bring in a person already signed in, or a visitor."""
        return Person(self._browser(user), self.notes)

    def _browser(self, user: User | None) -> Page:
        if not self.notes.free:
            return self.open_page(user, javascript=self.notes.scripts)
        page = self.notes.free.pop()
        page.context.clear_cookies()
        if user:
            enter_as(page.context, user, self.address)
        return page
