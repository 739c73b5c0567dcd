"""From a proposition to its answer in a real browser: axe, 390 px, and without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from evaluation.assignments import propose
from evaluation.models import Assignment, ExpertProfile
from questionnaires.models import Version
from tests import axe, play

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]


@pytest.mark.parametrize("javascript", [True, False])
def test_support_accepts_the_proposition_and_the_expert_declares_then_opens_the_file(
    open_page: OpenPage, alice: User, sophie: User, eva: User, simple_version: Version, javascript: bool
) -> None:
    file = play.in_evaluation(alice, simple_version, sophie)
    ExpertProfile.objects.create(user=eva, competences=["administratif", "urbanisation", "securite", "rgpd"])
    support = open_page(sophie, javascript=javascript)
    support.goto(f"/candidatures/{file.reference}/affectation/")
    support.get_by_role("button", name="Enregistrer la répartition").click()
    expect(support.locator("main")).to_contain_text("Répartition enregistrée.")
    expert = open_page(eva, javascript=javascript)
    expert.goto("/")
    expert.get_by_role("link", name="Répondre").click()
    expert.get_by_role("button", name="Accepter et ouvrir le dossier").click()
    expect(expert.locator("main")).to_contain_text("1 erreur à corriger")
    if javascript:
        assert axe.violations(expert) == []
    expert.get_by_role("checkbox").check(force=True)
    expert.get_by_role("button", name="Accepter et ouvrir le dossier").click()
    expect(expert.get_by_role("heading", level=1)).to_have_text("Grille d'évaluation")
    assert Assignment.objects.get().is_active


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_of_the_assignment_is_accessible_and_fits(
    open_page: OpenPage, alice: User, sophie: User, emile: User, eva: User, simple_version: Version, width: int
) -> None:
    file = play.assigned(alice, simple_version, sophie, emile)
    ExpertProfile.objects.create(user=eva, competences=["securite"], employer="Glyco")
    made = propose(file, eva, actor=sophie, domains=["securite"], motive="Homonyme.")
    pages = {
        sophie: (f"/candidatures/{file.reference}/affectation/?nouvelle=1&detail=administratif", "/experts/"),
        eva: (
            "/evaluations/",
            f"/evaluations/propositions/{made.pk}/",
            "/evaluations/mon-profil/",
            "/evaluations/mon-profil/interets/declarer/",
        ),
    }
    for person, addresses in pages.items():
        page = open_page(person, width=width)
        for address in addresses:
            page.goto(address)
            assert axe.violations(page) == [], address
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
