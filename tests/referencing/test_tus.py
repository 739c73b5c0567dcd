"""Big files by pieces: what tus 1.0.0 asks of a server, and what it refuses."""

import base64
import hashlib
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from accounts.models import Organisation, User
from questionnaires import tasks, uploads
from questionnaires.models import EvidenceRevision, Upload, UploadPart
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]
COLLECTION = "/coffre/732829320/televersements/"
DEPOSIT = "/coffre/732829320/deposer/"
CONTENT = b"Rapport de test d'intrusion.\n" * 100
pytestmark = pytest.mark.django_db


class Sender:
    """A tus client, one request at a time."""

    def __init__(self, client: HouseClient) -> None:
        self.client = client

    def create(self, length: int | str = len(CONTENT), name: str = "pentest.txt", **headers: str) -> Any:
        encoded = base64.b64encode(name.encode()).decode()
        given = {"Tus-Resumable": "1.0.0", "Upload-Length": str(length), "Upload-Metadata": f"filename {encoded}"}
        return self.client.post(COLLECTION, headers=given | headers)

    def patch(self, address: str, content: bytes, offset: int, **headers: str) -> Any:
        given = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset)} | headers
        kind = given.pop("Content-Type", "application/offset+octet-stream")
        return self.client.generic("PATCH", address, content, content_type=kind, headers=given)

    def head(self, address: str) -> Any:
        return self.client.head(address, headers={"Tus-Resumable": "1.0.0"})


@pytest.fixture(autouse=True)
def _nothing_on_its_way() -> None:
    """The rows of a test are undone after it; its files are not."""
    for name in parts():
        default_storage.delete(f"televersements/{name}")


@pytest.fixture
def sender(glyco: Organisation, alice: User, client_of: ClientOf) -> Sender:
    return Sender(client_of(alice))


@pytest.fixture
def address(sender: Sender) -> str:
    return sender.create().headers["Location"]


def parts() -> set[str]:
    return set(default_storage.listdir("televersements")[1]) if default_storage.exists("televersements") else set()


def test_it_says_what_it_can_do(sender: Sender, settings: Settings):
    answer = sender.client.options(COLLECTION)
    assert answer.status_code == 204
    assert {name: answer.headers[name] for name in answer.headers if name.startswith("Tus-")} == {
        "Tus-Resumable": "1.0.0",
        "Tus-Version": "1.0.0",
        "Tus-Extension": "creation,expiration,checksum,termination",
        "Tus-Max-Size": str(settings.EVIDENCE_MAX_BYTES),
        "Tus-Checksum-Algorithm": "sha1,sha256",
    }


def test_a_file_arrives_in_three_pieces_and_is_deposited(sender: Sender):
    created = sender.create()
    assert (created.status_code, created.headers["Upload-Offset"]) == (201, "0")
    where = created.headers["Location"]
    for start in (0, 1000, 2000):
        answer = sender.patch(where, CONTENT[start : start + 1000], start)
        assert answer.status_code == 204
        assert answer.headers["Upload-Offset"] == str(min(start + 1000, len(CONTENT)))
    asked = sender.head(where)
    assert (asked.headers["Upload-Offset"], asked.headers["Upload-Length"]) == (str(len(CONTENT)), str(len(CONTENT)))
    assert asked.headers["Cache-Control"] == "no-store"
    key = where.rstrip("/").rpartition("/")[2]
    assert sender.client.post(DEPOSIT, {"proofs_recu": [key], "kind": "RAPP"}).status_code == 302
    revision = EvidenceRevision.objects.get()
    assert (revision.original_name, revision.sha256) == ("pentest.txt", hashlib.sha256(CONTENT).hexdigest())
    assert not Upload.objects.exists()
    assert parts() == set()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Length": ""}, 400),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "beaucoup"}, 400),
        ({"Upload-Metadata": "filename ¤"}, 400),
    ],
)
def test_a_creation_out_of_shape_is_refused(sender: Sender, headers: dict[str, str], status: int):
    answer = sender.create(**headers)
    assert (answer.status_code, answer.headers["Tus-Resumable"]) == (status, "1.0.0")
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("length", "name", "status", "sentence"),
    [
        (10 * 1024**3, "film.zip", 413, "Le fichier « film.zip » pèse 10\xa0Go : la limite est de 250\xa0Mo."),
        (0, "vide.txt", 422, "Le fichier « vide.txt » est vide."),
        (10, "outil.exe", 422, "Le fichier « outil.exe » n'est pas d'un format accepté (PDF, PNG, JPG, JPEG, DOCX, XLSX, ODT, ODS, CSV, TXT, ZIP, MP4, WEBM)."),
        (10, "rap\u202etxt.exe", 422, "Le fichier « raptxt.exe » n'est pas d'un format accepté (PDF, PNG, JPG, JPEG, DOCX, XLSX, ODT, ODS, CSV, TXT, ZIP, MP4, WEBM)."),
    ],
)  # fmt: skip
def test_what_cannot_be_a_proof_is_refused_before_a_byte_is_sent(
    sender: Sender, length: int, name: str, status: int, sentence: str
):
    answer = sender.create(length, name)
    assert (answer.status_code, answer.content.decode()) == (status, sentence)
    assert not Upload.objects.exists()


