"""The éditeur's pages: orientation, criteria, proofs, check and dépôt."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from questionnaires import sheets
from questionnaires.models import Answer, EvidenceRevision, EvidenceUse, Version
from referencing.models import Candidature
from referencing.opening import open_for
from referencing.stages import Stage
from tests import play
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]


def url(candidature: Candidature, *parts: str) -> str:
    return "/".join(["", "candidatures", candidature.reference, *parts, ""])


def comment_of(candidature: Candidature, code: str) -> str:
    return Answer.objects.get(sheet=candidature.sheet, criterion__code=code).comment


@pytest.fixture
def draft(alice: User, simple_version: Version) -> Candidature:
    return play.draft(alice, simple_version)


def test_a_new_service_opens_a_draft_on_its_orientation(
    alice: User, client_of: ClientOf, simple_version: Version
) -> None:
    form = {
        "organisation": alice.memberships.get().organisation_id,
        "service": "",
        "name": "Glyco",
        "purpose": "Un carnet de glycémie.",
        "declinations": ["ios"],
        "version": simple_version.pk,
    }
    response = client_of(alice).post("/candidatures/nouvelle/", form)
    candidature = Candidature.objects.get()
    assert response.headers["Location"] == url(candidature, "orientation")
    assert candidature.service.name == "Glyco"


def test_an_empty_opening_says_what_is_missing_and_keeps_the_rest(
    alice: User, client_of: ClientOf, simple_version: Version
) -> None:
    form = {"organisation": alice.memberships.get().organisation_id, "name": "Glyco", "version": simple_version.pk}
    page = client_of(alice).post("/candidatures/nouvelle/", form).content.decode()
    assert "Dites en deux phrases à quoi sert le service." in page
    assert 'value="Glyco"' in page
    assert not Candidature.objects.exists()


def test_a_person_without_organisation_is_sent_to_create_one(sophie: User, client_of: ClientOf) -> None:
    response = client_of(sophie).get("/candidatures/nouvelle/")
    assert response.headers["Location"] == reverse("accounts:create_organisation")


def test_the_orientation_begins_where_an_answer_is_missing(
    alice: User, client_of: ClientOf, simple_version: Version
) -> None:
    organisation = alice.memberships.get().organisation
    candidature = open_for(actor=alice, organisation=organisation, version=simple_version, name="Neuf", purpose="Rien.")
    response = client_of(alice).get(url(candidature, "orientation"))
    assert response.headers["Location"] == url(candidature, "orientation", "1")


def test_an_unanswered_question_is_named(alice: User, client_of: ClientOf, simple_version: Version) -> None:
    organisation = alice.memberships.get().organisation
    candidature = open_for(actor=alice, organisation=organisation, version=simple_version, name="Neuf", purpose="Rien.")
    page = client_of(alice).post(url(candidature, "orientation", "1"), {"donnees_sante": "oui"}).content.decode()
    assert "Répondez à cette question." in page


def test_contradictory_answers_are_explained(draft: Candidature, alice: User, client_of: ClientOf) -> None:
    sheets.answer_orientation(draft.sheet, {"donnees_sante": False}, alice)
    number = next(s.number for s in sheets.orientation_steps(draft.sheet) if "échange" in s.title)
    answers = {"api_mesures": "oui", "api_documents": "non", "api_agenda": "non"}
    page = client_of(alice).post(url(draft, "orientation", str(number)), answers).content.decode()
    assert "Un service qui échange avec Mon espace santé traite des données de santé" in page


def test_an_answer_that_brings_a_question_stays_on_the_screen(
    alice: User, client_of: ClientOf, simple_version: Version
) -> None:
    organisation = alice.memberships.get().organisation
    candidature = open_for(actor=alice, organisation=organisation, version=simple_version, name="Neuf", purpose="Rien.")
    client, first = client_of(alice), url(candidature, "orientation", "1")
    response = client.post(first, {"type_solution": ["ios"], "donnees_sante": "oui"})
    assert response.headers["Location"] == first
    page = client.get(first).content.decode()
    assert "Vos réponses amènent une autre question sur cet écran." in page
    assert "Un tiers héberge-t-il les données ?" in page
    both = {"type_solution": ["ios"], "donnees_sante": "oui", "hebergement_externe": "non"}
    assert client.post(first, both).headers["Location"] == url(candidature, "orientation", "2")


def test_the_last_screen_leads_to_the_result(draft: Candidature, alice: User, client_of: ClientOf) -> None:
    steps = sheets.orientation_steps(draft.sheet)
    answers = {"api_mesures": "non", "api_documents": "non", "api_agenda": "non"}
    response = client_of(alice).post(url(draft, "orientation", str(steps[-1].number)), answers)
    assert response.headers["Location"] == url(draft, "orientation", "resultat")


def test_an_answer_is_saved_and_leads_to_the_next(draft: Candidature, alice: User, client_of: ClientOf) -> None:
    form = {"value": "met", "comment": "C'est signé.", "edition": 0, "next": "1"}
    response = client_of(alice).post(url(draft, "criteres", "ADM-02"), form)
    assert response.headers["Location"] == url(draft, "criteres", "ADM-04")
    assert comment_of(draft, "ADM-02") == "C'est signé."


def test_two_people_on_one_answer_see_both_texts(
    draft: Candidature, alice: User, bob: User, client_of: ClientOf
) -> None:
    client_of(bob).post(url(draft, "criteres", "ADM-02"), {"value": "met", "comment": "Texte de Bob", "edition": 0})
    mine = {"value": "not_met", "comment": "Texte d'Alice", "edition": 0}
    response = client_of(alice).post(url(draft, "criteres", "ADM-02"), mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Bob Durand a enregistré une autre réponse" in page
    assert "Texte de Bob" in page
    assert "Texte d&#x27;Alice" in page
    assert comment_of(draft, "ADM-02") == "Texte de Bob"


def test_the_conflict_page_can_be_sent_again(draft: Candidature, alice: User, bob: User, client_of: ClientOf) -> None:
    client_of(bob).post(url(draft, "criteres", "ADM-02"), {"value": "met", "comment": "Bob", "edition": 0})
    mine = {"value": "not_met", "comment": "Alice", "edition": 0}
    page = client_of(alice).post(url(draft, "criteres", "ADM-02"), mine).content.decode()
    assert 'name="edition" value="1"' in page


def test_an_answer_after_the_depot_is_refused_with_a_sentence(
    alice: User, client_of: ClientOf, simple_version: Version
) -> None:
    candidature = play.submitted(alice, simple_version)
    form = {"value": "met", "comment": "Trop tard", "edition": 1}
    response = client_of(alice).post(url(candidature, "criteres", "ADM-02"), form)
    assert response.status_code == 409
    assert "La candidature est déposée : les réponses ne peuvent plus changer." in response.content.decode()


def test_a_proof_is_deposited_joined_and_sent_back_as_an_attachment(
    draft: Candidature, alice: User, client_of: ClientOf
) -> None:
    client = client_of(alice)
    upload = {
        "file": play.a_file("carnet.txt", b"Extrait du carnet."),
        "kind": "DOC",
        "title": "Carnet",
        "note": "p. 1",
    }
    client.post(url(draft, "criteres", "ADM-02", "preuves"), upload)
    use = EvidenceUse.objects.get()
    assert (use.note, use.revision.evidence.title) == ("p. 1", "Carnet")
    response = client.get(url(draft, "preuves", str(use.revision.public_id)))
    assert response.getvalue() == b"Extrait du carnet."
    assert response.headers["Content-Disposition"] == 'attachment; filename="carnet.txt"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("vide.txt", b"", "vide"),
        ("outil.exe", b"MZ\x90\x00", "exe"),
        ("faux.pdf", b"ceci n'est pas un PDF", "PDF"),
    ],
)
def test_a_bad_file_gets_one_sentence_and_the_form_keeps_its_words(
    draft: Candidature, alice: User, client_of: ClientOf, name: str, content: bytes, sentence: str
) -> None:
    upload = {"file": SimpleUploadedFile(name, content), "kind": "DOC", "title": "Mon intitulé", "note": "p. 3"}
    response = client_of(alice).post(url(draft, "criteres", "ADM-02", "preuves"), upload)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert 'value="Mon intitulé"' in page
    assert 'value="p. 3"' in page
    assert not EvidenceRevision.objects.exists()


def test_a_proof_is_taken_back_but_stays_in_the_vault(draft: Candidature, alice: User, client_of: ClientOf) -> None:
    client = client_of(alice)
    client.post(url(draft, "criteres", "ADM-02", "preuves"), {"file": play.a_file(), "kind": "DOC"})
    client.post(url(draft, "criteres", "ADM-02", "preuves", str(EvidenceUse.objects.get().pk), "retirer"))
    assert not EvidenceUse.objects.exists()
    assert EvidenceRevision.objects.count() == 1


def test_the_check_page_lists_what_is_missing_and_has_no_button(
    draft: Candidature, alice: User, client_of: ClientOf
) -> None:
    page = client_of(alice).get(url(draft, "verifier")).content.decode()
    assert "ADM-02 : Choisissez une réponse." in page
    assert "J&#x27;atteste sur l&#x27;honneur" not in page


def test_filing_asks_for_the_attestation(alice: User, client_of: ClientOf, simple_version: Version) -> None:
    candidature = play.answered(alice, simple_version)
    page = client_of(alice).post(url(candidature, "verifier"), {"seen": 0}).content.decode()
    assert "Cochez l&#x27;attestation sur l&#x27;honneur pour déposer." in page


def test_filing_leads_to_a_confirmation_one_can_come_back_to(
    alice: User, client_of: ClientOf, simple_version: Version
) -> None:
    candidature, client = play.answered(alice, simple_version), client_of(alice)
    response = client.post(url(candidature, "verifier"), {"attests": "on", "seen": 0})
    assert response.headers["Location"] == url(candidature, "depot")
    assert candidature.reference in client.get(url(candidature, "depot")).content.decode()
    assert Candidature.objects.get().stage == Stage.SUBMITTED


def test_filing_twice_says_that_someone_was_faster(alice: User, client_of: ClientOf, simple_version: Version) -> None:
    candidature, client = play.answered(alice, simple_version), client_of(alice)
    client.post(url(candidature, "verifier"), {"attests": "on", "seen": 0})
    response = client.post(url(candidature, "verifier"), {"attests": "on", "seen": 0})
    assert response.status_code == 409
    assert "Quelqu'un vous a devancé" in response.content.decode()


def test_a_colleague_without_mandate_sees_who_may_file(
    alice: User, bob: User, client_of: ClientOf, simple_version: Version
) -> None:
    candidature = play.answered(alice, simple_version)
    assert (
        "Cette action revient à : éditeur mandaté." in client_of(bob).get(url(candidature, "verifier")).content.decode()
    )


@pytest.mark.parametrize(
    "parts",
    [(), ("questionnaires",), ("criteres", "ADM-02"), ("verifier",), ("orientation",), ("depot",), ("retirer",)],
)
def test_a_stranger_and_an_unknown_reference_get_the_same_page(
    draft: Candidature, charlie: User, client_of: ClientOf, parts: tuple[str, ...]
) -> None:
    client = client_of(charlie)
    foreign, unknown = (
        client.get(url(draft, *parts)),
        client.get("/".join(["", "candidatures", "MES-1999-0001", *parts, ""])),
    )
    assert (foreign.status_code, unknown.status_code) == (404, 404)
