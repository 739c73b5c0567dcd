"""The report: its text, its figures, and why it may not be handed in yet."""

import pytest

from accounts.models import User
from evaluation.figures import summary
from evaluation.models import DraftReport, Verdict
from evaluation.reports import StaleReport, conclude, draft_of, report_payload, save_draft, why_not_conclude
from evaluation.values import Value
from questionnaires.models import Version
from referencing import acts
from referencing.door import Overtaken, Refused
from referencing.kinds import ActKind
from referencing.models import Candidature
from referencing.stages import Stage
from tests import play
from tests.evaluation import steps


def write(candidature: Candidature, actor: User, synthesis: str = "Tout va bien.") -> DraftReport:
    edition = draft_of(candidature).edition
    return save_draft(candidature, synthesis=synthesis, recommendation="", edition=edition, actor=actor)


def test_the_report_holds_every_verdict_with_its_pins(alice: User, sophie: User, emile: User, simple_version: Version):
    file = play.evaluated(alice, simple_version, sophie, emile)
    payload = acts.latest(file, ActKind.REPORT) or {}
    assert file.stage == Stage.EVALUATED
    assert (payload["synthesis"], payload["recommendation"], payload["unjudged"]) == (
        "Le service répond aux exigences du référentiel.",
        "Avis favorable.",
        [],
    )
    assert payload["experts"] == ["Émile Roux, expert évaluateur"]
    pins = Verdict.objects.get(criterion__code="ADM-02").pins
    assert payload["verdicts"]["ADM-02"] == {"value": "met", "motive": "", "pins": pins}
    assert sorted(payload["verdicts"]) == sorted(steps.CODES)


def test_the_private_notes_never_reach_the_report(file: Candidature, emile: User):
    steps.say(file, "ADM-02", emile, Value.NOT_MET, motive="Sans signature.", private_note="NOTE-SECRETE")
    assert "NOTE-SECRETE" not in str(report_payload(file))


def test_an_unfinished_report_is_refused_with_each_criterion_left(file: Candidature, emile: User):
    steps.say(file, "ADM-02", emile)
    steps.ask(file, "ADM-04", emile)
    expected = [
        "Rédigez la synthèse du rapport d'évaluation.",
        *[f"{code} : ce critère n'est pas encore jugé." for code in steps.CODES[1:]],
    ]
    with pytest.raises(Refused) as refused:
        conclude(file, actor=emile)
    assert [r.sentence for r in refused.value.refusals] == expected
    assert [r.sentence for r in why_not_conclude(file, emile)] == expected
    assert why_not_conclude(file, emile)[1].url == f"/candidatures/{file.reference}/evaluation/ADM-04/"
    assert Candidature.objects.get(pk=file.pk).stage == Stage.IN_EVALUATION


def test_a_verdict_to_review_does_not_stand_in_a_report(file: Candidature, emile: User, alice: User):
    steps.ask(file, "ADM-02", emile)
    play.judge_all(file, emile)
    asked = steps.send(file, emile)
    steps.rewrite(asked, "ADM-02", alice, "Signé.")
    back = steps.give_back(asked, alice)
    assert report_payload(back)["unjudged"] == ["ADM-02"]
    steps.say(back, "ADM-02", emile)
    assert report_payload(back)["unjudged"] == []


def test_nothing_holds_back_a_whole_report(file: Candidature, emile: User):
    play.judge_all(file, emile)
    write(file, emile)
    assert why_not_conclude(file, emile) == []


def test_an_expert_who_does_not_lead_does_not_hand_it_in(file: Candidature, emile: User, eva: User, sophie: User):
    play.assign(file, eva, actor=sophie)
    play.judge_all(file, emile)
    write(file, emile)
    assert [r.code for r in why_not_conclude(file, eva)] == ["right"]
    with pytest.raises(Refused):
        conclude(file, actor=eva)
    with pytest.raises(Refused) as refused:
        write(file, eva)
    assert str(refused.value) == "Le rapport revient à l'expert coordonnateur et au support."


def test_the_second_to_hand_it_in_is_told_that_someone_was_faster(file: Candidature, emile: User, sophie: User):
    play.judge_all(file, emile)
    write(file, emile)
    conclude(file, actor=emile, seen=file.version)
    with pytest.raises(Overtaken):
        conclude(file, actor=sophie, seen=file.version)


def test_two_people_writing_do_not_erase_each_other(file: Candidature, emile: User, sophie: User):
    save_draft(file, synthesis="D'Émile.", recommendation="", edition=0, actor=emile)
    with pytest.raises(StaleReport) as stale:
        save_draft(file, synthesis="De Sophie.", recommendation="", edition=0, actor=sophie)
    assert stale.value.current.synthesis == "D'Émile."
    assert write(file, sophie, "De Sophie.").edition == 2


def test_a_report_handed_in_does_not_change(alice: User, sophie: User, emile: User, simple_version: Version):
    file = play.evaluated(alice, simple_version, sophie, emile)
    with pytest.raises(Refused) as refused:
        write(file, emile)
    assert [r.sentence for r in refused.value.refusals] == [
        "L'évaluation n'est pas en cours : le rapport ne change plus."
    ]


def test_a_report_too_long_is_refused(file: Candidature, emile: User):
    with pytest.raises(Refused) as refused:
        write(file, emile, "x" * 200_000)
    assert str(refused.value) == "Ce texte compte 200\u00a0000 caractères ; il ne doit pas en dépasser 20\u00a0000."


def test_the_figures_count_each_verdict_once(file: Candidature, emile: User):
    steps.say(file, "ADM-02", emile)
    steps.ask(file, "ADM-04", emile)
    steps.say(file, "SEC-GOV-01", emile, Value.MINOR_RESERVE, motive="Datée de 2019.")
    steps.say(file, "URB-HEB-01", emile, Value.NOT_MET, motive="Échu.")
    counted = summary(file)
    none = {"met": 0, "minor_reserve": 0, "major_reserve": 0, "not_met": 0, "irrelevant": 0}
    assert [(row.title, row.counts, row.unsettled) for row in counted.rows] == [
        ("Demande de référencement", none | {"met": 1}, 1),
        ("Sécurité et protection des données", none | {"minor_reserve": 1, "not_met": 1}, 1),
    ]
    assert (counted.whole.counts, counted.whole.unsettled, counted.whole.total) == (
        none | {"met": 1, "minor_reserve": 1, "not_met": 1},
        2,
        5,
    )
    assert [(bar.label, bar.number, bar.percent) for bar in counted.bars] == [
        ("Conforme", 1, 20),
        ("Réserve mineure", 1, 20),
        ("Réserve majeure", 0, 0),
        ("Non conforme", 1, 20),
        ("Sans objet", 0, 0),
        ("Non tranché", 2, 40),
    ]
