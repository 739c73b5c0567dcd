"""The browser tests can be trusted: they see what they are there to see."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from accounts.models import User
from tests import axe
from tests.browser import Watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_axe_sees_a_picture_without_words(browser_page: Page):
    browser_page.set_content("<main><h1>Titre</h1><img src='data:,'></main>")
    assert [line.split("]")[0].split("[")[1] for line in axe.violations(browser_page)] == [
        "document-title",
        "html-has-lang",
        "image-alt",
    ]


def test_a_person_enters_without_the_sign_in_page(open_page: Callable[..., Page], alice: User):
    page = open_page(alice)
    page.goto("/")
    assert "Alice Martin" in page.content()


def test_two_people_do_not_share_a_browser(open_page: Callable[..., Page], alice: User):
    open_page(alice).goto("/")
    stranger = open_page(javascript=False)
    stranger.goto("/")
    assert "Alice Martin" not in stranger.content()


def test_an_error_of_a_script_is_noticed(chromium: Browser):
    with chromium.new_context() as context:
        watch = Watch(context)
        context.new_page().set_content("<script>throw new Error('aïe')</script>")
        assert watch.problems == ["about:blank: aïe"]
