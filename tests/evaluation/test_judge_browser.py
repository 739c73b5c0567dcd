"""The workspace in a real browser: a whole file judged by keyboard alone, and nothing typed lost on the way."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from accounts.models import User
from evaluation.assignments import unassign
from evaluation.models import Assignment, DraftVerdict, Verdict
from referencing.models import Candidature
from tests.axe import violations
from tests.evaluation import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]


def at(page: Page, file: Candidature, code: str) -> Page:
    page.goto(steps.url("judge", file, code))
    return page


def told(page: Page, words: str) -> None:
    page.get_by_role("status").filter(has_text=words).wait_for()


def test_a_whole_file_is_judged_by_keyboard_alone(file: Candidature, emile: User, open_page: OpenPage) -> None:
    page = at(open_page(emile), file, "ADM-02")
    for code in steps.CODES:
        page.wait_for_url(f"**{steps.url('judge', file, code)}")
        if code == "SEC-GOV-01":
            page.keyboard.press("4")
            page.keyboard.press("m")
            page.keyboard.type("La 2e page manque : jkep1 reste du texte.")
            page.keyboard.press("Control+Enter")
        else:
            page.keyboard.press("1")
            page.keyboard.press("e")
    page.wait_for_url(f"**{steps.url('grid', file)}")
    found = {one.criterion.code: (one.value, one.motive) for one in Verdict.objects.select_related("criterion")}
    assert found == dict.fromkeys(steps.CODES, ("met", "")) | {
        "SEC-GOV-01": ("not_met", "La 2e page manque : jkep1 reste du texte.")
    }
    assert DraftVerdict.objects.count() == 0


def test_the_keys_move_between_criteria_and_open_the_help(file: Candidature, emile: User, open_page: OpenPage) -> None:
    page = at(open_page(emile), file, "ADM-02")
    for key, code in (("l", "ADM-04"), ("j", "SEC-GOV-01"), ("k", "ADM-04"), ("h", "ADM-02")):
        page.keyboard.press(key)
        page.wait_for_url(f"**{steps.url('judge', file, code)}")
    page.keyboard.press("?")
    assert page.get_by_role("table", name="Hors des champs de saisie").is_visible()
    page.keyboard.press("p")
    page.keyboard.press("1")
    assert page.evaluate("document.activeElement.textContent.trim().startsWith('1. Preuve')")
    page.keyboard.press("t")
    page.get_by_role("button", name="Insérer").first.click()
    assert page.get_by_label("Motif", exact=True).input_value() != ""
    assert violations(page) == []


def test_turned_off_the_keys_do_nothing(file: Candidature, emile: User, open_page: OpenPage) -> None:
    page = at(open_page(emile), file, "ADM-02")
    page.keyboard.press("?")
    page.get_by_role("button", name="Désactiver les raccourcis d'une touche").click()
    page.get_by_text("Les raccourcis clavier sont désactivés.").wait_for()
    page.keyboard.press("1")
    page.keyboard.press("l")
    assert page.locator("input[name=value]:checked").count() == 0
    assert page.url.endswith(steps.url("judge", file, "ADM-02"))


def test_what_is_typed_is_kept_and_comes_back(file: Candidature, emile: User, open_page: OpenPage) -> None:
    page = at(open_page(emile), file, "ADM-02")
    page.get_by_label("Motif", exact=True).fill("Presque fini.")
    told(page, "Brouillon gardé à")
    assert DraftVerdict.objects.get().motive == "Presque fini."
    page.reload()
    assert page.get_by_label("Motif", exact=True).input_value() == "Presque fini."
    assert violations(page) == []


def test_a_session_that_ends_while_typing_loses_nothing(file: Candidature, emile: User, open_page: OpenPage) -> None:
    page = at(open_page(emile), file, "ADM-02")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.get_by_label("Motif", exact=True).fill("Écrit après la fin.")
    told(page, "votre session a expiré")
    page.context.add_cookies(cookies)
    page.reload()
    told(page, "Brouillon gardé à")
    assert page.get_by_label("Motif", exact=True).input_value() == "Écrit après la fin."
    assert DraftVerdict.objects.get().motive == "Écrit après la fin."


def test_an_expert_taken_off_while_typing_keeps_the_text(
    file: Candidature, emile: User, sophie: User, open_page: OpenPage
) -> None:
    page = at(open_page(emile), file, "ADM-02")
    unassign(Assignment.objects.get(), actor=sophie)
    page.get_by_text("Non conforme", exact=True).click()
    page.get_by_label("Motif", exact=True).fill("Trop tard.")
    told(page, "vous n'avez plus accès")
    page.get_by_role("button", name="Enregistrer et passer au suivant à juger").click()
    page.get_by_role("heading", name="Votre texte n'a pas été enregistré").wait_for()
    assert page.get_by_label("Ce que vous aviez écrit dans « Motif »").input_value() == "Trop tard."
    assert violations(page) == []


def test_the_workspace_holds_in_a_hand(file: Candidature, emile: User, open_page: OpenPage) -> None:
    page = at(open_page(emile, width=390), file, "ADM-02")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == []


def test_without_script_a_motive_is_inserted_and_kept(file: Candidature, emile: User, open_page: OpenPage) -> None:
    page = at(open_page(emile, javascript=False), file, "ADM-02")
    page.get_by_label("Motif", exact=True).fill("Vu.")
    page.locator("summary", has_text="motif").click()
    page.get_by_role("button", name="Insérer").first.click()
    assert page.get_by_label("Motif", exact=True).input_value().startswith("Vu.\n")
    page.get_by_text("Réserve mineure", exact=True).click()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_text("ADM-02 : verdict « Réserve mineure » enregistré.").wait_for()
