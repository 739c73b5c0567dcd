"""Pages of the papers: who may read what, how a file is sent, what the public page recognises."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from dossiers import reactions
from journal.models import Delivery
from questionnaires.models import Version
from referencing.kinds import DocumentKind
from referencing.models import Candidature, Document
from tests import play
from tests.dossiers.reading import bytes_of
from tests.dossiers.steps import event_of, paper_of

ClientOf = Callable[[User], Client]
VERIFY = "/verifier/"


@pytest.fixture
def filed(full_version: Version, alice: User) -> Candidature:
    """Filed, its accusé de réception printed."""
    candidature = play.submitted(alice, full_version)
    reactions.print_receipt(event_of(candidature, "candidature.submit").seq)
    return candidature


def internal(candidature: Candidature) -> Document:
    """A paper for the administration only."""
    receipt = paper_of(candidature, DocumentKind.RECEIPT)
    return Document.objects.create(
        candidature=candidature,
        event=receipt.event,
        kind=DocumentKind.REPORT,
        audience=Document.Audience.INTERNAL,
        title="Rapport d'évaluation",
        file=receipt.file.name,
        sha256="0" * 64,
        size=receipt.size,
        pages=9,
    )


def papers_url(candidature: Candidature) -> str:
    return reverse("dossiers:papers", args=[candidature.reference])


def download_url(document: Document) -> str:
    return reverse("dossiers:download", args=[document.public_id])


def test_the_team_reads_its_papers_and_not_those_of_the_administration(
    filed: Candidature, alice: User, bob: User, client_of: ClientOf
):
    internal(filed)
    for person in (alice, bob):
        page = client_of(person).get(papers_url(filed))
        assert [paper.kind for paper in page.context["papers"]] == ["receipt"]


def test_the_support_reads_them_all(filed: Candidature, sophie: User, client_of: ClientOf):
    internal(filed)
    page = client_of(sophie).get(papers_url(filed))
    assert [paper.kind for paper in page.context["papers"]] == ["receipt", "report"]


def test_a_stranger_finds_nothing(filed: Candidature, charlie: User, client_of: ClientOf):
    client = client_of(charlie)
    assert client.get(papers_url(filed)).status_code == 404
    assert client.get(download_url(paper_of(filed, DocumentKind.RECEIPT))).status_code == 404
    assert client.get("/documents/00000000-0000-0000-0000-000000000000/").status_code == 404


def test_a_paper_of_the_administration_is_not_found_by_the_editor(
    filed: Candidature, alice: User, sophie: User, client_of: ClientOf
):
    document = internal(filed)
    assert client_of(alice).get(download_url(document)).status_code == 404
    sent = client_of(sophie).get(download_url(document))
    assert sent.status_code == 200
    sent.close()


def test_a_visitor_is_asked_to_sign_in(filed: Candidature, client: Client):
    assert client.get(papers_url(filed)).status_code == 302
    assert client.get(download_url(paper_of(filed, DocumentKind.RECEIPT))).status_code == 302


def test_a_paper_is_sent_whole_and_harmless(filed: Candidature, alice: User, client_of: ClientOf):
    document = paper_of(filed, DocumentKind.RECEIPT)
    answer = client_of(alice).get(download_url(document))
    assert answer.getvalue() == bytes_of(document)
    assert {name: answer[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")} == {
        "Content-Type": "application/pdf",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    name = f"{filed.reference}%20-%20Accus%C3%A9%20de%20r%C3%A9ception.pdf"
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"


def test_a_paper_may_be_read_in_the_browser(filed: Candidature, alice: User, client_of: ClientOf):
    answer = client_of(alice).get(download_url(paper_of(filed, DocumentKind.RECEIPT)) + "?lire")
    assert answer["Content-Disposition"].startswith("inline;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    answer.close()


def test_a_draft_has_no_paper_yet(full_version: Version, alice: User, client_of: ClientOf):
    page = client_of(alice).get(papers_url(play.draft(alice, full_version)))
    assert "Aucun document pour l'instant" in page.content.decode()


def test_what_is_being_made_is_shown_to_those_who_will_read_it(
    told: Candidature, alice: User, sophie: User, client_of: ClientOf
):
    made = {person: client_of(person).get(papers_url(told)).context["making"] for person in (alice, sophie)}
    assert [one.title for one in made[alice]] == ["Accusé de réception"]
    assert [one.title for one in made[sophie]] == [
        "Accusé de réception",
        "Rapport d'évaluation",
        "Dossier de candidature",
    ]
    page = client_of(alice).get(papers_url(told)).content.decode()
    assert page.count("<progress") == 1
    assert "Actualiser la liste" in page


def test_what_failed_is_said(told: Candidature, alice: User, client_of: ClientOf):
    Delivery.objects.filter(reaction="dossiers.reactions.print_receipt").update(state="failed", attempts=6)
    page = client_of(alice).get(papers_url(told)).content.decode()
    assert "la fabrication a échoué après 6" in page
    assert "<progress" not in page


def test_the_list_costs_the_same_with_one_and_three_papers(filed: Candidature, sophie: User, client_of: ClientOf):
    client = client_of(sophie)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(papers_url(filed)).status_code == 200
        return len(queries)

    count()  # what a first request alone pays
    one = count()
    internal(filed)
    Document.objects.create(
        candidature=filed,
        event=event_of(filed, "candidature.opened"),
        kind=DocumentKind.MINUTES,
        audience=Document.Audience.INTERNAL,
        title="Procès-verbal",
        file="documents/pv.pdf",
        sha256="1" * 64,
        size=10,
        pages=1,
    )
    assert count() == one


def test_our_own_papers_are_recognised(filed: Candidature, client: Client):
    document = paper_of(filed, DocumentKind.RECEIPT)
    given = SimpleUploadedFile("reçu par courriel.pdf", bytes_of(document))
    page = client.post(VERIFY, {"paper": given}).content.decode()
    assert "Document identique au nôtre" in page
    assert f"accusé de réception de la candidature {filed.reference}" in page
    assert document.sha256 in page


@pytest.mark.parametrize("change", [lambda pdf: pdf + b" ", lambda pdf: pdf[:-1], lambda pdf: b"autre chose"])
def test_one_byte_more_or_less_is_another_document(change: Callable, filed: Candidature, client: Client):
    content = change(bytes_of(paper_of(filed, DocumentKind.RECEIPT)))
    page = client.post(VERIFY, {"paper": SimpleUploadedFile("x.pdf", content)}).content.decode()
    assert "Document inconnu" in page
    assert filed.reference not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Choisissez le document à vérifier."),
        ({"paper": SimpleUploadedFile("vide.pdf", b"")}, "Ce fichier est vide"),
    ],
)
def test_a_missing_or_empty_file_gets_one_sentence(given: dict, sentence: str, client: Client):
    answer = client.post(VERIFY, given)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.django_db
def test_a_file_too_large_gets_one_sentence(client: Client, settings):
    settings.DOSSIER_MAX_BYTES = -50 * 1024 * 1024 + 5
    answer = client.post(VERIFY, {"paper": SimpleUploadedFile("gros.pdf", b"x" * 2048)})
    assert answer.status_code == 422
    assert "Ce fichier pèse 2" in answer.content.decode()


@pytest.mark.django_db
def test_verifying_keeps_nothing(client: Client, monkeypatch: pytest.MonkeyPatch):
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a file was written")

    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", refuse)
    monkeypatch.setattr("django.core.files.uploadhandler.InMemoryUploadedFile", refuse)
    page = client.post(VERIFY, {"paper": SimpleUploadedFile("gros.pdf", b"x" * 5_000_000)})
    assert "Document inconnu" in page.content.decode()


@pytest.mark.django_db
def test_anyone_may_verify_without_signing_in(client: Client):
    page = client.get(VERIFY)
    assert page.status_code == 200
    assert "sessionid" not in page.cookies
