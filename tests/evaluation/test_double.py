"""Double evaluation: two opinions, blind until both are given, then one verdict or a divergence."""

import pytest

from accounts.models import User
from evaluation.assignments import unassign
from evaluation.complements import asked_for
from evaluation.diverging import settle
from evaluation.double import needs_second, own, pair
from evaluation.grid import grid
from evaluation.judging import Conflict, judge, next_left
from evaluation.models import Appraisal, Assignment, Verdict
from evaluation.reports import report_payload
from evaluation.values import MOTIVE_MAX, State, Value
from evaluation.workload import files_of
from journal.models import Event
from questionnaires.models import Criterion
from referencing.door import Refused
from referencing.models import Candidature
from tests.evaluation import steps


def sentences(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.sentence for refusal in refused.value.refusals]


def test_the_criteria_that_two_experts_judge_are_those_of_the_referential(shared: Candidature):
    assert [line.code for line in grid(shared).lines if needs_second(line)] == ["SEC-GOV-01", steps.DOUBLE]
    flagged = [one.code for one in Criterion.objects.filter(version=shared.sheet.version) if needs_second(one)]
    assert flagged == ["SEC-GOV-01", steps.DOUBLE, "SEX-01"]


def test_a_first_opinion_is_no_verdict(shared: Candidature, emile: User, eva: User):
    given = steps.say(shared, steps.DOUBLE, emile, Value.NOT_MET, motive="Certificat échu.")
    assert (type(given), given.edition, given.round, given.pins) == (
        Appraisal,
        1,
        1,
        list(grid(shared).line(steps.DOUBLE).on_file.pins),
    )
    assert Verdict.objects.count() == 0
    assert steps.state(shared) == (State.SECOND_AWAITED, True)
    assert steps.state(shared, emile) == (State.SECOND_AWAITED, False)
    assert steps.state(shared, eva) == (State.TO_JUDGE, True)
    assert Event.objects.filter(kind__startswith="evaluation.").exclude(kind__in=steps.ASSIGNED).count() == 0


def test_its_author_alone_reads_it(shared: Candidature, emile: User, eva: User):
    steps.say(shared, steps.DOUBLE, emile, Value.NOT_MET, motive="Certificat échu.")
    line = steps.line(shared, steps.DOUBLE)
    assert pair(shared, line) == []
    assert own(shared, steps.DOUBLE, emile).motive == "Certificat échu."
    assert own(shared, steps.DOUBLE, eva) is None
    assert "échu" not in str(grid(shared))


def test_what_each_has_left_is_their_own_work(shared: Candidature, emile: User, eva: User):
    for code in steps.CODES:
        steps.say(shared, code, emile)
    assert [(file.progress.left, file.first_left) for file in files_of(emile)] == [(0, "")]
    assert [(file.progress.left, file.first_left) for file in files_of(eva)] == [(2, "SEC-GOV-01")]
    whole = grid(shared)
    assert next_left(whole, whole.assignment_of(emile), "") is None
    assert (whole.progress.done, whole.progress.total) == (3, 5)


def test_its_author_changes_it_until_the_other_is_given(shared: Candidature, emile: User, eva: User):
    steps.say(shared, steps.DOUBLE, emile, Value.NOT_MET, motive="Certificat échu.")
    again = steps.say(shared, steps.DOUBLE, emile)
    assert (again.value, again.edition, Appraisal.objects.count()) == (Value.MET, 2, 1)
    with pytest.raises(Conflict) as stale:
        judge(shared, steps.DOUBLE, value=Value.MET, edition=1, expert=emile)
    assert stale.value.current == again


def test_two_who_agree_make_the_verdict_together(shared: Candidature, emile: User, eva: User):
    steps.say(shared, steps.DOUBLE, emile, Value.NOT_MET, motive="Échu.")
    steps.say(shared, steps.DOUBLE, eva, Value.NOT_MET, motive="Périmé depuis mai.")
    verdict = Verdict.objects.get()
    assert (verdict.value, verdict.motive, verdict.expert, verdict.second_expert) == (
        Value.NOT_MET,
        "Échu.\n\nPérimé depuis mai.",
        emile,
        eva,
    )
    assert (verdict.settled_by, verdict.signature) == (None, "Émile Roux et Eva Noël")
    assert steps.state(shared) == (State.JUDGED, False)
    assert report_payload(shared)["verdicts"][steps.DOUBLE]["value"] == Value.NOT_MET


