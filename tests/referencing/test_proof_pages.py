"""One proof of the vault: where it is given, what falls with it, its revisions, its preview."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Organisation, User
from questionnaires import sheets, vault
from questionnaires.models import Evidence, EvidenceRevision, EvidenceUse, Version
from questionnaires.vault import Dates
from referencing import filing
from referencing.models import Candidature
from tests import play
from tests.client import HouseClient
from tests.questionnaires import samples

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


# --- One proof -------------------------------------------------------------------------------


def test_a_proof_says_where_it_serves_and_what_falls_with_it(
    draft: Candidature, glyco: Organisation, alice: User, client_of: ClientOf
):
    evidence = kept(glyco, alice, expires_on=20)
    give(draft, "ADM-02", evidence, alice)
    give(draft, "ADM-04", evidence, alice)
    day = (TODAY + timedelta(days=20)).strftime("%d/%m/%Y")
    client = client_of(alice)
    shown = page(client, evidence)
    assert f"2\xa0critères tomberont le {day}" in shown
    assert f'href="/candidatures/{draft.reference}/criteres/ADM-02/"' in shown
    for address in ("/mes-candidatures/", f"/candidatures/{draft.reference}/", SHELF):
        assert f"2\xa0critères tomberont le {day}" in client.get(address).content.decode()


def test_an_expired_certificate_makes_its_criterion_incomplete_again(
    draft: Candidature, glyco: Organisation, alice: User, client_of: ClientOf
):
    evidence = kept(glyco, alice, expires_on=-1)
    give(draft, "ADM-02", evidence, alice)
    shown = client_of(alice).get(f"/candidatures/{draft.reference}/verifier/").content.decode()
    assert "ADM-02 : La preuve « Certificat HDS » a expiré le" in shown
    vault.replace(evidence, file("neuf.txt", b"neuf"), user=alice, dates=Dates(expires_on=TODAY + timedelta(days=900)))
    sheets.move_use(EvidenceUse.objects.get(), evidence.revisions.last(), alice)
    shown = client_of(alice).get(f"/candidatures/{draft.reference}/verifier/").content.decode()
    assert "ADM-02 : La preuve" not in shown


def test_its_description_is_corrected_without_touching_its_bytes(glyco: Organisation, alice: User, client_of: ClientOf):
    evidence = kept(glyco, alice)
    form = {"title": "Certificat HDS 2026", "kind": "CERT", "expires_on": "2030-05-01"}
    client_of(alice).post(f"{SHELF}{evidence.pk}/decrire/", form)
    revision = EvidenceRevision.objects.select_related("evidence").get()
    assert (revision.evidence.title, str(revision.expires_on), revision.number) == (
        "Certificat HDS 2026",
        "2030-05-01",
        1,
    )


def test_one_gesture_gives_a_proof_for_many_criteria(
    draft: Candidature, glyco: Organisation, alice: User, client_of: ClientOf
):
    evidence = kept(glyco, alice, kind="DOC")
    keys = [f"{draft.reference}/ADM-02", f"{draft.reference}/ADM-04"]
    client = client_of(alice)
    answer = client.post(f"{SHELF}{evidence.pk}/joindre/?tous=1", {"criteria": keys, "note": "p. 2"}, follow=True)
    assert "est jointe pour 2 critères" in answer.content.decode()
    assert sorted(EvidenceUse.objects.values_list("answer__criterion__code", "note")) == [
        ("ADM-02", "p. 2"),
        ("ADM-04", "p. 2"),
    ]


def test_only_the_criteria_that_expect_its_nature_are_offered_first(
    draft: Candidature, glyco: Organisation, alice: User, client_of: ClientOf
):
    evidence = kept(glyco, alice, kind="AIPD")
    client = client_of(alice)
    few = client.get(f"{SHELF}{evidence.pk}/joindre/").context["choices"]
    many = client.get(f"{SHELF}{evidence.pk}/joindre/?tous=1").context["choices"]
    assert all(choice.expects("AIPD") for choice in few)
    assert len(few) < len(many)


def test_no_criterion_checked_is_said(draft: Candidature, glyco: Organisation, alice: User, client_of: ClientOf):
    evidence = kept(glyco, alice, kind="DOC")
    answer = client_of(alice).post(f"{SHELF}{evidence.pk}/joindre/?tous=1", {})
    assert answer.status_code == 422
    assert "Cochez au moins un critère." in answer.content.decode()


def test_a_proof_is_found_by_a_search_from_its_criterion(
    draft: Candidature, glyco: Organisation, alice: User, client_of: ClientOf
):
    wanted, other = kept(glyco, alice), kept(glyco, alice, "Politique", "DOC")
    client, address = client_of(alice), f"/candidatures/{draft.reference}/criteres/ADM-02/preuves/choisir/"
    shown = client.get(f"{address}?q=hds").content.decode()
    assert "Certificat HDS" in shown
    assert "Politique" not in shown
    client.post(address, {"revisions": [wanted.revisions.get().pk, other.revisions.get().pk]})
    assert EvidenceUse.objects.filter(answer__criterion__code="ADM-02").count() == 2


# --- Revisions -------------------------------------------------------------------------------


def test_a_new_revision_moves_only_the_uses_that_are_chosen(
    draft: Candidature, glyco: Organisation, alice: User, client_of: ClientOf
):
    evidence, client = kept(glyco, alice), client_of(alice)
    moved, left = give(draft, "ADM-02", evidence, alice), give(draft, "ADM-04", evidence, alice)
    answer = client.post(
        f"{SHELF}{evidence.pk}/nouvelle-version/", {"file": file("v2.txt", b"v2"), "expires_on": "2031-01-01"}
    )
    assert answer.status_code == 302
    assert "Quels critères passent à la révision 2" in page(client, evidence)
    client.post(f"{SHELF}{evidence.pk}/deplacer/", {"uses": [moved.pk]})
    assert dict(EvidenceUse.objects.values_list("pk", "revision__number")) == {moved.pk: 2, left.pk: 1}


def test_the_same_bytes_are_no_new_revision(glyco: Organisation, alice: User, client_of: ClientOf):
    evidence = kept(glyco, alice)
    answer = client_of(alice).post(
        f"{SHELF}{evidence.pk}/nouvelle-version/", {"file": file("autre.txt", b"Certificat HDS")}
    )
    assert answer.status_code == 422
    assert "est déjà déposé sous le nom « Certificat HDS »" in answer.content.decode()


def test_what_was_filed_keeps_its_bytes_and_cannot_move(
    glyco: Organisation, alice: User, sophie: User, client_of: ClientOf, simple_version: Version
):
    candidature = play.submitted(alice, simple_version)
    filing.admit(candidature, actor=sophie)
    use = EvidenceUse.objects.filter(answer__sheet=candidature.sheet).first()
    evidence, client = use.revision.evidence, client_of(alice)
    vault.replace(evidence, file("v2.txt", b"v2"), user=alice)
    assert "Quels critères passent" not in page(client, evidence)
    answer = client.post(f"{SHELF}{evidence.pk}/deplacer/", {"uses": [use.pk]})
    assert answer.status_code == 422
    assert "Un des critères cochés ne peut plus changer" in answer.content.decode()
    read = client_of(sophie).get(f"/candidatures/{candidature.reference}/preuves/{use.revision.public_id}/")
    assert read.getvalue() == b"Preuve deposee pour le test."


# --- Previews --------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "content", "policy"), [
    ("a.png", None, "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"),
    ("a.pdf", None, "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"),
    ("a.txt", b"texte", "sandbox; default-src 'none'"),
])  # fmt: skip
def test_a_preview_may_run_nothing(
    glyco: Organisation, alice: User, client_of: ClientOf, name: str, content: bytes | None, policy: str
):
    made = content or (samples.image("PNG") if name.endswith("png") else samples.pdf())
    revision = vault.deposit(glyco, file(name, made), title="", kind="CAPT", user=alice)
    answer = client_of(alice).get(f"{SHELF}fichiers/{revision.public_id}/apercu/")
    answer.close()
    assert answer.headers["Content-Security-Policy"] == policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Content-Disposition"].startswith("inline" if name != "a.txt" else "attachment")
