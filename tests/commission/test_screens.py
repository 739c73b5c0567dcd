"""A séance on real screens: the member's page follows the secretary's, with and without scripts."""

import pytest

from commission.models import Ballot
from tests import sittings
from tests.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def page_of(item) -> str:
    return f"/seances/{item.seance.number}/points/{item.order}/"


def propose(page, item) -> None:
    page.goto(page_of(item))
    page.get_by_role("link", name="Proposer un avis").click()
    page.get_by_text("Favorable", exact=True).click()
    page.get_by_role("button", name="Ouvrir le vote").click()
    page.get_by_role("link", name="Clore le vote").wait_for()


def vote(page, words: str) -> None:
    page.get_by_text(words, exact=True).first.click()
    page.get_by_role("button", name="Vérifier mon vote").click()
    page.get_by_role("button", name=f"Voter {words.lower()}").click()
    page.get_by_text("Votre vote est enregistré").wait_for()


def test_the_screen_of_a_member_follows_the_seance(item, nine, simone, open_page):
    desk, screen = open_page(simone), open_page(nine[1].user, width=390)
    screen.goto(page_of(item))
    screen.get_by_text("aucun vote n'est ouvert").wait_for()
    propose(desk, item)
    screen.get_by_role("heading", name="Vote ouvert : avis favorable").wait_for()
    assert violations(screen) == []
    vote(screen, "Contre")
    desk.get_by_text("1 vote reçu").wait_for()
    assert violations(desk) == []
    desk.get_by_role("link", name="Clore le vote").click()
    desk.get_by_role("heading", name="Clore le vote ?").wait_for()
    assert violations(desk) == []
    desk.get_by_role("button", name="Clore le vote").click()
    screen.get_by_text("Proposition rejetée : 0 pour, 1 contre").wait_for()
    assert Ballot.objects.get().choice == "against"


def test_a_vote_is_held_without_scripts(item, nine, simone, open_page):
    desk, screen = open_page(simone, javascript=False), open_page(nine[1].user, javascript=False)
    propose(desk, item)
    screen.goto(page_of(item))
    vote(screen, "Pour")
    desk.get_by_role("link", name="Clore le vote").click()
    desk.get_by_role("button", name="Clore le vote").click()
    desk.get_by_role("link", name="Rendre l'avis").click()
    desk.get_by_role("button", name="Rendre l'avis").click()
    desk.get_by_role("heading", name="Avis rendu").wait_for()
    screen.goto(page_of(item))
    screen.get_by_role("heading", name="Proposition adoptée").wait_for()


def test_the_pages_of_the_commission_are_accessible(item, nine, simone, sophie, open_page):
    sittings.planned(simone)
    desk, seance = open_page(simone), item.seance
    for path in ("/seances/", "/seances/nouvelle/", f"/seances/{seance.number}/", f"/seances/{seance.number}/appel/"):
        desk.goto(path)
        assert violations(desk) == []
    member = open_page(nine[0].user)
    for path in ("/seances/", f"/seances/{seance.number}/", f"{page_of(item)}deport/"):
        member.goto(path)
        assert violations(member) == []
