"""Recording a verdict: who, on what, when; pinned to the bytes judged; never over another's work."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.services import join
from evaluation.grid import grid
from evaluation.judging import Conflict, Unfinished, judge, next_left
from evaluation.models import Verdict
from evaluation.values import State, Value
from questionnaires.models import EvidenceUse, Version
from referencing.door import Refused
from referencing.models import Candidature
from tests import play
from tests.evaluation import steps


def sentences(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.sentence for refusal in refused.value.refusals]


def test_a_verdict_is_pinned_to_the_proofs_and_the_answer_it_judged(file: Candidature, emile: User):
    uses = EvidenceUse.objects.filter(answer__sheet=file.sheet, answer__criterion__code="URB-HEB-01")
    verdict = judge(file, "URB-HEB-01", value=Value.MINOR_RESERVE, motive=" Échu. ", edition=0, expert=emile)
    assert verdict.pins == sorted(use.revision.sha256 for use in uses)
    assert verdict.answer_edition == uses[0].answer.edition
    assert (verdict.value, verdict.motive, verdict.round, verdict.edition, verdict.expert) == (
        Value.MINOR_RESERVE,
        "Échu.",
        1,
        1,
        emile,
    )
    assert steps.states(file) == dict.fromkeys(steps.CODES, State.TO_JUDGE) | {"URB-HEB-01": State.JUDGED}


def test_judging_again_replaces_the_verdict_of_the_round(file: Candidature, emile: User):
    steps.say(file, "ADM-02", emile)
    again = steps.say(file, "ADM-02", emile, Value.NOT_MET, motive="Sans signature.")
    assert Verdict.objects.count() == 1
    assert (again.value, again.edition) == (Value.NOT_MET, 2)


def test_a_stale_edition_is_a_conflict_that_gives_the_other_verdict(
    file: Candidature, emile: User, eva: User, sophie: User
):
    play.assign(file, eva, actor=sophie)
    judge(file, "ADM-02", value=Value.NOT_MET, motive="Sans signature.", edition=0, expert=eva)
    with pytest.raises(Conflict) as conflict:
        judge(file, "ADM-02", value=Value.MET, edition=0, expert=emile)
    assert conflict.value.current == Verdict.objects.get()
    assert (Verdict.objects.get().value, Verdict.objects.get().expert) == (Value.NOT_MET, eva)


def test_whoever_joined_the_team_since_the_assignment_judges_no_more(file: Candidature, emile: User):
    join(emile, file.organisation, profiles=[])
    with pytest.raises(Refused) as refused:
        judge(file, "ADM-02", value=Value.MET, edition=0, expert=emile)
    assert sentences(refused) == ["Vous faites partie de l'équipe de l'éditeur : vous ne pouvez pas l'évaluer."]
    assert Verdict.objects.count() == 0


def test_a_verdict_without_motive_is_not_recorded(file: Candidature, emile: User):
    with pytest.raises(Unfinished) as unfinished:
        judge(file, "ADM-02", value=Value.MAJOR_RESERVE, edition=0, expert=emile)
    assert unfinished.value.problems == {
        "motive": "Écrivez le motif : le verdict « Réserve majeure » doit être motivé."
    }
    assert Verdict.objects.count() == 0


def test_a_criterion_that_does_not_apply_is_not_judged(file: Candidature, emile: User):
    with pytest.raises(Refused) as refused:
        judge(file, "SEX-01", value=Value.MET, edition=0, expert=emile)
    assert sentences(refused) == ["SEX-01 : ce critère ne s'applique pas à ce service, il n'est pas à juger."]


def test_a_dispensed_criterion_is_not_judged(alice: User, sophie: User, emile: User, simple_version: Version):
    certified = play.SIMPLE | {"dispositif_medical": True, "dmn_certifie": True}
    file = play.assigned(alice, simple_version, sophie, emile, facts=certified)
    assert [line.code for line in grid(file).lines] == ["ADM-02", "ADM-04", "URB-HEB-01", "RGPD-FIN-04"]
    with pytest.raises(Refused):
        judge(file, "SEC-GOV-01", value=Value.MET, edition=0, expert=emile)


def test_the_milestones_of_the_tests_are_not_judged_here(file: Candidature):
    assert [line.code for line in grid(file).lines] == steps.CODES


def test_an_expert_judges_only_what_is_entrusted_to_them(file: Candidature, eva: User, sophie: User):
    play.assign(file, eva, actor=sophie, domains=["administratif"])
    steps.say(file, "ADM-02", eva)
    with pytest.raises(Refused) as refused:
        steps.say(file, "SEC-GOV-01", eva)
    assert sentences(refused) == ["SEC-GOV-01 : ce critère ne vous est pas confié."]


def test_an_expert_who_is_not_assigned_does_not_judge(file: Candidature, eva: User):
    with pytest.raises(Refused) as refused:
        steps.say(file, "ADM-02", eva)
    assert sentences(refused) == ["Vous n'êtes pas affecté à cette candidature."]


def test_verdicts_are_frozen_outside_the_evaluation(alice: User, sophie: User, emile: User, simple_version: Version):
    file = play.evaluated(alice, simple_version, sophie, emile)
    with pytest.raises(Refused) as refused:
        steps.say(file, "ADM-02", emile)
    assert sentences(refused) == ["La candidature est à l'étape « Évaluée » : les verdicts sont figés."]


def test_the_next_criterion_goes_round_to_the_first_one_left(file: Candidature, emile: User, eva: User, sophie: User):
    play.assign(file, eva, actor=sophie, domains=["administratif"])
    steps.say(file, "SEC-GOV-01", emile)
    whole = grid(file)
    lead, expert = whole.assignment_of(emile), whole.assignment_of(eva)
    following = [next_left(whole, lead, code) for code in ("", "ADM-02", "ADM-04", "RGPD-FIN-04")]
    assert [line.code for line in following if line] == ["ADM-02", "ADM-04", "URB-HEB-01", "ADM-02"]
    assert next_left(whole, expert, "ADM-04") == whole.line("ADM-02")
    assert next_left(whole, None, "") is None
    play.judge_all(file, emile)
    assert next_left(grid(file), lead, "ADM-02") is None


def test_the_database_itself_refuses_a_verdict_without_motive(file: Candidature, emile: User):
    steps.say(file, "ADM-02", emile)
    with pytest.raises(IntegrityError, match="verdict_has_motive"), transaction.atomic():
        Verdict.objects.update(value=Value.NOT_MET)
    with pytest.raises(IntegrityError, match="verdict_complement_says_what"), transaction.atomic():
        Verdict.objects.update(value=Value.COMPLEMENT_NEEDED, motive="x")
    with pytest.raises(IntegrityError, match="verdict_value_known"), transaction.atomic():
        Verdict.objects.update(value="perhaps", motive="x")
