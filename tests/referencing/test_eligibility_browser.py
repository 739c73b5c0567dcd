"""In a real browser: from « Suis-je éligible ? » to a draft, then a change of mind, by people without JavaScript or with."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from accounts.models import User
from questionnaires.models import Version
from referencing.models import Candidature
from tests import axe, play
from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = [
    {"donnees_sante": "oui"},
    {"hebergement_externe": "oui"},
    {"dispositif_medical": "non", "teleconsultation": "non"},
    {"api_mesures": "oui", "api_documents": "non", "api_agenda": "non"},
]


def choose(page: Page, answers: dict[str, str]) -> None:
    for name, value in answers.items():
        page.locator(f"label[for='{page.locator(f'input[name={name}][value={value}]').get_attribute('id')}']").click()
    page.locator("main form button[type=submit]").first.click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_visitor_becomes_an_editor_with_a_draft(
    open_page: Callable[..., Page], alice: User, simple_version: Version, javascript: bool
) -> None:
    page = open_page(javascript=javascript, width=390)
    faults: list[str] = []

    def look() -> None:
        faults.extend(axe.violations(page) if javascript else [])

    page.goto("/")
    page.get_by_role("link", name="Suis-je éligible ?").click()
    look()
    page.get_by_role("button", name="Commencer").click()
    page.get_by_text("Application iOS").click()
    for answers in SCREENS:
        look()
        choose(page, answers)
    page.wait_for_url("**/resultat/")
    look()
    page.get_by_role("link", name="Commencer ma candidature").click()
    page.get_by_label("Courriel").fill(alice.email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_label("Nom commercial").fill("Glyco")
    page.get_by_label("À quoi sert le service").fill("Un carnet de glycémie.")
    look()
    page.get_by_role("button", name="Ouvrir le brouillon").click()
    page.wait_for_url("**/orientation/resultat/")
    look()
    assert Candidature.objects.get().sheet.orientation_done
    assert faults == []


def test_a_change_of_mind_is_shown_then_made(
    open_page: Callable[..., Page], alice: User, simple_version: Version
) -> None:
    candidature = play.answered(alice, simple_version, facts=play.EXCHANGE)
    page, address = open_page(alice), f"/candidatures/{candidature.reference}"
    page.goto(f"{address}/pourquoi/?words=sex-01")
    faults = axe.violations(page)
    page.get_by_role("link", name="Le service utilisera-t-il l'API Mesures ?").first.click()
    choose(page, {"api_mesures": "non"})
    page.get_by_role("heading", name="Ce que change votre réponse").wait_for()
    faults += axe.violations(page)
    page.get_by_role("button", name="Confirmer le changement").click()
    page.wait_for_url("**/orientation/resultat/")
    for part in ("pourquoi/?state=aside", "criteres/SEX-01/", "questionnaires/"):
        page.goto(f"{address}/{part}")
        faults += axe.violations(page)
        assert "de côté" in page.content()
    assert faults == []
