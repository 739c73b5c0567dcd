"""What is printed after each event: once, whole, or not at all."""

import hashlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.models import User
from dossiers import keeping, reactions, seal
from dossiers.append import Altered
from dossiers.contents import dossier_at
from journal.models import Event
from questionnaires.models import EvidenceRevision, Version
from referencing.kinds import ActKind, DocumentKind
from referencing.models import Act, Candidature, Document
from tests import play
from tests.dossiers.conftest import HOSTILE
from tests.dossiers.reading import bytes_of, complaints_of_qpdf, letters, words_of
from tests.dossiers.steps import event_of

CONCLUDED = "candidature.conclude_evaluation"


def sealed(candidature: Candidature) -> Document:
    reactions.seal_dossier(event_of(candidature, CONCLUDED).seq)
    return Document.objects.filter(candidature=candidature, kind=DocumentKind.DOSSIER).latest("pk")


def stored_papers() -> set[str]:
    folder = Path(settings.DATA_DIR) / "files" / "documents"
    return {file.name for file in folder.iterdir()} if folder.exists() else set()


def test_the_dossier_is_sealed_and_its_act_filed(told: Candidature, tmp_path: Path):
    document = sealed(told)
    pdf = bytes_of(document)
    event = event_of(told, CONCLUDED)
    act = Act.objects.get(candidature=told, kind=ActKind.DOSSIER)
    proofs = [one for one in seal.inspect(pdf) if one.relationship == "Supplement"]
    assert document.sha256 == hashlib.sha256(pdf).hexdigest()
    assert (document.size, document.audience) == (len(pdf), Document.Audience.INTERNAL)
    assert act.document == document
    assert act.round == told.round
    assert act.payload["sha256"] == act.file_sha256 == document.sha256
    assert act.payload["pages"] == document.pages
    assert act.payload["journal_head"] == f"{event.seq}:{event.hash}"
    assert sorted(one["sha256"] for one in act.payload["attachments"]) == sorted(one.sha256 for one in proofs)
    assert {one.sha256 for one in proofs} == set(EvidenceRevision.objects.values_list("sha256", flat=True))
    assert complaints_of_qpdf(pdf, tmp_path) == ""


def test_the_dossier_prints_every_applicable_criterion(told: Candidature):
    printed = letters(words_of(bytes_of(sealed(told))))
    dossier = dossier_at(Candidature.objects.get(pk=told.pk), event_of(told, CONCLUDED))
    expected = [
        text
        for line in dossier.lines
        for text in (line.code, line.text, line.because, line.comment, *(text for _, text in line.points))
    ]
    expected += [piece.sha256 for piece in dossier.pieces] + [piece.name for piece in dossier.pieces]
    expected += [one["text"] for one in (*dossier.not_applicable, *dossier.dispensed)]
    assert [text for text in expected if letters(text) not in printed] == []
    assert letters(HOSTILE) in printed


def test_each_reaction_done_twice_is_done_once(told: Candidature):
    filed = {"print_receipt": "candidature.submit", "print_report": CONCLUDED, "seal_dossier": CONCLUDED}
    for _ in range(2):
        for name, kind in filed.items():
            getattr(reactions, name)(event_of(told, kind).seq)
    assert sorted(Document.objects.values_list("kind", flat=True)) == ["dossier", "receipt", "report"]
    assert Act.objects.filter(kind=ActKind.DOSSIER).count() == 1
    assert Event.objects.filter(kind="act.dossier").count() == 1


def test_everything_is_printed_by_draining_the_outbox(told: Candidature, drain):
    drain()
    assert sorted(Document.objects.values_list("kind", flat=True)) == ["dossier", "receipt", "report"]


def test_a_worker_that_dies_between_file_and_row_leaves_nothing_to_serve(
    told: Candidature, monkeypatch: pytest.MonkeyPatch
):
    class Killed(BaseException):
        """The end of the process, which nothing catches."""

    def die(*args: object, **kwargs: object) -> None:
        raise Killed

    monkeypatch.setattr(keeping, "_check", die)
    with pytest.raises(Killed):
        sealed(told)
    assert Document.objects.count() == 0
    assert Act.objects.filter(kind=ActKind.DOSSIER).count() == 0
    monkeypatch.undo()
    assert sealed(told).size > 0


def test_an_act_that_cannot_be_filed_takes_the_paper_with_it(told: Candidature, monkeypatch: pytest.MonkeyPatch):
    def refuse(*args: object, **kwargs: object) -> None:
        raise RuntimeError("no")

    before = stored_papers()
    monkeypatch.setattr(reactions, "file_act", refuse)
    with pytest.raises(RuntimeError):
        sealed(told)
    assert Document.objects.count() == 0
    assert stored_papers() == before


