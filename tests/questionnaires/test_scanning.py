"""Every file waits for the antivirus; what it finds is told, and nothing is served before."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Organisation, User
from journal.models import Event, Letter
from questionnaires import scanning, serving, tasks, vault
from questionnaires.contents import FileRefused
from questionnaires.filetypes import EICAR
from questionnaires.models import EvidenceRevision
from tests.clamd import FakeClamd
from tests.play import a_file

pytestmark = pytest.mark.django_db
Scan = EvidenceRevision.Scan
# The test string hidden from our own reading, which only knows it whole; a real antivirus opens what we cannot.
HIDDEN = b"prologue\n" + EICAR


@pytest.fixture
def daemon(settings: Settings) -> Iterator[FakeClamd]:
    with tempfile.TemporaryDirectory(prefix="clamd-", dir="/tmp") as folder, FakeClamd(Path(folder)) as running:
        settings.CLAMD_SOCKET = running.address
        yield running


@pytest.fixture
def infected(daemon: FakeClamd, glyco: Organisation, alice: User) -> EvidenceRevision:
    """A file that our own checks accept, and that turns out to carry a virus."""
    revision = vault.deposit(glyco, a_file("rapport.txt"), title="Rapport", kind="RAPP", user=alice)
    with default_storage.open(revision.file.name, "wb") as file:
        file.write(HIDDEN)
    return revision


def deposited(glyco: Organisation, alice: User, name: str = "preuve.txt", content: bytes = b"Bon.") -> EvidenceRevision:
    return vault.deposit(glyco, a_file(name, content), title="Preuve", kind="DOC", user=alice)


def state(revision: EvidenceRevision) -> str:
    revision.refresh_from_db()
    return revision.scan


def test_without_an_antivirus_nothing_waits_and_the_state_says_so(glyco: Organisation, alice: User):
    revision = deposited(glyco, alice)
    assert (revision.scan, revision.is_served, scanning.scan_waiting()) == (Scan.DISABLED, True, 0)


def test_a_file_waits_then_is_safe(daemon: FakeClamd, glyco: Organisation, alice: User):
    revision = deposited(glyco, alice)
    assert (revision.scan, revision.is_served) == (Scan.PENDING, False)
    assert serving.send(revision).status_code == 409
    tasks.scan_waiting()
    assert (state(revision), revision.is_served, revision.scanned_at is not None) == (Scan.SAFE, True, True)
    assert serving.why_not(revision) == ""
    assert (scanning.scan_waiting(), daemon.received) == (0, [b"Bon."])


def test_what_was_deposited_before_there_was_an_antivirus_is_read_too(
    glyco: Organisation, alice: User, request: pytest.FixtureRequest
):
    revision = deposited(glyco, alice)
    request.getfixturevalue("daemon")
    assert not revision.is_served
    assert scanning.scan_waiting() == 1
    assert state(revision) == Scan.SAFE


def test_an_antivirus_out_of_reach_is_an_error_that_is_tried_again(
    glyco: Organisation, alice: User, settings: Settings, request: pytest.FixtureRequest
):
    settings.CLAMD_SOCKET = "tcp://127.0.0.1:1"
    revision = deposited(glyco, alice)
    assert scanning.scan_waiting() == 1
    assert (state(revision), revision.is_served, revision.scan_attempts) == (Scan.ERROR, False, 1)
    assert "refused" in revision.scan_detail
    assert scanning.scan_waiting() == 0  # not before its time
    request.getfixturevalue("daemon")
    EvidenceRevision.objects.update(scan_next_at=timezone.now() - timedelta(seconds=1))
    assert scanning.scan_waiting() == 1
    assert (state(revision), revision.scan_detail) == (Scan.SAFE, "")


def test_an_infected_file_is_put_aside_and_told(
    infected: EvidenceRevision,
    alice: User,
    bob: User,
    sophie: User,
    drain: Callable[[], int],
    django_capture_on_commit_callbacks,
):
    before = infected.file.name
    with django_capture_on_commit_callbacks(execute=True):
        scanning.scan_waiting()
    assert (state(infected), infected.scan_detail, infected.is_served) == (Scan.INFECTED, "Eicar-Signature", False)
    assert infected.file.name.startswith("quarantaine/")
    assert not default_storage.exists(before)
    with default_storage.open(infected.file.name) as kept:
        assert kept.read() == HIDDEN
    event = Event.objects.get(kind="evidence.infected")
    assert event.data["virus"] == "Eicar-Signature"
    assert event.data["sha256"] == infected.sha256
    drain()
    drain()
    assert sorted(Letter.objects.values_list("kind", "recipient__full_name")) == [
        ("proof_infected", "Alice Martin"),
        ("proof_infected", "Bob Durand"),
        ("proof_infected_told", "Sophie Bernard"),
    ]


def test_an_infected_file_is_read_once_and_never_given_again(
    infected: EvidenceRevision, glyco: Organisation, alice: User
):
    scanning.scan_waiting()
    assert (scanning.scan_waiting(), list(vault.of_organisation(glyco))) == (0, [])
    assert serving.show(EvidenceRevision.objects.get()).status_code == 409
    with pytest.raises(FileRefused, match="reconnu dangereux"):
        vault.deposit(glyco, a_file("autre-nom.txt"), title="Encore", kind="DOC", user=alice)


def test_a_late_answer_does_not_undo_a_verdict(daemon: FakeClamd, glyco: Organisation, alice: User):
    slow = deposited(glyco, alice)
    claimed = scanning._claim()
    assert claimed == slow
    EvidenceRevision.objects.filter(pk=slow.pk).update(scan=Scan.INFECTED, scan_attempts=2)
    scanning._read(claimed)
    assert state(slow) == Scan.INFECTED


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_never_read_the_same_file(daemon: FakeClamd, glyco: Organisation, alice: User):
    for number in range(6):
        deposited(glyco, alice, f"{number}.txt", f"Preuve {number}".encode())

    def work() -> None:
        scanning.scan_waiting()
        connection.close()

    workers = [Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    scanning.scan_waiting()
    assert sorted(daemon.received) == [f"Preuve {number}".encode() for number in range(6)]
    assert set(EvidenceRevision.objects.values_list("scan", flat=True)) == {Scan.SAFE}