def test_a_name_with_quotes_newlines_and_marks_is_only_a_name(sender: Sender):
    sender.create(name='../a "b"\r\n\u202efdp.txt')
    assert Upload.objects.get().name == 'a "b" fdp.txt'


def test_the_quota_counts_what_is_announced(sender: Sender, settings: Settings):
    settings.EVIDENCE_QUOTA_BYTES = 2 * len(CONTENT) - 1
    assert sender.create().status_code == 201
    refused = sender.create(name="autre.txt")
    assert (refused.status_code, "ne tient plus dans le coffre" in refused.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("offset", "headers", "status"),
    [
        (1, {}, 409),
        (0, {"Tus-Resumable": "2.0.0"}, 412),
        (0, {"Content-Type": "application/octet-stream"}, 415),
        (0, {"Upload-Checksum": "md5 AAAA"}, 400),
        (0, {"Upload-Checksum": "sha1 ¤"}, 400),
        (0, {"Upload-Checksum": "sha1 AAAA"}, 460),
    ],
)
def test_a_piece_out_of_place_or_altered_is_thrown_away(
    sender: Sender, address: str, offset: int, headers: dict[str, str], status: int
):
    assert sender.patch(address, CONTENT, offset, **headers).status_code == status
    assert sender.head(address).headers["Upload-Offset"] == "0"
    assert parts() == set()


def test_more_bytes_than_announced_are_refused_before_they_are_read(sender: Sender, address: str):
    assert sender.patch(address, CONTENT + b"x", 0).status_code == 413
    assert sender.head(address).headers["Upload-Offset"] == "0"


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_piece_that_matches_its_sum_is_kept(sender: Sender, address: str, algorithm: str):
    value = base64.b64encode(hashlib.new(algorithm, CONTENT).digest()).decode()
    assert sender.patch(address, CONTENT, 0, **{"Upload-Checksum": f"{algorithm} {value}"}).status_code == 204


def test_a_file_given_up_leaves_nothing(sender: Sender, address: str):
    sender.patch(address, CONTENT[:500], 0)
    assert sender.client.delete(address, headers={"Tus-Resumable": "1.0.0"}).status_code == 204
    assert (sender.head(address).status_code, parts()) == (404, set())


def test_a_network_that_lets_only_post_through_is_served(sender: Sender, address: str):
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    kind = "application/offset+octet-stream"
    assert sender.client.generic("POST", address, CONTENT, content_type=kind, headers=headers).status_code == 204
    assert sender.client.get(address, headers={"X-HTTP-Method-Override": "DELETE"}).status_code == 405
    assert Upload.objects.exists()


