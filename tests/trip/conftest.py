"""Fixtures of the trip."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.trip.company import Company


@pytest.fixture
def company(open_page: Callable[..., Page], live_server: LiveServer, scripts: bool) -> Iterator[Company]:
    """Fails the test in the end if any page that anybody saw was faulty."""
    made = Company(open_page, live_server.url, scripts=scripts)
    yield made
    assert made.notes.faults == []


@pytest.fixture
def scripts() -> bool:
    """Whether the browsers run scripts; a test parametrizes it to know both."""
    return True
