"""The page « Délais » on real screens, with and without scripts."""

import pytest

from tests.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_clocks_are_read_and_a_date_corrected_on_a_small_screen(house, open_page):
    asked = house.asked()
    page = open_page(house.people["alice"], width=390)
    page.goto(f"/candidatures/{asked.reference}/")
    page.get_by_text("Le délai est suspendu depuis le").wait_for()
    page.get_by_role("link", name="Voir les délais").click()
    page.get_by_role("heading", name="Les dates retenues").wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_support_corrects_a_date_without_scripts(house, open_page):
    submitted = house.submitted()
    page = open_page(house.people["sophie"], javascript=False)
    page.goto(f"/candidatures/{submitted.reference}/delais/")
    page.get_by_role("link", name="Rectifier : Réception du dossier").click()
    page.get_by_label("Date réelle du fait").fill("2026-01-02")
    page.get_by_role("button", name="Rectifier la date").click()
    page.get_by_text("Motif de la rectification").first.wait_for()
    page.get_by_label("Motif de la rectification").fill("Reçu sur papier pendant une panne.")
    page.get_by_role("button", name="Rectifier la date").click()
    page.get_by_text("« Réception du dossier » est rectifié").wait_for()
    page.get_by_text("rectifiée : Reçu sur papier pendant une panne.").wait_for()
