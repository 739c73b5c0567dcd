"""Deposits and examinations: what is kept, which act is filed, what is refused."""

import pytest
from django.db import IntegrityError, transaction

from exchange import models, services
from exchange.models import Milestone, ReportState
from journal.models import Event
from questionnaires import vault
from questionnaires.contents import FileRefused
from referencing import acts
from referencing.door import Refused, move, refusals
from referencing.kinds import ActKind
from referencing.models import Act, Candidature
from tests import play

END, LAST = Milestone.END_TO_END, Milestone.CONNECTION


def unit(candidature, actor, apis=("mesures", "documents"), upload=None):
    return services.deposit_unit_tests(
        candidature, apis=list(apis), summary=" Tout est vert. ", upload=upload or play.a_file("tests.txt"), actor=actor
    )


def book(candidature, actor, milestone=END, content=b"Recette complete."):
    return services.deposit_test_book(
        candidature, milestone, summary="Tout est vert.", upload=play.a_file("recette.txt", content), actor=actor
    )


def test_unit_tests_are_kept_and_filed(draft, alice):
    report = unit(draft, alice)
    act = Act.objects.get(kind=ActKind.UNIT_TESTS)
    assert (report.milestone, report.apis, report.summary) == ("unit", ["mesures", "documents"], "Tout est vert.")
    assert (act.filed_by, act.file_sha256, act.event.kind) == (alice, report.revision.sha256, "act.unit_tests")
    assert act.payload == {
        "apis": ["mesures", "documents"],
        "summary": "Tout est vert.",
        "report": {
            "milestone": "unit",
            "apis": ["mesures", "documents"],
            "summary": "Tout est vert.",
            "file": str(report.revision.public_id),
            "name": "tests.txt",
            "sha256": report.revision.sha256,
            "deposited_at": report.deposited_at.isoformat(),
        },
    }


def test_every_api_declared_must_be_covered(draft, alice):
    with pytest.raises(Refused, match="Le rapport doit couvrir l'API Documents"):
        unit(draft, alice, apis=("mesures",))
    assert models.TestReport.objects.count() == Act.objects.count() == 0


def test_an_api_not_declared_is_left_out_of_the_report(draft, alice):
    assert unit(draft, alice, apis=("mesures", "documents", "agenda")).apis == ["mesures", "documents"]


def test_nothing_is_asked_when_nothing_is_exchanged(alice, simple_version):
    simple = play.draft(alice, simple_version)
    with pytest.raises(Refused, match="le service n'échange aucune donnée : aucun test n'est demandé"):
        unit(simple, alice)


def test_unit_tests_come_before_the_filing(examined, alice):
    with pytest.raises(Refused, match="Tests unitaires : le dépôt se fait à l'étape « Brouillon » ou « Incomplète »"):
        unit(examined, alice, apis=("mesures",))


def test_a_file_that_proves_nothing_is_refused_and_nothing_is_kept(draft, alice):
    with pytest.raises(FileRefused, match="est vide"):
        unit(draft, alice, upload=play.a_file("vide.txt", b""))
    assert models.TestReport.objects.count() == Act.objects.count() == 0


def test_the_filing_waits_for_the_unit_tests_of_each_api(draft, alice):
    def codes():
        return [refusal.code for refusal in refusals(draft, "submit", alice) if refusal.code.startswith("unit_tests")]

    assert codes() == ["unit_tests"]
    unit(draft, alice)
    assert codes() == []
    draft.sheet.facts["api_agenda"] = True
    assert codes() == ["unit_tests:Agenda"]


# --- The book -------------------------------------------------------------------------------


def test_the_two_books_are_accepted_in_order_and_the_last_files_the_act(examined, alice, sophie):
    first = services.accept_test_book(book(examined, alice), actor=sophie)
    assert acts.latest(examined, ActKind.TEST_BOOK) is None
    last = services.accept_test_book(book(examined, alice, LAST, b"Cahier final."), actor=sophie)
    act = Act.objects.get(kind=ActKind.TEST_BOOK)
    assert (last.state, last.examined_by) == (ReportState.ACCEPTED, sophie)
    assert act.file_sha256 == last.revision.sha256
    assert [(one["milestone"], one["sha256"]) for one in act.payload["reports"]] == [
        ("end_to_end", first.revision.sha256),
        ("connection", last.revision.sha256),
    ]
    assert Event.objects.filter(kind__startswith="exchange.").count() == 3


def test_the_final_book_waits_for_the_tests_end_to_end(examined, alice):
    with pytest.raises(Refused, match="une fois les tests de bout en bout acceptés"):
        book(examined, alice, LAST)


