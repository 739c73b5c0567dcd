"""The vault of an organisation: depositing, finding."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Organisation, User
from questionnaires import sheets, vault
from questionnaires.filetypes import EICAR
from questionnaires.models import Evidence, EvidenceRevision, EvidenceUse, Version
from questionnaires.vault import Dates
from referencing.models import Candidature
from tests import play
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]
TODAY = timezone.localdate()
SHELF = "/coffre/732829320/"
DEPOSIT = f"{SHELF}deposer/"


def file(name: str = "hds.txt", content: bytes = b"Certificat HDS.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def kept(glyco: Organisation, alice: User, title: str = "Certificat HDS", kind: str = "CERT", **dates: int) -> Evidence:
    days = Dates(**{name: TODAY + timedelta(days=number) for name, number in dates.items()})
    content = file(f"{title}.txt", title.encode())
    return vault.deposit(glyco, content, title=title, kind=kind, user=alice, dates=days).evidence


def page(client: HouseClient, evidence: Evidence, *parts: str) -> str:
    return client.get("/".join([f"{SHELF}{evidence.pk}", *parts, ""])).content.decode()


def give(candidature: Candidature, code: str, evidence: Evidence, user: User) -> EvidenceUse:
    item = sheets.overview(candidature.sheet).item(code)
    sheets.save_answer(candidature.sheet, item.criterion, value="met", comment="", edition=item.edition, user=user)
    return sheets.attach(candidature.sheet, item.criterion, evidence.revisions.last(), user)


@pytest.fixture
def draft(alice: User, simple_version: Version) -> Candidature:
    return play.draft(alice, simple_version)


# --- Depositing ------------------------------------------------------------------------------


def test_several_files_are_deposited_together_with_their_dates(glyco: Organisation, alice: User, client_of: ClientOf):
    form = {
        "proofs": [file(), file("iso.txt", b"ISO 27001")],
        "kind": "CERT",
        "issued_on": "2026-01-02",
        "expires_on": "2029-01-01",
    }
    response = client_of(alice).post(DEPOSIT, form)
    assert response.headers["Location"] == SHELF
    assert list(EvidenceRevision.objects.values_list("evidence__title", "evidence__kind", "expires_on__year")) == [
        ("hds", "CERT", 2029),
        ("iso", "CERT", 2029),
    ]


def test_a_link_is_kept_as_the_bytes_of_its_address(glyco: Organisation, alice: User, client_of: ClientOf):
    form = {"address": "https://glyco.exemple.fr/cgu", "title": "CGU", "kind": "DOC"}
    client = client_of(alice)
    assert client.post(DEPOSIT, form).status_code == 302
    revision = EvidenceRevision.objects.get()
    assert (revision.evidence.kind, revision.address, revision.media_type) == ("URL", form["address"], "text/uri-list")
    with revision.file.open() as stored:
        assert stored.read() == b"https://glyco.exemple.fr/cgu\r\n"
    shown = page(client, revision.evidence)
    assert 'href="https://glyco.exemple.fr/cgu" target="_blank" rel="noopener noreferrer"' in shown


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Choisissez un fichier, ou donnez une adresse."),
        ({"address": "http://exemple.fr"}, "ne commence pas par https://"),
        ({"proofs": [file("vide.txt", b"")]}, "Le fichier « vide.txt » est vide."),
        ({"proofs": [file("faux.pdf", b"bonjour")]}, "Le contenu du fichier « faux.pdf » n&#x27;est pas celui d&#x27;un fichier PDF"),
        ({"proofs": [file("eicar.txt", EICAR)]}, "contient un virus de test"),
        ({"proofs": [file("a\u202efdp.exe", b"MZ")]}, "Le fichier « afdp.exe » n&#x27;est pas d&#x27;un format accepté"),
        ({"proofs": [file('a "b".exe', b"MZ")]}, "n&#x27;est pas d&#x27;un format accepté"),
        ({"proofs": [file()], "issued_on": "2999-01-01"}, "Cette date n&#x27;est pas encore passée."),
        ({"proofs": [file()], "issued_on": "2026-02-01", "collected_on": "2026-01-01"}, "le jour où elle est délivrée, ou après."),
        ({"proofs": [file()], "issued_on": "2026-02-01", "expires_on": "2026-01-01"}, "Une preuve expire après avoir été délivrée."),
        ({"proofs": [file()], "collected_on": "2026-02-01", "expires_on": "2026-01-01"}, "avait déjà expiré le jour où"),
        ({"proofs": [file(), file("b.txt", b"b")], "title": "Deux"}, "Un intitulé ne vaut que pour un seul fichier"),
    ],
)  # fmt: skip
def test_what_is_wrong_gets_one_sentence_and_keeps_what_was_typed(
    glyco: Organisation, alice: User, client_of: ClientOf, form: dict[str, object], sentence: str
):
    for given in form.get("proofs", []):
        given.seek(0)
    response = client_of(alice).post(DEPOSIT, {"kind": "CERT", **form})
    shown = response.content.decode()
    assert response.status_code == 422
    assert sentence in shown
    assert '<option value="CERT" selected>' in shown
    assert not Evidence.objects.exists()


def test_the_same_bytes_are_said_to_be_there_already(glyco: Organisation, alice: User, client_of: ClientOf):
    client = client_of(alice)
    client.post(DEPOSIT, {"proofs": file(), "kind": "CERT", "title": "Certificat de l'hébergeur"})
    response = client.post(DEPOSIT, {"proofs": file("copie.txt"), "kind": "DOC"}, follow=True)
    assert "déjà déposée sous le nom « Certificat de l&#x27;hébergeur »" in response.content.decode()
    assert EvidenceRevision.objects.count() == 1


def test_the_quota_of_an_organisation_is_said_in_a_sentence(
    glyco: Organisation, alice: User, client_of: ClientOf, settings: Settings
):
    settings.EVIDENCE_QUOTA_BYTES = 10
    shown = client_of(alice).post(DEPOSIT, {"proofs": file(), "kind": "CERT"}).content.decode()
    assert "ne tient plus dans le coffre de votre organisation, limité à 10\xa0octets" in shown


def test_ten_gigabytes_are_refused_before_a_byte_is_read(alice: User, client_of: ClientOf):
    answer = client_of(alice).post(DEPOSIT, {}, CONTENT_LENGTH=str(10 * 1024**3))
    assert answer.status_code == 413
    assert "Rien n'a été reçu ni enregistré." in answer.content.decode()
    assert django_settings.REQUEST_MAX_BYTES < 10 * 1024**3


# --- The shelf -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Certificat HDS", "Pentest", "Politique"]),
        ("?q=pente", ["Pentest"]),
        ("?q=politique.txt", ["Politique"]),
        ("?kind=CERT", ["Certificat HDS"]),
        ("?state=used", ["Certificat HDS"]),
        ("?state=unused", ["Pentest", "Politique"]),
        ("?state=infected", ["Politique"]),
        ("?expiry=past", ["Pentest"]),
        ("?expiry=soon", ["Certificat HDS"]),
        ("?expiry=never", ["Politique"]),
        ("?service=SERVICE", ["Certificat HDS"]),
    ],
)
def test_the_shelf_is_filtered(
    draft: Candidature, glyco: Organisation, alice: User, client_of: ClientOf, query: str, titles: list[str]
):
    give(draft, "ADM-02", kept(glyco, alice, expires_on=30), alice)
    kept(glyco, alice, "Pentest", "RAPP", expires_on=-5)
    kept(glyco, alice, "Politique", "DOC").revisions.update(scan="infected")
    response = client_of(alice).get(SHELF + query.replace("SERVICE", str(draft.service_id)))
    assert [evidence.title for evidence in response.context["page_obj"]] == titles


@pytest.mark.parametrize("number", [1, 12])
def test_the_shelf_takes_as_many_queries_whatever_it_holds(
    draft: Candidature, glyco: Organisation, alice: User, client_of: ClientOf, number: int, django_assert_num_queries
):
    for rank in range(number):
        give(draft, "ADM-02", kept(glyco, alice, f"Preuve {rank}", expires_on=10 + rank), alice)
    client = client_of(alice)
    client.get(SHELF)
    with django_assert_num_queries(16):
        client.get(SHELF)


@pytest.mark.parametrize("part", ["", "deposer/", "televersements/"])
def test_another_organisation_finds_nothing(glyco: Organisation, charlie: User, client_of: ClientOf, part: str):
    assert client_of(charlie).post(SHELF + part).status_code in (404, 405)
    assert client_of(charlie).get(SHELF + part).status_code in (404, 405)
