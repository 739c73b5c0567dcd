"""The vault in a real browser: one certificate for four criteria, a big file through a lost network, axe and 390 px."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from questionnaires.models import EvidenceRevision, EvidenceUse, Upload, Version
from tests import axe, play

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
MEGABYTE = 1024 * 1024
SHELF = "/coffre/732829320/"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    path = tmp_path / "certificat-hds.txt"
    path.write_text("Certificat HDS n° 2026-12, six activités.")
    return path


@pytest.fixture
def big(tmp_path: Path) -> Path:
    path = tmp_path / "journal.txt"
    path.write_bytes(b"une ligne de journal\n" * (24 * MEGABYTE // 21))
    return path


@pytest.mark.parametrize("javascript", [True, False])
def test_one_certificate_proves_four_criteria_in_two_candidatures(
    open_page: OpenPage, alice: User, simple_version: Version, certificate: Path, javascript: bool
):
    drafts = [play.draft(alice, simple_version, facts=play.EXCHANGE, name=name) for name in ("Glyco", "Cardio")]
    page = open_page(alice, javascript=javascript)
    page.goto("/mes-candidatures/")
    page.locator("a", has_text="Coffre de preuves").first.click()
    page.get_by_role("link", name="Déposer des preuves").first.click()
    page.get_by_label("Fichiers").set_input_files(certificate)
    if javascript:
        expect(page.get_by_text("envoyé ; il reste à déposer").first).to_be_visible()
    page.get_by_label("Nature").select_option("CERT")
    page.get_by_label("Valable jusqu'au").fill("2031-03-12")
    page.get_by_role("button", name="Déposer dans le coffre").click()
    page.get_by_role("link", name="Joindre à d'autres critères").click()
    for draft in drafts:
        for code in ("URB-HEB-01", "SEX-01"):
            page.locator(f"#id_{draft.reference}_{code} + label").click()
    page.get_by_role("button", name="Joindre aux critères cochés").click()
    expect(page.get_by_text("est jointe pour 4 critères")).to_be_visible()
    assert EvidenceRevision.objects.count() == 1
    assert sorted(EvidenceUse.objects.values_list("answer__sheet__candidature__service__name", "answer__criterion__code")) == [
        ("Cardio", "SEX-01"), ("Cardio", "URB-HEB-01"), ("Glyco", "SEX-01"), ("Glyco", "URB-HEB-01"),
    ]  # fmt: skip


def test_a_big_file_goes_through_a_lost_network(open_page: OpenPage, alice: User, big: Path):
    page = open_page(alice)
    page.goto(f"{SHELF}deposer/")
    page.get_by_label("Fichiers").set_input_files(big)
    page.get_by_role("button", name="Mettre en pause").click()
    page.context.set_offline(True)
    page.get_by_role("button", name="Reprendre").click()
    said = page.locator(".house-upload__said")
    expect(said).to_contain_text("la connexion est coupée")
    page.get_by_role("button", name="Déposer dans le coffre").click()
    expect(said).to_contain_text("le formulaire partira dès que ce fichier sera arrivé")
    page.context.set_offline(False)
    expect(page.get_by_text("Preuve « journal » déposée.")).to_be_visible(timeout=60_000)
    assert EvidenceRevision.objects.get().size == big.stat().st_size


def test_a_big_file_goes_on_after_the_page_was_closed(open_page: OpenPage, alice: User, big: Path):
    page = open_page(alice)
    page.goto(f"{SHELF}deposer/")
    pieces: list[str] = []
    page.on(
        "request",
        lambda request: pieces.append(request.headers["upload-offset"]) if request.method == "PATCH" else None,
    )
    with page.expect_response(lambda response: response.request.method == "PATCH"):
        page.get_by_label("Fichiers").set_input_files(big)
    page.get_by_role("button", name="Mettre en pause").click()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.get_by_text("Envoi interrompu : « journal.txt »")).to_be_visible()
    before = Upload.objects.get().offset
    assert before >= 8 * MEGABYTE
    pieces.clear()
    page.get_by_label("Fichiers").set_input_files(big)
    expect(page.locator(".house-upload__said")).to_contain_text("envoyé", timeout=60_000)
    assert pieces[:1] in ([str(before)], [])
    assert Upload.objects.get().has_arrived


def test_what_cannot_be_sent_is_said_before_a_byte_leaves(open_page: OpenPage, alice: User, tmp_path: Path):
    (tmp_path / "outil.exe").write_bytes(b"MZ")
    (tmp_path / "vide.txt").write_bytes(b"")
    page = open_page(alice)
    page.goto(f"{SHELF}deposer/")
    page.get_by_label("Fichiers").set_input_files([tmp_path / "outil.exe", tmp_path / "vide.txt"])
    expect(page.locator(".house-upload__said").nth(0)).to_contain_text("« outil.exe » n'est pas d'un format accepté")
    expect(page.locator(".house-upload__said").nth(1)).to_contain_text("« vide.txt » est vide")
    assert not Upload.objects.exists()
    assert axe.violations(page) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_of_the_vault_are_accessible(open_page: OpenPage, alice: User, simple_version: Version, width: int):
    draft = play.answered(alice, simple_version)
    evidence = EvidenceRevision.objects.get().evidence
    page = open_page(alice, width=width)
    criterion = f"/candidatures/{draft.reference}/criteres/ADM-02/"
    own = f"{SHELF}{evidence.pk}/"
    for address in (SHELF, own, f"{own}decrire/", f"{own}nouvelle-version/", f"{own}joindre/?tous=1", criterion, f"{criterion}preuves/choisir/"):  # fmt: skip
        page.goto(address)
        assert axe.violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
