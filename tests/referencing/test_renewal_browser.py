"""The pages of certificates and renewals in a real browser: accessible, usable by keyboard, at 390 px."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from accounts.models import User
from questionnaires.models import Version
from referencing import renewal
from referencing.models import Candidature
from referencing.origins import Motive
from tests import axe, play
from tests.certificates import certify

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FACTS = play.SIMPLE | {"dispositif_medical": True, "dmn_certifie": True}


@pytest.fixture
def sister(alice: User, simple_version: Version) -> Candidature:
    """A draft taken up from a candidature that was filed with a certificate; it has none of its own yet."""
    filed = play.submitted(alice, simple_version, facts=FACTS)
    service = renewal.NewService("Glyco Junior", "Pour les enfants.", ["ios"])
    return renewal.take_up(filed, Motive.SISTER, simple_version, actor=alice, service=service)


def test_every_page_is_accessible_and_fits_a_phone(
    sister: Candidature, alice: User, open_page: Callable[..., Page]
) -> None:
    certify(sister.sheet, sister.organisation, alice, edition="dmn-1")
    origin = sister.origin
    assert origin is not None
    page = open_page(alice, width=390)
    for path in (
        f"{sister.reference}/certificats/",
        f"{sister.reference}/certificats/dmn/",
        f"{sister.reference}/a-confirmer/",
        f"{sister.reference}/criteres/SEC-GOV-01/",
        f"{origin.reference}/reprendre/",
        f"{origin.reference}/reprendre/?motif=sister",
    ):
        page.goto(f"/candidatures/{path}")
        assert axe.violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_an_answer_is_confirmed_by_keyboard_without_a_script(
    sister: Candidature, alice: User, open_page: Callable[..., Page]
) -> None:
    page = open_page(alice, javascript=False)
    page.goto(f"/candidatures/{sister.reference}/criteres/ADM-02/")
    page.get_by_role("button", name="Confirmer la réponse telle quelle").focus()
    page.keyboard.press("Enter")
    page.get_by_text("1 réponse confirmée.").wait_for()
    assert page.get_by_text("à confirmer", exact=False).count() == 0