@pytest.mark.parametrize("milestone", [END, LAST])
def test_books_come_during_the_evaluation(draft, alice, milestone):
    with pytest.raises(Refused, match="le dépôt se fait à l'étape « En évaluation »"):
        book(draft, alice, milestone)


def test_a_report_sent_back_says_why_and_another_replaces_it(examined, alice, sophie):
    refused = services.refuse_test_book(book(examined, alice), motive=" Le scénario 3 manque. ", actor=sophie)
    assert (refused.state, refused.motive) == (ReportState.REFUSED, "Le scénario 3 manque.")
    again = book(examined, alice, content=b"Recette avec le scenario 3.")
    assert services.accept_test_book(again, actor=sophie).state == ReportState.ACCEPTED


def test_sending_back_without_a_word_is_refused(examined, alice, sophie):
    report = book(examined, alice)
    with pytest.raises(Refused, match="Dites à l'éditeur ce qu'il doit reprendre"):
        services.refuse_test_book(report, motive="  ", actor=sophie)
    report.refresh_from_db()
    assert report.state == ReportState.DEPOSITED


@pytest.mark.parametrize("again", ["accept", "refuse"])
def test_a_report_is_examined_once(examined, alice, sophie, again):
    report = services.accept_test_book(book(examined, alice), actor=sophie)
    with pytest.raises(Refused, match="n'est plus à examiner"):
        if again == "accept":
            services.accept_test_book(report, actor=sophie)
        else:
            services.refuse_test_book(report, motive="Trop tard.", actor=sophie)


def test_only_the_latest_report_is_examined(examined, alice, sophie):
    earlier = book(examined, alice)
    book(examined, alice, content=b"Mieux.")
    with pytest.raises(Refused, match="l'éditeur en a déposé un autre"):
        services.accept_test_book(earlier, actor=sophie)


def test_unit_tests_are_left_to_the_experts(draft, alice, sophie):
    with pytest.raises(Refused, match="n'est plus à examiner"):
        services.accept_test_book(unit(draft, alice), actor=sophie)


def test_an_accepted_milestone_takes_no_more_reports(examined, alice, sophie):
    services.accept_test_book(book(examined, alice), actor=sophie)
    with pytest.raises(Refused, match="ce jalon est déjà accepté"):
        book(examined, alice)


def test_nothing_is_examined_once_the_candidature_is_withdrawn(examined, alice, sophie):
    report = book(examined, alice)
    move(examined, "withdraw", actor=alice, payload={"motive": "Plus tard."})
    with pytest.raises(Refused, match="n'est plus en cours d'évaluation"):
        services.accept_test_book(report, actor=sophie)


def test_the_commission_waits_for_the_final_book(alice, simple_version, sophie, emile):
    evaluated = play.evaluated(alice, simple_version, sophie, emile, facts=play.EXCHANGE)
    assert "test_book" in [refusal.code for refusal in refusals(evaluated, "schedule", sophie)]
    play.final_tested(evaluated, alice, sophie)
    assert "test_book" not in [refusal.code for refusal in refusals(evaluated, "schedule", sophie)]


@pytest.mark.parametrize(
    "broken",
    [
        {"milestone": "moon"},
        {"state": "lost"},
        {"state": "refused", "motive": ""},
        {"state": "accepted"},
    ],
)
def test_the_database_refuses_a_report_that_cannot_be(examined, alice, broken):
    report = book(examined, alice)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.TestReport.objects.filter(pk=report.pk).update(**broken)


def test_the_file_is_kept_before_the_candidature_is_locked(draft, alice, monkeypatch):
    """The examination of a large file makes nobody wait."""
    order = []
    lock, deposit = services.locked_with_sheet, vault.deposit
    monkeypatch.setattr(services, "locked_with_sheet", lambda *args: order.append("lock") or lock(*args))
    monkeypatch.setattr(vault, "deposit", lambda *args, **kwargs: order.append("vault") or deposit(*args, **kwargs))
    unit(draft, alice)
    assert order == ["vault", "lock"]


def test_the_file_of_a_refused_deposit_stays_in_the_vault(draft, alice):
    with pytest.raises(Refused):
        unit(draft, alice, apis=("mesures",))
    assert [revision.original_name for revision in vault.of_organisation(draft.organisation)] == ["tests.txt"]


def test_an_exception_leaves_nothing_behind(draft, alice, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(services, "file_act", broken)
    with pytest.raises(RuntimeError):
        unit(draft, alice)
    assert models.TestReport.objects.count() == Act.objects.count() == 0
    assert Candidature.objects.get().test_reports.count() == 0
