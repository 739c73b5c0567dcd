"""The pages of a request for complements in a real browser: accessible, at 390 px, without a script."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from accounts.models import User
from evaluation import drafting
from evaluation.models import RequestFile
from questionnaires.models import Version
from referencing import extensions
from referencing.models import Candidature
from referencing.working_days import next_working_day
from tests import axe, play
from tests.evaluation import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def drafted(alice: User, sophie: User, emile: User, simple_version: Version) -> Candidature:
    """A request is prepared, with a file; nothing is sent."""
    file = play.assigned(alice, simple_version, sophie, emile)
    steps.ask(file, "ADM-02", emile, expected="La lettre signée.")
    joined = [play.a_file("modele.txt")]
    drafting.save(file, deadline=steps.soon(), message="Bonjour,", edition=0, joined=joined, actor=emile)
    return file


def is_sound(page: Page, path: str) -> None:
    page.goto(f"/candidatures/{path}")
    assert axe.violations(page) == [], path
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_every_page_is_accessible_and_fits_a_phone(
    drafted: Candidature, alice: User, emile: User, sophie: User, open_page: Callable[..., Page]
) -> None:
    reference = drafted.reference
    lead = open_page(emile, width=390)
    is_sound(lead, f"{reference}/complements/apercu/")
    drafting.remove(RequestFile.objects.get(), actor=emile)
    for path in ("complements/", "complements/apercu/"):
        is_sound(lead, f"{reference}/{path}")
    asked = steps.send(drafted, emile)
    editor = open_page(alice, width=390)
    is_sound(editor, f"{reference}/delai/")
    until = next_working_day(steps.soon() + timedelta(days=9))
    extensions.ask(asked, until=until, motive="Congés.", actor=alice)
    is_sound(editor, f"{reference}/complements/a-faire/")
    support = open_page(sophie, width=390)
    is_sound(support, f"{reference}/delai/repondre/")
    steps.rewrite(asked, "ADM-02", alice, "Signée par la présidente.")
    is_sound(editor, f"{reference}/complements/a-faire/")
    steps.give_back(asked, alice)
    for reader in (editor, lead):
        is_sound(reader, f"{reference}/complements/tours/")
    support.goto("/instruction/echeances-depassees/")
    assert axe.violations(support) == []


def test_the_lead_reads_then_sends_and_the_editor_sends_back_without_a_script(
    drafted: Candidature, alice: User, emile: User, open_page: Callable[..., Page]
) -> None:
    lead = open_page(emile, javascript=False)
    lead.goto(f"/candidatures/{drafted.reference}/complements/")
    lead.get_by_label("Message à l'éditeur").fill("Il manque une signature.")
    lead.get_by_role("button", name="Relire comme l'éditeur avant d'envoyer").click()
    lead.get_by_text("Il manque une signature.").first.wait_for()
    lead.get_by_role("button", name="Envoyer la demande de compléments").click()
    lead.get_by_text("Demande de compléments envoyée à l'éditeur").wait_for()
    steps.rewrite(Candidature.objects.get(pk=drafted.pk), "ADM-02", alice, "Signée.")
    editor = open_page(alice, javascript=False)
    editor.goto(f"/candidatures/{drafted.reference}/complements/a-faire/")
    editor.get_by_text("Il manque une signature.").wait_for()
    editor.get_by_label("J'atteste sur l'honneur").check(force=True)
    editor.get_by_role("button", name="Renvoyer les compléments").click()
    editor.get_by_text("Compléments renvoyés.").first.wait_for()
