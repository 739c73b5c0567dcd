"""The ground floor in a real browser: what axe, the console and the keyboard say of it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.axe import violations
from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VISITORS = (
    "home", "public:accessibility", "public:legal", "public:privacy", "public:sitemap", "public:help",
    "account_login", "account_signup", "account_reset_password",
)  # fmt: skip
SIGNED_IN = (
    "accounts:profile", "teams:team", "accounts:letters", "accounts:create_organisation",
    "account_email", "account_change_password", "mfa_index", "account_logout",
)  # fmt: skip


def faults(page, names: tuple[str, ...]) -> list[str]:
    """Return what is wrong with each page: axe's findings, several h1, a page wider than the screen."""
    found: list[str] = []
    for name in names:
        page.goto(reverse(name))
        found += violations(page)
        found += [f"{name}: {count} h1" for count in [page.locator("h1").count()] if count != 1]
        found += [f"{name}: too wide" for wide in [page.evaluate("document.body.scrollWidth > innerWidth")] if wide]
    return found


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_every_ground_floor_page_is_clean(open_page, alice, width: int, theme: str):
    visitor = open_page(width=width)
    visitor.emulate_media(color_scheme=theme)
    member = open_page(alice, width=width)
    member.emulate_media(color_scheme=theme)
    assert faults(visitor, VISITORS) + faults(member, SIGNED_IN) == []


def test_errors_take_the_focus_and_the_title_says_so(open_page, db):
    page = open_page()
    page.goto(reverse("account_signup"))
    page.get_by_role("button", name="Créer mon compte").click()
    expect(page.locator("#erreurs")).to_be_focused()
    expect(page).to_have_title("Erreur — Créer un compte — Référencement Mon espace santé")
    page.get_by_role("link", name="Prénom et nom").click()
    expect(page.locator("#id_full_name")).to_be_focused()
    assert violations(page) == []


def test_the_first_key_leads_to_the_content(open_page, db):
    page = open_page()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Contenu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_dark_theme_is_chosen_and_kept(open_page, db):
    page = open_page()
    page.goto("/")
    page.get_by_role("button", name="Paramètres d'affichage").click()
    page.get_by_text("Thème sombre").click()
    page.get_by_role("dialog").get_by_role("button", name="Fermer").click()
    page.goto(reverse("public:help"))
    expect(page.locator("html")).to_have_attribute("data-fr-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 22, 22)"


@pytest.mark.parametrize("width", [1280, 390])
def test_without_script_one_signs_in_walks_the_menu_and_signs_out(open_page, alice, width: int):
    page = open_page(javascript=False, width=width)
    page.goto(reverse("account_login"))
    page.get_by_label("Courriel").fill(alice.email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Se connecter").click()
    page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Mon équipe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon équipe")
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Faire référencer un service numérique en santé")
