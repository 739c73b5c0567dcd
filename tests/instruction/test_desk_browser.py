"""The desk in a real browser: files ticked and done, with and without script; axe, and 390 px."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from questionnaires.models import Version
from referencing import claims
from referencing.models import Candidature
from referencing.stages import Stage
from tests import axe, play

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]


@pytest.mark.parametrize("javascript", [True, False])
def test_support_ticks_files_reads_what_will_happen_and_admits_them(
    open_page: OpenPage, alice: User, sophie: User, simple_version: Version, javascript: bool
) -> None:
    files = [play.submitted(alice, simple_version, name=name) for name in ("Abeille", "Zèbre")]
    page = open_page(sophie, javascript=javascript)
    page.goto("/instruction/")
    if javascript:
        page.get_by_text("Choisir toute la page").locator("..").click()
        expect(page.get_by_role("status").filter(has_text="2 dossiers cochés")).to_be_visible()
        assert axe.violations(page) == []
    else:
        for one in files:
            page.locator(f"label[for='c-{one.pk}']").click()
    page.get_by_label("Faire").select_option("admit")
    page.get_by_role("button", name="Voir ce qui se passera").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Déclarer recevables")
    if javascript:
        assert axe.violations(page) == []
    page.get_by_role("button", name="Déclarer recevables (2").click()
    expect(page.get_by_role("status")).to_contain_text("2 dossiers traités")
    if javascript:
        assert axe.violations(page) == []
    assert {one.stage for one in Candidature.objects.all()} == {Stage.IN_EVALUATION}


def test_every_page_of_the_desk_is_accessible_and_fits_a_telephone(
    open_page: OpenPage, alice: User, sophie: User, simple_version: Version
) -> None:
    candidature = play.submitted(alice, simple_version)
    claims.take(candidature, actor=sophie)
    page = open_page(sophie, width=390)
    for address in (
        "?late=on",
        "?filed_from=demain",
        "charge/",
        "vues/?late=on",
        "lots/",
        "brouillons/",
        "brouillons/nouveau/",
        "suites/",
    ):
        page.goto(f"/instruction/{address}")
        assert axe.violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
    page.goto(f"/candidatures/{candidature.reference}/suivi/")
    assert axe.violations(page) == []