def test_nobody_else_finds_a_file_on_its_way(
    sender: Sender, address: str, bob: User, charlie: User, client_of: ClientOf
):
    assert {Sender(client_of(person)).head(address).status_code for person in (bob, charlie)} == {404}
    key = address.rstrip("/").rpartition("/")[2]
    sender.patch(address, CONTENT, 0)
    answer = client_of(bob).post(DEPOSIT, {"proofs_recu": [key], "kind": "RAPP"})
    assert "Ce fichier n&#x27;est plus là" in answer.content.decode()


def test_a_piece_without_the_token_of_the_page_is_refused(alice: User, address: str):
    client = HouseClient(enforce_csrf_checks=True)
    client.force_login(alice)
    assert Sender(client).patch(address, CONTENT, 0).status_code == 403


def test_what_nobody_finished_in_time_is_erased(sender: Sender, address: str, django_capture_on_commit_callbacks):
    sender.patch(address, CONTENT[:500], 0)
    Upload.objects.update(expires_at=timezone.now())
    assert sender.head(address).status_code == 410
    with django_capture_on_commit_callbacks(execute=True):
        tasks.sweep_uploads()
        tasks.sweep_uploads()
    assert (Upload.objects.count(), parts()) == (0, set())


def test_a_refused_content_erases_what_had_arrived_and_says_why(sender: Sender):
    where = sender.create(name="faux.pdf").headers["Location"]
    sender.patch(where, CONTENT, 0)
    key = where.rstrip("/").rpartition("/")[2]
    answer = sender.client.post(DEPOSIT, {"proofs_recu": [key], "kind": "RAPP"})
    assert "Le contenu du fichier « faux.pdf » n&#x27;est pas celui d&#x27;un fichier PDF" in answer.content.decode()
    assert (Upload.objects.count(), parts()) == (0, set())


def test_what_has_arrived_waits_on_the_page_without_a_script(sender: Sender, address: str):
    sender.patch(address, CONTENT, 0)
    assert "pentest.txt (2,8\xa0ko)" in sender.client.get(DEPOSIT).content.decode()


class Cut:
    """A body that stops after some bytes, as when a connection is lost."""

    def __init__(self, content: bytes, after: int) -> None:
        self.left = content[:after]

    def read(self, size: int, /) -> bytes:
        if not self.left:
            raise OSError("Connection reset by peer")
        block, self.left = self.left[:size], self.left[size:]
        return block


@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.integers(0, 900), max_size=12))
def test_however_the_connection_is_cut_the_file_arrives_whole(glyco: Organisation, alice: User, cuts: list[int]):
    upload = uploads.announce(glyco, alice, name="pentest.txt", length=len(CONTENT))
    for cut in cuts:
        rest = CONTENT[upload.offset :]
        upload = uploads.append(upload, Cut(rest, cut), offset=upload.offset, most=len(rest)) if rest else upload
    rest = CONTENT[upload.offset :]
    upload = uploads.append(upload, Cut(rest, len(rest)), offset=upload.offset, most=len(rest)) if rest else upload
    with uploads.assembled(upload) as whole:
        assert whole.read() == CONTENT
    uploads.terminate(upload)


@pytest.fixture
def announced(transactional_db: None, request: pytest.FixtureRequest) -> Upload:
    glyco, alice = (request.getfixturevalue(name) for name in ("glyco", "alice"))
    return uploads.announce(glyco, alice, name="pentest.txt", length=len(CONTENT))


@pytest.mark.postgres
def test_of_two_that_continue_the_same_file_at_once_one_is_kept(announced: Upload):
    start, outcomes = Barrier(4), []

    def send() -> None:
        mine = Upload.objects.get(pk=announced.pk)
        start.wait()
        try:
            uploads.append(mine, Cut(CONTENT, 1000), offset=0, most=1000)
            outcomes.append("kept")
        except uploads.Misplaced:
            outcomes.append("thrown away")
        connection.close()

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["kept", "thrown away", "thrown away", "thrown away"]
    assert UploadPart.objects.count() == 1
    assert Upload.objects.get().offset == 1000
    assert len(parts()) == 1
