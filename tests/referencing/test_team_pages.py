"""The éditeur's pages of answers: reasons of « Non applicable », states, lists, expected proofs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from accounts.models import User
from questionnaires import sheets
from questionnaires.models import Answer, Version
from referencing.models import Candidature
from tests import play
from tests.axe import violations
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]


def url(candidature: Candidature, *parts: str) -> str:
    return "/".join(["", "candidatures", candidature.reference, *parts, ""])


@pytest.fixture
def draft(alice: User, simple_version: Version) -> Candidature:
    return play.draft(alice, simple_version)


def test_a_reason_is_chosen_and_shown(draft: Candidature, alice: User, client_of: ClientOf):
    client, page = client_of(alice), url(draft, "criteres", "RGPD-FIN-04")
    assert 'value="fonction-absente"' in client.get(page).content.decode()
    said = {"value": "not_applicable", "na_reason": "fonction-absente", "comment": "Aucun.", "edition": 0}
    assert client.post(page, said).status_code == 302
    assert Answer.objects.get().na_reason == "fonction-absente"
    listed = client.get(url(draft, "questionnaires", "securite")).content.decode()
    assert "Motif : La fonction visée n&#x27;existe pas." in listed


def test_a_criterion_that_never_admits_it_does_not_offer_it_and_says_why(
    draft: Candidature, alice: User, client_of: ClientOf
):
    client, page = client_of(alice), url(draft, "criteres", "ADM-02")
    shown = client.get(page).content.decode()
    assert 'value="not_applicable"' not in shown
    assert "Ce critère ne peut pas être déclaré « Non applicable »." in shown
    response = client.post(page, {"value": "not_applicable", "comment": "Mon texte", "edition": 0})
    sent = response.content.decode()
    assert response.status_code == 409
    assert "répondez « Conforme » ou « Non conforme »" in sent
    assert "Mon texte</textarea>" in sent
    assert not Answer.objects.exists()


def test_the_state_is_saved_with_the_answer(draft: Candidature, alice: User, client_of: ClientOf):
    said = {"value": "met", "comment": "Oui.", "edition": 0, "mark": "done", "mark_was": ""}
    client_of(alice).post(url(draft, "criteres", "ADM-02"), said)
    answer = Answer.objects.get()
    assert (answer.comment, answer.mark, answer.marked_by, answer.edition) == ("Oui.", "done", alice, 1)


@pytest.mark.parametrize(
    ("known", "sent", "was", "kept"),
    [
        ("review", "", "", "review"),  # a page opened before someone's « à revoir »
        ("review", "done", "review", "done"),
        ("review", "", "review", ""),
        ("done", "done", "done", "done"),  # the answer changes, and its author says again that it is finished
        ("", "parfait", "", ""),
    ],
)
def test_a_state_gives_way_only_to_who_saw_it(
    draft: Candidature, alice: User, bob: User, client_of: ClientOf, known: str, sent: str, was: str, kept: str
):
    sheets.mark(draft.sheet, draft.sheet.version.criteria.get(code="ADM-02"), known, bob)
    edition = {"edition": 0, "mark": sent, "mark_was": was}
    client_of(alice).post(url(draft, "criteres", "ADM-02"), {"value": "met", "comment": "Neuf.", **edition})
    assert Answer.objects.get().mark == kept


def test_a_form_without_state_leaves_it(draft: Candidature, alice: User, bob: User, client_of: ClientOf):
    sheets.mark(draft.sheet, draft.sheet.version.criteria.get(code="ADM-02"), "review", bob)
    client_of(alice).post(url(draft, "criteres", "ADM-02"), {"value": "met", "comment": "Neuf.", "edition": 0})
    assert Answer.objects.get().mark == "review"


def test_a_list_is_asked_for_by_its_address(draft: Candidature, alice: User, client_of: ClientOf):
    sheets.mark(draft.sheet, draft.sheet.version.criteria.get(code="ADM-02"), "review", alice)
    page = client_of(alice).get(url(draft, "questionnaires", "demande") + "?voir=a-revoir").content.decode()
    assert "criteres/ADM-02/" in page
    assert "criteres/ADM-04/" not in page
    empty = client_of(alice).get(url(draft, "questionnaires", "securite") + "?voir=a-revoir").content.decode()
    assert "Aucun critère de ce questionnaire n'est dans la liste « À revoir »." in empty


def test_the_administration_sees_neither_states_nor_their_list(
    alice: User, sophie: User, simple_version: Version, client_of: ClientOf
):
    candidature = play.answered(alice, simple_version)
    sheets.mark(candidature.sheet, candidature.sheet.version.criteria.get(code="ADM-02"), "review", alice)
    from_team = client_of(alice).get(url(candidature, "questionnaires", "demande")).content.decode()
    assert "À revoir (1)" in from_team
    play.filing.submit(candidature, actor=alice)
    page = client_of(sophie).get(url(candidature, "questionnaires", "demande") + "?voir=a-revoir").content.decode()
    assert "criteres/ADM-04/" in page
    assert "revoir" not in page.replace("?voir=a-revoir", "")


def test_expected_proofs_say_which_are_given(draft: Candidature, alice: User, client_of: ClientOf):
    client, page = client_of(alice), url(draft, "criteres", "URB-HEB-01")
    client.post(f"{page}preuves/", {"file": play.a_file(), "kind": "CERT", "title": "Certificat de Lyon"})
    shown = client.get(page).content.decode()
    assert "Fournie : Certificat de Lyon" in shown
    assert shown.count("Pas encore jointe") == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_axe_finds_nothing_on_the_pages_of_the_team(
    open_page: Callable[..., Page], alice: User, simple_version: Version
):
    candidature, browser_page = play.draft(alice, simple_version), open_page(alice, width=390)
    paths = [
        ("criteres", "RGPD-FIN-04"),
        ("criteres", "RGPD-FIN-04", "discussion"),
        ("questionnaires", "securite"),
        ("verifier",),
    ]
    found: list[str] = []
    for parts in paths:
        browser_page.goto(url(candidature, *parts))
        if parts[-1] == "discussion":
            browser_page.get_by_label("Votre message").fill("Bonjour @Alice Martin")
            browser_page.get_by_role("button", name="Envoyer le message").click()
            browser_page.get_by_text("Message envoyé.").wait_for()
        found += violations(browser_page)
    browser_page.goto(url(candidature, "criteres", "RGPD-FIN-04"))
    reasons = browser_page.get_by_label("La fonction visée n'existe pas.")
    assert not reasons.is_visible()
    browser_page.get_by_text("Non applicable", exact=True).click()
    reasons.wait_for(state="attached")
    assert browser_page.get_by_text("La fonction visée n'existe pas.").is_visible()
    found += violations(browser_page)
    assert found == []
