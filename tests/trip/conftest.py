"""The people of the trip, each in a browser of their own."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from accounts.models import User
from tests.trip.person import Person


class Company:
    """Lets people in, with or without scripts, and keeps what was wrong with the pages they saw."""

    def __init__(self, open_page: Callable[..., Page], *, scripts: bool) -> None:
        self.open_page = open_page
        self.scripts = scripts
        self.faults: list[str] = []
        self.measured: set[str] = set()

    def welcome(self, user: User | None = None) -> Person:
        """Bring in a person already signed in, or a visitor."""
        page = self.open_page(user, javascript=self.scripts)
        return Person(page, self.faults, self.measured, scripts=self.scripts)


@pytest.fixture
def company(open_page: Callable[..., Page], scripts: bool) -> Iterator[Company]:
    """Fails the test in the end if any page that anybody saw was faulty."""
    made = Company(open_page, scripts=scripts)
    yield made
    assert made.faults == []


@pytest.fixture
def scripts() -> bool:
    """Whether the browsers run scripts; a test parametrizes it to know both."""
    return True
