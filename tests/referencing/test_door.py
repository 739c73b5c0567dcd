"""The one door: everything or nothing, one winner, and reasons in French."""

import threading

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django_fsm import TransitionNotAllowed

from accounts.models import User
from journal.models import Delivery, Event
from questionnaires.models import Sheet, Version
from referencing import certificate_guards, filing, guards
from referencing.door import Overtaken, Refused, moves_since, refusals
from referencing.kinds import ActKind
from referencing.models import Act, Candidature
from referencing.refusals import Guard
from referencing.stages import Stage
from tests import play


def test_it_moves_files_the_act_records_the_event_and_schedules_what_follows(
    alice: User, simple_version: Version
) -> None:
    candidature = play.answered(alice, simple_version)
    moved = filing.submit(candidature, actor=alice)
    event = Event.objects.get(kind="candidature.submit")
    assert (moved.stage, moved.round, moved.version) == (Stage.SUBMITTED, 1, 1)
    assert event.data == {"from": "draft", "to": "submitted", "round": 1, "version": 1, "act": "filing"}
    act = Act.objects.get(kind=ActKind.FILING)
    assert (act.event, act.round, act.filed_by) == (event, 1, alice)
    assert act.payload["sheet"]["version"]["code"] == simple_version.code
    assert Delivery.objects.filter(event=event).count() == 2


def test_it_says_every_reason_at_once(bob: User, alice: User, simple_version: Version) -> None:
    candidature = play.draft(alice, simple_version, facts=play.EXCHANGE)
    with pytest.raises(Refused) as refused:
        filing.submit(candidature, actor=alice)
    codes = {refusal.code for refusal in refused.value.refusals}
    assert "unit_tests" in codes
    assert "criterion:ADM-02" in codes
    assert next(refusal.code for refusal in refusals(candidature, "submit", bob)) == "right"
    assert Candidature.objects.get(pk=candidature.pk).stage == Stage.DRAFT


def test_the_reason_says_where_it_can_be_mended(alice: User, simple_version: Version) -> None:
    candidature = play.draft(alice, simple_version)
    reason = next(r for r in refusals(candidature, "submit", alice) if r.code == "criterion:ADM-02")
    assert reason.url == f"/candidatures/{candidature.reference}/criteres/ADM-02/"
    assert reason.who == "Maîtrise d'ouvrage"


def test_a_colleague_without_mandate_cannot_file(alice: User, bob: User, simple_version: Version) -> None:
    candidature = play.answered(alice, simple_version)
    with pytest.raises(Refused) as refused:
        filing.submit(candidature, actor=bob)
    assert str(refused.value) == "Cette action revient à : éditeur mandaté."


def test_a_stranger_cannot_move_it(alice: User, charlie: User, simple_version: Version) -> None:
    candidature = play.answered(alice, simple_version)
    with pytest.raises(Refused):
        filing.submit(candidature, actor=charlie)


def test_a_stale_page_is_told_what_changed(alice: User, sophie: User, simple_version: Version) -> None:
    candidature = play.submitted(alice, simple_version)
    filing.admit(candidature, actor=sophie, seen=1)
    with pytest.raises(Overtaken, match="Quelqu'un vous a devancé") as overtaken:
        filing.admit(candidature, actor=sophie, seen=1)
    assert [event.kind for event in overtaken.value.events] == ["candidature.admit"]


def test_moves_since_gives_only_what_came_after(alice: User, sophie: User, simple_version: Version) -> None:
    candidature = play.in_evaluation(alice, simple_version, sophie)
    assert [event.data["to"] for event in moves_since(candidature, 1)] == ["in_evaluation"]


