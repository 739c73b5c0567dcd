import hashlib
import uuid

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from pytest_django import Settings

from accounts.models import Organisation, User
from questionnaires import sheets, vault
from questionnaires.contents import FileRefused
from questionnaires.models import Evidence, EvidenceRevision, Sheet, Version
from tests.questionnaires import samples

pytestmark = pytest.mark.django_db


def put(organisation: Organisation, user: User, name: str = "hds.pdf", content: bytes | None = None, title: str = ""):
    return vault.deposit(
        organisation, samples.uploaded(name, content or samples.pdf()), title=title, kind="CERT", user=user
    )


def test_a_proof_is_kept_with_all_that_is_known_of_it(glyco: Organisation, alice: User):
    content = samples.pdf()
    revision = put(glyco, alice, content=content, title=" Certificat HDS ")
    assert (revision.evidence.title, revision.evidence.kind, revision.evidence.organisation) == (
        "Certificat HDS",
        "CERT",
        glyco,
    )
    assert (revision.number, revision.original_name, revision.media_type) == (1, "hds.pdf", "application/pdf")
    assert (revision.size, revision.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert (revision.deposited_by, revision.scan) == (alice, EvidenceRevision.Scan.DISABLED)
    with revision.file.open() as kept:
        assert kept.read() == content


def test_it_is_stored_under_a_key_that_says_nothing(glyco: Organisation, alice: User):
    revision = put(glyco, alice, name="../../dossier de Mme Martin.pdf")
    folder, key = revision.file.name.split("/")
    assert folder == "preuves"
    assert uuid.UUID(hex=key).hex == key
    assert revision.original_name == "dossier de Mme Martin.pdf"


def test_without_a_title_a_proof_takes_the_name_of_its_file(glyco: Organisation, alice: User):
    assert put(glyco, alice, name="Certificat HDS 2026.pdf").evidence.title == "Certificat HDS 2026"


def test_the_same_bytes_are_never_kept_twice(glyco: Organisation, alice: User, bob: User):
    content = samples.pdf()
    first = put(glyco, alice, content=content)
    _, before = default_storage.listdir("preuves")
    second = put(glyco, bob, name="copie.pdf", content=content, title="Autre titre")
    _, after = default_storage.listdir("preuves")
    assert first == second
    assert (Evidence.objects.count(), EvidenceRevision.objects.count()) == (1, 1)
    assert sorted(before) == sorted(after)


def test_two_organisations_share_nothing(glyco: Organisation, concurrent: Organisation, alice: User, charlie: User):
    content = samples.pdf()
    ours, theirs = put(glyco, alice, content=content), put(concurrent, charlie, content=content)
    assert ours != theirs
    assert list(vault.of_organisation(glyco)) == [ours]
    assert list(vault.of_organisation(concurrent)) == [theirs]


def test_a_refused_file_leaves_nothing_behind(glyco: Organisation, alice: User):
    with pytest.raises(FileRefused, match="protégé par un mot de passe"):
        put(glyco, alice, content=samples.locked_pdf())
    assert not Evidence.objects.exists()


def test_the_limit_of_size_is_a_setting(glyco: Organisation, alice: User, settings: Settings):
    settings.EVIDENCE_MAX_BYTES = 100
    with pytest.raises(FileRefused, match=r"la limite est de 100\xa0octets"):
        put(glyco, alice)


def test_an_unknown_nature_is_a_mistake_of_ours(glyco: Organisation, alice: User):
    with pytest.raises(ValueError, match="« PAPIER » n'est pas une nature de preuve"):
        vault.deposit(glyco, samples.uploaded("a.txt", b"x"), title="", kind="PAPIER", user=alice)


def test_a_proof_is_found_only_through_a_sheet_that_gives_it(
    sheet: Sheet, full_version: Version, criterion, proof: EvidenceRevision, alice: User
):
    assert vault.used_in(sheet, proof.public_id) is None
    sheets.attach(sheet, criterion("ADM-02"), proof, alice)
    sheets.attach(sheet, criterion("ADM-04"), proof, alice)
    assert vault.used_in(sheet, proof.public_id) == proof
    assert vault.used_in(sheet, str(proof.public_id)) == proof
    assert vault.used_in(sheets.open_sheet(full_version), proof.public_id) is None


@pytest.mark.parametrize("key", ["", "1", "preuves/abc", str(uuid.uuid4())])
def test_an_unknown_key_finds_nothing(sheet: Sheet, key: str):
    assert vault.used_in(sheet, key) is None


def test_proofs_are_stored_with_the_data_never_with_the_pages():
    assert default_storage.path("preuves/x") == f"{settings.DATA_DIR}/files/preuves/x"