def test_a_storage_that_alters_a_paper_is_not_believed(told: Candidature, monkeypatch: pytest.MonkeyPatch):
    before = stored_papers()

    def truncate(storage, name: str, content) -> str:
        path = Path(storage.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read()[:-1])
        return name

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", truncate)
    with pytest.raises(keeping.BadWriting):
        reactions.print_receipt(event_of(told, "candidature.submit").seq)
    assert Document.objects.count() == 0
    assert stored_papers() == before


def test_the_second_of_two_workers_throws_its_paper_away(told: Candidature, monkeypatch: pytest.MonkeyPatch):
    first = sealed(told)
    before = stored_papers()
    monkeypatch.setattr(reactions, "kept", lambda event, kind: None)
    reactions.seal_dossier(first.event_id)
    assert Document.objects.get(kind=DocumentKind.DOSSIER) == first
    assert Act.objects.filter(kind=ActKind.DOSSIER).count() == 1
    assert stored_papers() == before


def test_an_infected_proof_is_never_enclosed(told: Candidature):
    eicar = EvidenceRevision.objects.order_by("pk")[0]
    EvidenceRevision.objects.filter(pk=eicar.pk).update(scan=EvidenceRevision.Scan.INFECTED)
    pdf = bytes_of(sealed(told))
    enclosed = {one.sha256 for one in seal.inspect(pdf)}
    assert eicar.sha256 not in enclosed
    assert "écartée : l'antivirus l'a reconnue dangereuse" in words_of(pdf)
    listed = {one["sha256"] for one in Act.objects.get(kind=ActKind.DOSSIER).payload["attachments"]}
    assert eicar.sha256 not in listed


def test_a_proof_whose_bytes_changed_stops_the_sealing(told: Candidature):
    revision = EvidenceRevision.objects.order_by("pk")[0]
    with Path(revision.file.path).open("ab") as stream:
        stream.write(b"!")
    with pytest.raises(Altered):
        sealed(told)
    assert Document.objects.count() == 0


def test_a_hostile_name_names_only_a_file(told: Candidature):
    EvidenceRevision.objects.filter(pk=EvidenceRevision.objects.order_by("pk")[0].pk).update(
        original_name='../../\u202egpj.exe"<script>.pdf'
    )
    names = [one.name for one in seal.inspect(bytes_of(sealed(told)))]
    assert "ADM-02 - gpj.exe script.pdf" in names


def test_beyond_the_limit_the_dossier_says_what_is_kept_apart(told: Candidature, settings):
    settings.DOSSIER_MAX_BYTES = 0
    pdf = bytes_of(sealed(told))
    assert [one.name for one in seal.inspect(pdf)] == ["manifeste.json"]
    assert "conservée à part : le dossier dépasse la taille admise" in words_of(pdf)


def test_the_final_tests_accepted_after_the_report_are_sealed_again(
    full_version: Version, alice: User, sophie: User, emile: User, drain
):
    candidature = play.evaluated(alice, full_version, sophie, emile, facts=play.EXCHANGE)
    drain()
    play.final_tested(candidature, alice, sophie)
    drain()
    first, second = Document.objects.filter(kind=DocumentKind.DOSSIER).order_by("pk")
    assert [one.name for one in seal.inspect(bytes_of(first)) if one.name.startswith("Tests")] == [
        "Tests - tests-unitaires.txt"
    ]
    assert [one.name for one in seal.inspect(bytes_of(second)) if one.name.startswith("Tests")] == [
        "Tests - connection.txt",
        "Tests - end_to_end.txt",
        "Tests - tests-unitaires.txt",
    ]
    assert Act.objects.filter(kind=ActKind.DOSSIER).latest("pk").document == second


def test_final_tests_accepted_before_the_report_seal_nothing(
    full_version: Version, alice: User, sophie: User, emile: User
):
    candidature = play.assigned(alice, full_version, sophie, emile, facts=play.EXCHANGE)
    play.final_tested(candidature, alice, sophie)
    reactions.seal_dossier(event_of(candidature, "act.test_book").seq)
    assert Document.objects.count() == 0


def test_the_support_may_print_the_dossier_again(told: Candidature, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    document, path = sealed(told), tmp_path / "encore.pdf"
    call_command("print_dossier", told.reference, output=path)
    assert path.read_bytes() == bytes_of(document)
    assert capsys.readouterr().out == f"{path} est écrit ; il est identique au dossier scellé ({document.sha256}).\n"


@pytest.mark.django_db
def test_there_is_nothing_to_print_again_without_a_dossier():
    with pytest.raises(CommandError, match="Aucun dossier scellé pour MES-2026-9999"):
        call_command("print_dossier", "MES-2026-9999")