@pytest.mark.parametrize(
    "broken",
    ["referencing.door.record", "referencing.models.Act.objects.create", "referencing.door.bookkeeping.write_beside"],
)
def test_an_exception_at_any_step_leaves_nothing_behind(
    alice: User, simple_version: Version, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    candidature = play.answered(alice, simple_version)
    before = (Event.objects.count(), Act.objects.count(), Delivery.objects.count())

    def explode(*_: object, **__: object) -> None:
        raise RuntimeError("panne")

    monkeypatch.setattr(broken, explode)
    with pytest.raises(RuntimeError):
        filing.submit(candidature, actor=alice)
    row = Candidature.objects.select_related("sheet").get(pk=candidature.pk)
    assert (row.stage, row.version, row.sheet.writing) == (Stage.DRAFT, 0, "open")
    assert (Event.objects.count(), Act.objects.count(), Delivery.objects.count()) == before


def test_a_failure_at_the_very_end_leaves_nothing_behind(
    alice: User, simple_version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    candidature = play.answered(alice, simple_version)

    def explode(*_: object, **__: object) -> None:
        raise DatabaseError("disque plein")

    monkeypatch.setattr(Candidature, "save", explode)
    with pytest.raises(DatabaseError):
        filing.submit(candidature, actor=alice)
    assert not Event.objects.filter(kind="candidature.submit").exists()
    assert not Act.objects.exists()


def test_a_payload_without_its_keys_is_a_fault_of_the_program(alice: User, simple_version: Version) -> None:
    from referencing.door import move

    candidature = play.answered(alice, simple_version)
    with pytest.raises(ValueError, match="il manque sheet, attested_by"):
        move(candidature, "submit", actor=alice, payload={})


def test_acts_cannot_be_changed_nor_deleted(alice: User, simple_version: Version) -> None:
    act = play.submitted(alice, simple_version).acts.get()
    with pytest.raises(DatabaseError, match="ajout seul"), transaction.atomic():
        Act.objects.filter(pk=act.pk).update(payload={})
    with pytest.raises(DatabaseError, match="ajout seul"), transaction.atomic():
        Act.objects.filter(pk=act.pk).delete()


def test_the_door_asks_each_guard_once(alice: User, simple_version: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    candidature, asked, reasons = play.answered(alice, simple_version), [], Guard.reasons
    monkeypatch.setattr(Guard, "reasons", lambda guard, file: asked.append(guard) or reasons(guard, file))
    moved = filing.submit(candidature, actor=alice)
    assert asked == [
        guards.orientation_is_answered,
        certificate_guards.certificates_are_on_file,
        guards.sheet_is_complete,
        guards.unit_tests_are_on_file,
    ]
    assert moved.passed == frozenset()


def test_without_the_door_a_transition_asks_its_guards(alice: User, simple_version: Version) -> None:
    with pytest.raises(TransitionNotAllowed):
        play.draft(alice, simple_version).submit()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rivals", [2, 20])
def test_of_many_at_once_exactly_one_wins(alice: User, sophie: User, simple_version: Version, rivals: int) -> None:
    candidature = play.submitted(alice, simple_version)
    start, results = threading.Barrier(rivals), []

    def admit() -> None:
        try:
            start.wait()
            filing.admit(candidature, actor=sophie, seen=1)
            results.append("won")
        except Overtaken as overtaken:
            results.append(str(overtaken))
        finally:
            connection.close()

    threads = [threading.Thread(target=admit) for _ in range(rivals)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results.count("won") == 1
    assert len([r for r in results if r.startswith("Quelqu'un vous a devancé")]) == rivals - 1
    event = Event.objects.get(kind="candidature.admit")
    assert Act.objects.filter(kind=ActKind.ADMISSION).count() == 1
    assert Delivery.objects.filter(event=event).count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_depot_waits_for_the_answer_being_written(alice: User, simple_version: Version) -> None:
    """Otherwise an answer could be saved after the photograph of the sheet and before its freezing."""
    candidature = play.answered(alice, simple_version)
    met: list[type[Exception]] = []

    def submit() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '300ms'")
            filing.submit(candidature, actor=alice)
        except OperationalError as error:
            met.append(type(error))
        finally:
            connection.close()

    with transaction.atomic():
        Sheet.objects.select_for_update().get(pk=candidature.sheet_id)
        other = threading.Thread(target=submit)
        other.start()
        other.join()
    assert met == [OperationalError]
    assert Candidature.objects.get().stage == Stage.DRAFT