def test_texts_too_long_to_hold_together_are_left_to_the_lead(shared: Candidature, emile: User, eva: User):
    steps.say(shared, steps.DOUBLE, emile, Value.NOT_MET, motive="a" * MOTIVE_MAX)
    steps.say(shared, steps.DOUBLE, eva, Value.NOT_MET, motive="b" * MOTIVE_MAX)
    assert (Verdict.objects.count(), steps.state(shared)[0]) == (0, State.DIVERGENT)


def test_two_who_ask_for_a_complement_ask_for_both(shared: Candidature, emile: User, eva: User):
    steps.ask(shared, steps.DOUBLE, emile, expected="Le certificat.")
    assert asked_for(grid(shared)) == []
    steps.ask(shared, steps.DOUBLE, eva, expected="Le contrat.")
    assert asked_for(grid(shared)) == [{"criterion": steps.DOUBLE, "expected": "Le certificat.\n\nLe contrat."}]


def test_two_who_differ_wait_for_the_lead(shared: Candidature, emile: User, eva: User):
    steps.diverge(shared, emile, eva)
    assert Verdict.objects.count() == 0
    assert [steps.state(shared, one) for one in (None, emile, eva)] == [
        (State.DIVERGENT, True),
        (State.DIVERGENT, True),
        (State.DIVERGENT, False),
    ]
    assert [one.expert for one in pair(shared, steps.line(shared, steps.DOUBLE))] == [emile, eva]
    assert Event.objects.get(kind="evaluation.diverged").data == {"criterion": steps.DOUBLE}


def test_opinions_given_change_no_more(shared: Candidature, emile: User, eva: User):
    steps.diverge(shared, emile, eva)
    with pytest.raises(Refused) as refused:
        steps.say(shared, steps.DOUBLE, eva)
    assert sentences(refused) == [
        "Les deux appréciations de ce critère sont rendues : elles ne changent plus, l'expert coordonnateur tranche."
    ]


def test_a_replaced_proof_reopens_both(shared: Candidature, emile: User, eva: User, alice: User):
    steps.diverge(shared, emile, eva)
    steps.ask(shared, "ADM-02", emile)
    settle(
        shared,
        steps.DOUBLE,
        edition=0,
        actor=emile,
        value=Value.COMPLEMENT_NEEDED,
        motive="x",
        expected="y",
        settlement="z",
    )
    back = _given_back(shared, emile, alice)
    line = steps.line(back, steps.DOUBLE)
    assert (line.state, line.fresh_opinions, pair(back, line)) == (State.TO_REVIEW, [], [])
    assert [steps.state(back, one) for one in (emile, eva)] == [(State.TO_REVIEW, True), (State.TO_REVIEW, True)]
    steps.say(back, steps.DOUBLE, emile)
    assert steps.state(back, eva) == (State.TO_REVIEW, True)
    assert pair(back, steps.line(back, steps.DOUBLE)) == []
    steps.say(back, steps.DOUBLE, eva)
    verdict = Verdict.objects.get(round=2)
    assert (verdict.value, verdict.settled_by, verdict.edition) == (Value.MET, None, 2)


def _given_back(candidature: Candidature, lead: User, editor: User) -> Candidature:
    asked = steps.send(candidature, lead)
    for code in ("ADM-02", steps.DOUBLE):
        steps.replace_proof(asked, code, editor, b"Autre chose " + code.encode())
    return steps.give_back(asked, editor)


def test_an_opinion_holds_when_another_criterion_is_asked_for(shared: Candidature, emile: User, eva: User, alice: User):
    steps.say(shared, steps.DOUBLE, emile)
    steps.ask(shared, "ADM-02", emile)
    asked = steps.send(shared, emile)
    steps.replace_proof(asked, "ADM-02", alice, b"Signe")
    back = steps.give_back(asked, alice)
    assert steps.state(back) == (State.SECOND_AWAITED, True)
    steps.say(back, steps.DOUBLE, eva)
    assert Verdict.objects.get(criterion__code=steps.DOUBLE).round == 2


def test_the_opinion_of_an_expert_who_left_stays_on_file(shared: Candidature, emile: User, eva: User, sophie: User):
    steps.say(shared, steps.DOUBLE, eva)
    unassign(Assignment.objects.get(expert=eva), actor=sophie)
    steps.say(shared, steps.DOUBLE, emile)
    assert Verdict.objects.get().people == [eva, emile]
