"""Two colleagues fill one candidature in real browsers, with bad luck: nothing typed is lost, nothing written over."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, Response

from accounts.models import User
from questionnaires import sheets
from questionnaires.models import Answer, Version
from referencing.models import Candidature
from tests import play
from tests.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]


@pytest.fixture
def draft(alice: User, simple_version: Version) -> Candidature:
    return play.draft(alice, simple_version)


def of(candidature: Candidature, *parts: str) -> str:
    return "/".join(["", "candidatures", candidature.reference, *parts, ""])


def criterion(page: Page, candidature: Candidature) -> Page:
    page.goto(of(candidature, "criteres", "ADM-02"))
    return page


def write(page: Page, text: str) -> None:
    page.get_by_label("Explication").fill(text)


def told(page: Page, words: str) -> None:
    page.get_by_role("status").filter(has_text=words).wait_for()


def on_file() -> str:
    return Answer.objects.get(criterion__code="ADM-02").comment


def crash(page: Page, text: str) -> None:
    """Type a text that reaches nobody, and lose the page."""
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError()); }")
    write(page, text)
    told(page, "Non enregistré")
    page.close(run_before_unload=False)


def is_saving(response: Response) -> bool:
    return response.url.endswith("/enregistrer/") and response.request.method == "POST"


def test_an_answer_is_saved_while_it_is_typed(draft: Candidature, alice: User, open_page: OpenPage) -> None:
    page = criterion(open_page(alice), draft)
    page.get_by_text("Conforme", exact=True).click()
    told(page, "Enregistré à")
    write(page, "Le contrat est signé.")
    with page.expect_response(is_saving):
        pass
    told(page, "Enregistré à")
    assert page.get_by_text("Joignez au moins une preuve.").is_visible()
    assert violations(page) == []
    page.reload()
    assert page.get_by_label("Explication").input_value() == "Le contrat est signé."
    assert Answer.objects.get().value == "met"


def test_the_network_goes_and_comes_back(draft: Candidature, alice: User, bob: User, open_page: OpenPage) -> None:
    """Alice loses her network, types, comes back; Bob answered the same criterion meanwhile."""
    hers, his = criterion(open_page(alice), draft), criterion(open_page(bob), draft)
    hers.context.set_offline(True)
    write(hers, "Le contrat est signé par Alice.")
    told(hers, "Non enregistré : vous êtes hors ligne")
    assert hers.get_by_role("button", name="Réessayer").is_visible()
    write(his, "Le contrat est relu par Bob.")
    told(his, "Enregistré à")
    write(hers, "Le contrat est signé par Alice en mars.")
    hers.context.set_offline(False)
    told(hers, "une autre personne a répondu entre-temps")
    assert on_file() == "Le contrat est relu par Bob."
    panel = hers.get_by_role("alert", name="Deux réponses au même critère")
    assert panel.get_by_text("Bob Durand a enregistré une autre réponse").is_visible()
    assert panel.get_by_text("Le contrat est signé par Alice en mars.", exact=True).is_visible()
    assert violations(hers) == []
    panel.get_by_role("button", name="Reprendre les deux, puis relire").click()
    told(hers, "Enregistré à")
    assert on_file() == "Le contrat est relu signé par Bob Alice en mars."
    write(his, "Le contrat est relu par Bob, deux fois.")
    told(his, "une autre personne a répondu entre-temps")
    his.get_by_role("button", name="Garder celle de Alice Martin").click()
    told(his, "La réponse enregistrée est gardée")
    assert his.get_by_label("Explication").input_value() == on_file()


def test_a_lost_response_is_no_conflict_with_oneself(draft: Candidature, alice: User, open_page: OpenPage) -> None:
    page = criterion(open_page(alice), draft)
    lost = []

    def arrives_but_is_not_answered(route) -> None:
        route.fetch()
        lost.append(route.request.post_data)
        route.abort()

    page.route("**/enregistrer/", arrives_but_is_not_answered, times=1)
    write(page, "Un")
    told(page, "Non enregistré : la connexion est interrompue")
    assert (len(lost), on_file()) == (1, "Un")
    write(page, "Un deux")
    told(page, "Enregistré à")
    assert on_file() == "Un deux"


def test_a_page_that_crashes_gives_the_text_back(draft: Candidature, alice: User, open_page: OpenPage) -> None:
    page = criterion(open_page(alice), draft)
    crash(page, "Presque perdu.")
    again = criterion(page.context.new_page(), draft)
    again.get_by_text("n'avait pas été enregistré : le voici remis").wait_for()
    told(again, "Enregistré à")
    assert on_file() == "Presque perdu."


def test_what_is_given_back_never_replaces_a_newer_answer(
    draft: Candidature, alice: User, bob: User, open_page: OpenPage
) -> None:
    page = criterion(open_page(alice), draft)
    crash(page, "D'avant la panne.")
    write(his := criterion(open_page(bob), draft), "De Bob.")
    told(his, "Enregistré à")
    again = criterion(page.context.new_page(), draft)
    told(again, "une autre personne a répondu entre-temps")
    again.get_by_role("button", name="Garder la mienne").click()
    told(again, "Enregistré à")
    assert on_file() == "D'avant la panne."


def test_a_session_that_ends_keeps_the_text(draft: Candidature, alice: User, open_page: OpenPage) -> None:
    page = criterion(open_page(alice), draft)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    write(page, "Écrit après la fin de la session.")
    told(page, "votre session a expiré")
    link = page.get_by_role("link", name="Se reconnecter dans un nouvel onglet")
    assert link.get_attribute("href").startswith("/compte/login/?next=/candidatures/")
    page.context.add_cookies(cookies)
    page.get_by_role("button", name="Réessayer").click()
    told(page, "Enregistré à")
    assert on_file() == "Écrit après la fin de la session."


def test_a_text_that_comes_after_the_depot_is_refused_and_given_back(
    alice: User, bob: User, simple_version: Version, open_page: OpenPage
) -> None:
    candidature = play.answered(alice, simple_version)
    before, page = on_file(), criterion(open_page(bob), candidature)
    sheets.freeze(candidature.sheet)
    write(page, "Trop tard.")
    told(page, "Non enregistré : La candidature est déposée")
    assert page.get_by_role("button", name="Copier mon texte").is_visible()
    page.reload()
    assert page.get_by_label("Ce texte n'a jamais été enregistré").input_value() == "Trop tard."
    assert on_file() == before


def test_leaving_with_a_text_on_its_way_asks_first(draft: Candidature, alice: User, open_page: OpenPage) -> None:
    page = criterion(open_page(alice), draft)
    page.context.set_offline(True)
    page.get_by_label("Explication").press_sequentially("Pas encore.")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.close(run_before_unload=True)
    told(page, "hors ligne")
    assert asked == ["beforeunload"]
    page.context.set_offline(False)
    told(page, "Enregistré à")


def test_a_section_is_answered_by_keyboard_on_a_small_screen(
    draft: Candidature, alice: User, open_page: OpenPage
) -> None:
    page = criterion(open_page(alice, width=390), draft)
    page.get_by_role("button", name="Répondre à toute la section sur une page").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/questionnaires/demande/administratif/#c-ADM-02")
    first = page.locator("#c-ADM-02")
    first.get_by_label("Conforme", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Sans souris.")
    first.get_by_role("status").filter(has_text="Enregistré à").wait_for()
    page.wait_for_function("document.querySelector('[data-state=\"ADM-02\"]').textContent === 'En cours'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == []
    page.goto(of(draft, "questionnaires"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == []
    assert Answer.objects.get().comment == "Sans souris."


def test_the_button_saves_what_was_just_typed_then_goes_on(
    draft: Candidature, alice: User, open_page: OpenPage
) -> None:
    page = criterion(open_page(alice), draft)
    write(page, "Tapé juste avant le clic.")
    page.get_by_role("button", name="Enregistrer et passer au suivant").click()
    page.wait_for_url("**/criteres/ADM-04/")
    assert on_file() == "Tapé juste avant le clic."
