"""The pages of the référentiels: public to read, compare and take away; support alone brings in and publishes."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from accounts.models import User
from journal.models import Event
from questionnaires.models import ReferentialImport, Version
from questionnaires.publishing import services
from questionnaires.publishing.archive import unzipped, zipped
from questionnaires.publishing.uploads import receive
from questionnaires.sources import hash_of, texts_of
from tests.axe import violations
from tests.client import HouseClient
from tests.questionnaires.folders import SMALL, orphan

ClientOf = Callable[[User], HouseClient]
IMPORTS = "/referentiels/imports/"
COMPARE = "/referentiels/comparer/?de=petit-complet&vers=petit-suite"


def archive(name: str = "suite") -> SimpleUploadedFile:
    return archive_of(SMALL / name)


def archive_of(folder: Path) -> SimpleUploadedFile:
    return SimpleUploadedFile("suite.zip", zipped(texts_of(folder)))


def imported(sophie: User, name: str = "suite") -> ReferentialImport:
    file = archive(name)
    return services.keep(receive(file), file, sophie)


# --- For everybody -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_version_is_read_whole_without_an_account(full_version: Version, client: Client):
    page = client.get("/referentiels/").content.decode()
    assert "Petit référentiel complet" in page
    assert "octobre\u00a02023" in page
    page = client.get("/referentiels/versions/petit-complet/").content.decode()
    assert "Écrit pour les essais ; ce n&#x27;est l&#x27;annexe d&#x27;aucun arrêté." in page
    assert full_version.content_sha256 in page
    page = client.get("/referentiels/versions/petit-complet/securite/").content.decode()
    assert "Une politique de sécurité approuvée par la direction couvre le service." in page
    assert client.get("/referentiels/versions/petit-complet/inconnu/").status_code == 404


@pytest.mark.django_db
def test_the_archive_taken_away_has_the_hash_of_the_version(full_version: Version, client: Client):
    response = client.get("/referentiels/versions/petit-complet/textes.zip")
    assert response.headers["Content-Disposition"] == 'attachment; filename="petit-complet.zip"'
    files = unzipped(SimpleUploadedFile("a.zip", response.getvalue()), "a.zip")
    assert hash_of(files) == full_version.content_sha256


@pytest.mark.django_db
def test_the_spreadsheet_taken_away_can_be_brought_in(full_version: Version, client: Client):
    content = client.get("/referentiels/versions/petit-complet/tableur.xlsx").getvalue()
    received = receive(SimpleUploadedFile("a.xlsx", content))
    assert received.faults == []


@pytest.mark.django_db
def test_two_versions_are_compared_with_words_for_who_does_not_see(next_version: Version, client: Client):
    page = client.get(COMPARE).content.decode()
    assert "URB-HEB-03" in page
    assert '<ins class="house-in"><span class="fr-sr-only">[ajouté : </span>' in page
    assert "SEX-01" not in page
    assert "8\u00a0critères affichés" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("&changement=scinde", {"URB-HEB-01", "URB-HEB-03"}),
        ("&changement=retire&changement=nouveau", {"SEC-GOV-07", "RGPD-NEW-01"}),
        ("&sujet=dispense", {"SEC-GOV-01"}),
        ("&q=RSSI", {"SEC-RSSI-01"}),
        ("&questionnaire=demande", {"ADM-02", "ADM-04"}),
        ("&changement=inchange", {"SEX-01", "TST-U-01"}),
        ("&q=introuvable", set()),
    ],
)
def test_the_filters_are_in_the_address(next_version: Version, client: Client, query: str, codes: set[str]):
    rows = client.get(COMPARE + query).context["page"].object_list
    assert {row.code for row in rows} == codes


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["?de=petit-complet&vers=petit-complet", "?de=inconnue&vers=petit-complet", "?de=petit-complet"]
)
def test_a_comparison_that_means_nothing_is_said(next_version: Version, client: Client, query: str):
    response = client.get("/referentiels/comparer/" + query)
    assert response.status_code == 200
    assert "comparison" not in response.context


# --- Support brings a version in -----------------------------------------------------------------


def test_a_file_is_read_previewed_and_published_after_a_second_look(
    full_version: Version, sophie: User, client_of: ClientOf, client: Client
):
    support = client_of(sophie)
    response = support.post(IMPORTS, {"file": archive()})
    received = ReferentialImport.objects.get()
    assert response.headers["Location"] == f"{IMPORTS}{received.pk}/"
    page = support.get(response.headers["Location"]).content.decode()
    assert "Aucune faute : prêt à publier" in page
    assert "Ce qui change depuis « Petit référentiel complet »" in page
    assert not Version.objects.filter(code="petit-suite").exists()

    address = f"{IMPORTS}{received.pk}/publier/"
    wrong = support.post(address, {"code": "petit-complet"})
    assert wrong.status_code == 422
    assert "attendu « petit-suite »" in wrong.content.decode()
    assert support.post(address, {"code": "petit-suite"}).headers["Location"] == "/referentiels/versions/petit-suite/"

    version = Version.objects.get(code="petit-suite")
    assert version.content_sha256 == hash_of(texts_of(SMALL / "suite"))
    event = Event.objects.get(kind="referential.published")
    assert (event.subject, event.actor) == ("petit-suite", sophie)
    assert event.data["content_sha256"] == version.content_sha256
    received.refresh_from_db()
    assert (received.state, received.version, received.published_by) == ("published", version, sophie)
    assert client.get("/referentiels/versions/petit-suite/").status_code == 200


def test_a_file_with_faults_is_kept_with_them_and_cannot_be_published(
    sophie: User, client_of: ClientOf, tmp_path: Path
):
    support = client_of(sophie)
    support.post(IMPORTS, {"file": archive_of(orphan(tmp_path))})  # follows a version that is not published
    received = ReferentialImport.objects.get()
    assert received.state == "faulty"
    page = support.get(f"{IMPORTS}{received.pk}/").content.decode()
    assert "la version précédente « petit-autre » n&#x27;est pas publiée ici" in page
    assert support.get(f"{IMPORTS}{received.pk}/publier/").status_code == 302
    with pytest.raises(services.PublicationRefused, match="a des fautes"):
        services.publish(received, actor=sophie)


def test_the_file_is_given_back_to_the_byte(full_version: Version, sophie: User, client_of: ClientOf):
    received = imported(sophie)
    response = client_of(sophie).get(f"{IMPORTS}{received.pk}/fichier/")
    assert response.getvalue() == archive().read()
    assert response.headers["Content-Disposition"] == 'attachment; filename="suite.zip"'


@pytest.mark.parametrize(
    ("name", "content", "sentence"), [("a.pdf", b"%PDF", "ni une archive ZIP"), ("a.zip", b"", "vide")]
)
def test_a_file_that_cannot_be_read_leaves_nothing(
    sophie: User, client_of: ClientOf, name: str, content: bytes, sentence: str
):
    response = client_of(sophie).post(IMPORTS, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not ReferentialImport.objects.exists()


def test_a_file_too_big_is_refused_before_it_is_opened(sophie: User, client_of: ClientOf):
    big = SimpleUploadedFile("a.zip", bytes(5 * 1024 * 1024 + 1))
    assert "dépasse 5 Mo" in client_of(sophie).post(IMPORTS, {"file": big}).content.decode()


def test_a_code_already_published_is_said_before_and_refused_after(
    full_version: Version, sophie: User, client_of: ClientOf
):
    received = imported(sophie, "complet")
    page = client_of(sophie).get(f"{IMPORTS}{received.pk}/").content.decode()
    assert "La version « petit-complet » est déjà publiée" in page
    response = client_of(sophie).post(f"{IMPORTS}{received.pk}/publier/", {"code": "petit-complet"})
    assert response.status_code == 422
    assert "donnez un nouveau code" in response.content.decode()


def test_the_orientation_of_a_version_is_tried_before_it_is_published(
    full_version: Version, sophie: User, client_of: ClientOf
):
    address = f"{IMPORTS}{imported(sophie).pk}/essai/"
    few = client_of(sophie).get(address).context["applicable"]
    page = client_of(sophie).get(address + "?donnees_sante=oui&hebergement_tiers=oui&classe=x")
    assert {one.requirement.code for one in page.context["applicable"]} - {one.requirement.code for one in few} == {
        "URB-HEB-01",
        "URB-HEB-03",
    }
    assert "S&#x27;applique parce que le service traite des données de santé" in page.content.decode()


def test_the_auditor_reads_the_archive_and_brings_nothing_in(
    full_version: Version, sophie: User, aude: User, alice: User, client_of: ClientOf
):
    received = imported(sophie)
    auditor, editor = client_of(aude), client_of(alice)
    assert auditor.get(f"{IMPORTS}{received.pk}/").status_code == 200
    assert auditor.post(IMPORTS, {"file": archive()}).status_code == 404
    assert auditor.post(f"{IMPORTS}{received.pk}/publier/", {"code": "petit-suite"}).status_code == 404
    for address in (
        "",
        f"{received.pk}/",
        f"{received.pk}/essai/",
        f"{received.pk}/publier/",
        f"{received.pk}/fichier/",
    ):
        assert editor.get(IMPORTS + address).status_code == 404


# --- Open and closed -----------------------------------------------------------------------------


def test_a_version_closes_and_opens_again_with_a_fact_for_each(
    full_version: Version, simple_version: Version, next_version: Version, sophie: User, client_of: ClientOf
):
    address = "/referentiels/versions/petit-complet/ouverture/"
    client_of(sophie).post(address, {"open": "0"})
    assert set(Version.objects.open_for_filing()) == {simple_version, next_version}
    client_of(sophie).post(address, {"open": "0"})
    client_of(sophie).post(address, {"open": "1"})
    kinds = Event.objects.filter(subject="petit-complet").order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["referential.closed", "referential.opened"]


def test_the_last_open_version_stays_open(full_version: Version, sophie: User, client_of: ClientOf):
    for other in Version.objects.exclude(pk=full_version.pk):
        services.set_open(other, is_open=False, actor=sophie)
    page = client_of(sophie).post("/referentiels/versions/petit-complet/ouverture/", {"open": "0"}, follow=True)
    assert "C&#x27;est la dernière version ouverte" in page.content.decode()
    full_version.refresh_from_db()
    assert full_version.is_open


def test_only_support_closes_a_version(full_version: Version, alice: User, aude: User, client_of: ClientOf):
    for user in (alice, aude):
        response = client_of(user).post("/referentiels/versions/petit-complet/ouverture/", {"open": "0"})
        assert response.status_code == 404


# --- Races, and the eye -----------------------------------------------------------------------------


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_files_of_one_code_published_at_once_one_is(full_version: Version, sophie: User):
    rows = [imported(sophie), imported(sophie)]
    start, results = threading.Barrier(2), []

    def go(row: ReferentialImport) -> None:
        start.wait()
        try:
            services.publish(row, actor=sophie)
            results.append("published")
        except services.PublicationRefused:
            results.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=[row]) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["published", "refused"]
    assert Event.objects.filter(kind="referential.published").count() == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_are_accessible(next_version: Version, sophie: User, open_page, width: int):
    received = imported(sophie)
    page = open_page(sophie, width=width)
    for address in (
        "/referentiels/",
        "/referentiels/versions/petit-suite/",
        COMPARE,
        IMPORTS,
        f"{IMPORTS}{received.pk}/",
    ):
        page.goto(address)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
