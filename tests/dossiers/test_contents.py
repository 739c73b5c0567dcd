"""What the dossier says: the answers that were filed, the verdicts that were handed in, nothing that may still change."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from dossiers import contents
from dossiers.contents import dossier_at
from evaluation.reports import conclude, save_draft
from exchange.services import deposit_unit_tests
from questionnaires import sheets
from questionnaires.applicability import State
from questionnaires.models import EvidenceRevision, Version
from referencing import filing
from referencing.models import Candidature
from referencing.tracks import declared_apis
from tests import play
from tests.dossiers.steps import event_of


def read(candidature: Candidature, kind: str = "candidature.conclude_evaluation") -> contents.Dossier:
    fresh = Candidature.objects.select_related("service__organisation").get(pk=candidature.pk)
    return dossier_at(fresh, event_of(candidature, kind))


def test_every_applicable_criterion_is_there_and_no_other(told: Candidature):
    dossier, whole = read(told), sheets.overview(told.sheet)
    by_state = {state: [item.code for item in whole.items if item.verdict.state == state] for state in State}
    assert [line.code for line in dossier.lines] == by_state[State.APPLICABLE]
    assert [one["code"] for one in dossier.not_applicable] == by_state[State.NOT_APPLICABLE]
    assert [one["code"] for one in dossier.dispensed] == by_state[State.DISPENSED]


def test_a_criterion_says_all_that_is_known_of_it(told: Candidature):
    line = read(told).lines[0]
    item = sheets.overview(told.sheet).items[0]
    assert (line.code, line.level, line.text, line.because) == (
        item.code,
        "Obligatoire",
        item.criterion.text,
        item.verdict.because,
    )
    assert line.answer == "Conforme"
    assert line.comment == item.answer.comment
    assert [(piece.sha256, note) for piece, note in line.proofs] == [
        (use.revision.sha256, use.note) for use in item.uses
    ]
    assert line.finding == contents.Finding("minor_reserve", "À revoir avant l'ouverture.")
    assert line.finding.label == "Réserve mineure"


def test_each_file_is_kept_once_with_all_it_proves(told: Candidature):
    dossier = read(told)
    used = {use.revision.sha256 for item in sheets.overview(told.sheet).items for use in item.uses}
    assert sorted(piece.sha256 for piece in dossier.pieces) == sorted(used)
    shared = max(dossier.pieces, key=lambda piece: len(piece.criteria))
    assert shared.criteria == tuple(line.code for line in dossier.lines if line.proofs)


def test_the_orientation_is_said_in_words(told: Candidature):
    answers = {question: answer for step in read(told).orientation for question, answer in step.answers}
    assert answers["Sous quelle forme le service est-il proposé ?"] == "Application iOS"
    assert answers["Le service traite-t-il des données de santé ?"] == "oui"
    assert answers["Le service est-il un dispositif médical ?"] == "non"
    assert "Le service a-t-il un certificat de conformité « dispositif médical numérique » ?" not in answers
    assert "Le service est-il une application mobile ?" not in answers


def test_the_history_stops_at_the_event(told: Candidature):
    assert [(what, who) for _, what, who in read(told).history] == [
        ("Candidature ouverte", "Alice Martin"),
        ("Candidature déposée", "Alice Martin"),
        ("Candidature déclarée recevable", "Sophie Bernard"),
        ("Évaluation terminée", "Émile Roux"),
    ]


def test_the_counts_add_up(told: Candidature):
    dossier = read(told)
    judged = [line for line in dossier.lines if line.finding]
    assert [(count.label, count.number, count.share) for count in dossier.counts] == [
        ("Réserve mineure", len(judged), 100)
    ]


def test_what_changes_after_the_event_changes_nothing(told: Candidature, alice: User):
    before = read(told)
    item = sheets.overview(told.sheet).items[0]
    item.answer.comment = "Réécrit après coup"
    item.answer.save()
    assert [(line.code, line.comment) for line in read(told).lines] == [
        (line.code, line.comment) for line in before.lines
    ]


def test_the_reports_of_tests_are_in_the_dossier(full_version: Version, alice: User, sophie: User, emile: User):
    candidature = play.evaluated(alice, full_version, sophie, emile, facts=play.EXCHANGE)
    dossier = read(candidature)
    assert [(test.milestone, test.summary) for test in dossier.tests] == [
        ("Tests unitaires", "Charges utiles conformes aux profils.")
    ]
    assert dossier.tests[0].deposited_at == candidature.test_reports.get().deposited_at
    assert dossier.tests[0].piece in dossier.pieces
    assert dossier.tests[0].piece.criteria == ("Tests",)


def test_a_report_deposited_later_changes_no_dossier_until_its_act(
    full_version: Version, alice: User, sophie: User, emile: User
):
    """The same event gives the same dossier, whatever the support says of a report meanwhile."""
    candidature = play.evaluated(alice, full_version, sophie, emile, facts=play.EXCHANGE)
    before = read(candidature).tests
    play.final_tested(candidature, alice, sophie)
    assert read(candidature).tests == before
    after = read(candidature, "act.test_book").tests
    assert [(test.milestone, test.summary) for test in after] == [
        ("Tests unitaires", "Charges utiles conformes aux profils."),
        ("Tests de bout en bout", "Tout est vert."),
        ("Raccordement", "Tout est vert."),
    ]


def test_only_the_latest_unit_tests_are_printed(full_version: Version, alice: User, sophie: User, emile: User):
    candidature = play.answered(alice, full_version, facts=play.EXCHANGE)
    for content in (b"42 tests, 1 rate.", b"42 tests, 42 reussis."):
        deposit_unit_tests(
            candidature,
            apis=declared_apis(candidature.sheet.facts),
            summary=content.decode(),
            upload=play.a_file("tests.txt", content),
            actor=alice,
        )
    candidature = filing.admit(filing.submit(candidature, actor=alice), actor=sophie)
    play.assign(candidature, emile, actor=sophie, lead=True)
    play.judge_all(candidature, emile)
    save_draft(candidature, synthesis="Tout est là.", recommendation="Favorable.", edition=0, actor=emile)
    conclude(candidature, actor=emile)
    assert [test.summary for test in read(candidature).tests] == ["42 tests, 42 reussis."]


def test_without_a_report_there_is_no_dossier(full_version: Version, alice: User, sophie: User):
    candidature = play.in_evaluation(alice, full_version, sophie)
    with pytest.raises(contents.Incomplete, match="attend le dépôt et le rapport"):
        read(candidature, "candidature.admit")


def test_a_proof_still_being_scanned_makes_everyone_wait(told: Candidature):
    EvidenceRevision.objects.update(scan=EvidenceRevision.Scan.PENDING)
    with pytest.raises(contents.Incomplete, match="est encore à l'analyse antivirus"):
        read(told)


def test_reading_takes_the_same_queries_whatever_the_size(told: Candidature, alice: User, sophie: User, emile: User):
    def count(candidature: Candidature) -> int:
        fresh = Candidature.objects.select_related("service__organisation").get(pk=candidature.pk)
        event = event_of(candidature, "candidature.conclude_evaluation")
        with CaptureQueriesContext(connection) as queries:
            dossier_at(fresh, event)
        return len(queries)

    bare = play.evaluated(alice, told.sheet.version, sophie, emile, name="Autre")
    assert (count(told), count(bare)) == (5, 5)
