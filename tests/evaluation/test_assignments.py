"""Assigning experts: the row, the rights that follow it, and who may not be."""

import pytest

from accounts.models import User
from accounts.roles import Role
from accounts.services import give_role
from evaluation.assignments import assign, available_experts, unassign
from evaluation.grid import grid
from evaluation.models import Assignment
from journal.models import Event
from questionnaires.models import Version
from referencing import access
from referencing.door import Refused
from referencing.models import Candidature
from tests import play


@pytest.fixture
def bare(alice: User, sophie: User, simple_version: Version) -> Candidature:
    """In evaluation, without any expert."""
    return play.in_evaluation(alice, simple_version, sophie)


def rights(user: User, candidature: Candidature) -> list[str]:
    fresh = User.objects.get(pk=user.pk)
    asked = ("read", "judge", "read_evaluation", "request_complements", "write_report", "assign")
    return [right for right in asked if access.may(fresh, right, candidature)]


def why(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.sentence for refusal in refused.value.refusals]


def test_an_expert_may_read_and_judge_as_soon_as_assigned(bare: Candidature, eva: User, sophie: User):
    assert rights(eva, bare) == []
    assign(bare, eva, actor=sophie, questionnaires=["demande"])
    assert rights(eva, bare) == ["read", "judge", "read_evaluation"]
    event = Event.objects.get(kind="evaluation.assigned")
    assert (event.subject, event.actor) == (bare.reference, sophie)
    assert event.data == {"expert": eva.pk, "lead": False, "questionnaires": ["demande"]}


def test_the_lead_may_also_write_the_report_and_ask_for_complements(bare: Candidature, emile: User, sophie: User):
    assign(bare, emile, actor=sophie, lead=True)
    assert rights(emile, bare) == ["read", "judge", "read_evaluation", "request_complements", "write_report"]


def test_a_new_lead_takes_the_place_of_the_former_who_stays_an_expert(
    file: Candidature, emile: User, eva: User, sophie: User
):
    assign(file, eva, actor=sophie, lead=True)
    assert [(one.expert, one.is_lead) for one in grid(file).assignments] == [(eva, True), (emile, False)]
    assert rights(emile, file) == ["read", "judge", "read_evaluation"]
    assert rights(eva, file) == ["read", "judge", "read_evaluation", "request_complements", "write_report"]


def test_assigning_again_changes_what_an_expert_judges(bare: Candidature, eva: User, sophie: User):
    assign(bare, eva, actor=sophie, questionnaires=["demande"])
    assign(bare, eva, actor=sophie, questionnaires=["securite", "securite"])
    assert Assignment.objects.get().questionnaires == ["securite"]


def test_taking_an_expert_off_takes_every_right_at_once_and_keeps_the_verdicts(
    file: Candidature, emile: User, sophie: User
):
    play.judge_all(file, emile)
    unassign(Assignment.objects.get(), actor=sophie)
    assert rights(emile, file) == []
    assert list(access.visible_to(User.objects.get(pk=emile.pk))) == []
    assert file.verdicts.count() == 5
    assert Event.objects.get(kind="evaluation.unassigned").data == {"expert": emile.pk}


def test_only_support_assigns(file: Candidature, emile: User, eva: User):
    with pytest.raises(Refused) as refused:
        assign(file, eva, actor=emile)
    assert why(refused) == ["L'affectation des experts revient au support."]
    with pytest.raises(Refused):
        unassign(Assignment.objects.get(), actor=emile)
    assert Assignment.objects.count() == 1


def test_only_an_active_person_of_the_pool_is_assigned(bare: Candidature, charlie: User, eva: User, sophie: User):
    eva.is_active = False
    for person in (charlie, eva):
        with pytest.raises(Refused) as refused:
            assign(bare, person, actor=sophie)
        assert why(refused) == [f"{person} ne fait pas partie des experts évaluateurs."]


def test_a_member_of_the_editors_team_is_never_assigned(bare: Candidature, bob: User, sophie: User):
    give_role(bob, Role.EXPERT)
    with pytest.raises(Refused) as refused:
        assign(bare, bob, actor=sophie)
    assert why(refused) == ["Bob Durand fait partie de l'équipe de l'éditeur : cette personne ne peut pas l'évaluer."]


def test_it_refuses_a_questionnaire_that_is_not_judged(bare: Candidature, eva: User, sophie: User):
    with pytest.raises(Refused) as refused:
        assign(bare, eva, actor=sophie, questionnaires=["demande", "tests", "rien"])
    assert why(refused) == ["Questionnaire inconnu de ce référentiel : rien, tests."]


def test_nobody_is_assigned_before_the_file_is_admitted(alice: User, eva: User, sophie: User, simple_version: Version):
    file = play.submitted(alice, simple_version)
    with pytest.raises(Refused) as refused:
        assign(file, eva, actor=sophie)
    assert why(refused) == ["On n'affecte des experts que pendant l'évaluation."]


def test_the_least_loaded_experts_come_first_and_the_recused_are_marked(
    file: Candidature, bob: User, emile: User, eva: User
):
    give_role(bob, Role.EXPERT)
    found = [(one.expert, one.files, one.is_recused) for one in available_experts(file)]
    assert found == [(bob, 0, True), (eva, 0, False), (emile, 1, False)]
