"""Assigning experts: the row, the rights that follow it, and who may not be."""

import pytest

from accounts.models import User
from accounts.roles import Role
from accounts.services import give_role
from evaluation.assignments import propose, unassign
from evaluation.grid import grid
from evaluation.invitations import accept
from evaluation.models import Assignment, ExpertProfile
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


def test_a_proposition_opens_nothing_and_accepting_opens_the_file(bare: Candidature, eva: User, sophie: User):
    made = propose(bare, eva, actor=sophie, domains=["administratif"])
    assert (made.is_active, made.size, rights(eva, bare)) == (False, 2, [])
    event = Event.objects.get(kind="evaluation.proposed")
    assert (event.subject, event.actor) == (bare.reference, sophie)
    assert event.data == {"expert": eva.pk, "lead": False, "domains": ["administratif"], "criteria": []}
    accept(made)
    assert rights(eva, bare) == ["read", "judge", "read_evaluation"]


def test_the_lead_may_also_write_the_report_and_ask_for_complements(bare: Candidature, emile: User, sophie: User):
    play.assign(bare, emile, actor=sophie, lead=True)
    assert rights(emile, bare) == ["read", "judge", "read_evaluation", "request_complements", "write_report"]


def test_a_new_lead_takes_the_place_of_the_former_who_stays_an_expert(
    file: Candidature, emile: User, eva: User, sophie: User
):
    play.assign(file, eva, actor=sophie, lead=True)
    assert [(one.expert, one.is_lead) for one in grid(file).assignments] == [(eva, True), (emile, False)]
    assert rights(emile, file) == ["read", "judge", "read_evaluation"]
    assert rights(eva, file) == ["read", "judge", "read_evaluation", "request_complements", "write_report"]


def test_assigning_again_changes_what_an_expert_judges(bare: Candidature, eva: User, sophie: User):
    play.assign(bare, eva, actor=sophie, domains=["administratif"])
    play.assign(bare, eva, actor=sophie, domains=["securite", "securite"], criteria=["ADM-04", "ADM-02"])
    one = Assignment.objects.get()
    assert (one.domains, one.criteria, one.size, one.is_active) == (["securite"], ["ADM-02", "ADM-04"], 3, True)
    assert [line.code for line in grid(bare).entrusted_to(one)] == ["ADM-02", "ADM-04", "SEC-GOV-01"]


def test_writing_the_same_thing_again_tells_nobody(bare: Candidature, eva: User, sophie: User):
    for _ in range(2):
        propose(bare, eva, actor=sophie, domains=["administratif"])
    assert Event.objects.filter(kind__startswith="evaluation.").count() == 1


def test_a_lead_who_has_not_accepted_takes_nobodys_place(file: Candidature, emile: User, eva: User, sophie: User):
    made = propose(file, eva, actor=sophie, lead=True)
    assert "write_report" in rights(emile, file)
    accept(made)
    assert "write_report" not in rights(emile, file)
    assert "write_report" in rights(eva, file)


def test_taking_an_expert_off_takes_every_right_at_once_and_keeps_the_verdicts(
    file: Candidature, emile: User, sophie: User
):
    play.judge_all(file, emile)
    unassign(Assignment.objects.get(), actor=sophie)
    assert rights(emile, file) == []
    assert list(access.visible_to(User.objects.get(pk=emile.pk))) == []
    assert file.verdicts.count() == 5
    assert Event.objects.get(kind="evaluation.unassigned").data == {"expert": emile.pk, "was_active": True}


def test_only_support_assigns(file: Candidature, emile: User, eva: User):
    with pytest.raises(Refused) as refused:
        propose(file, eva, actor=emile)
    assert why(refused) == ["L'affectation des experts revient au support."]
    with pytest.raises(Refused):
        unassign(Assignment.objects.get(), actor=emile)
    assert Assignment.objects.count() == 1


def test_only_an_active_person_of_the_pool_is_assigned(bare: Candidature, charlie: User, eva: User, sophie: User):
    eva.is_active = False
    for person in (charlie, eva):
        with pytest.raises(Refused) as refused:
            propose(bare, person, actor=sophie)
        assert why(refused) == [f"{person} ne fait pas partie des experts évaluateurs."]


def test_a_member_of_the_editors_team_is_never_assigned(bare: Candidature, bob: User, sophie: User):
    give_role(bob, Role.EXPERT)
    with pytest.raises(Refused) as refused:
        propose(bare, bob, actor=sophie, motive="Il n'y a personne d'autre.")
    sentence = "Bob Durand ne peut pas évaluer cette candidature. Fait partie de l'équipe de l'éditeur."
    assert why(refused) == [sentence]


def test_a_possible_conflict_asks_for_a_motive_and_keeps_it(bare: Candidature, eva: User, sophie: User):
    ExpertProfile.objects.create(user=eva, employer="Glyco")
    with pytest.raises(Refused) as refused:
        propose(bare, eva, actor=sophie)
    assert why(refused) == [
        "Eva Noël : conflit d'intérêts possible. Son employeur, « Glyco », porte un nom proche de celui de l'éditeur. "
        "Écrivez le motif qui permet de passer outre."
    ]
    assert propose(bare, eva, actor=sophie, motive=" Homonyme. ").motive == "Homonyme."


def test_whoever_reads_every_file_by_another_office_is_not_asked(bare: Candidature, eva: User, sophie: User):
    give_role(eva, Role.AUDITOR)
    with pytest.raises(Refused) as refused:
        propose(bare, eva, actor=sophie)
    assert "par une autre fonction (auditeur)" in why(refused)[0]


def test_it_refuses_what_is_not_judged(bare: Candidature, eva: User, sophie: User):
    with pytest.raises(Refused) as refused:
        propose(bare, eva, actor=sophie, domains=["securite", "rien"], criteria=["ADM-02", "TST-01", "X"])
    assert why(refused) == ["Domaine inconnu : rien.", "Critère inconnu de ce référentiel : TST-01, X."]


def test_nobody_is_assigned_before_the_file_is_admitted(alice: User, eva: User, sophie: User, simple_version: Version):
    file = play.submitted(alice, simple_version)
    with pytest.raises(Refused) as refused:
        play.assign(file, eva, actor=sophie)
    assert why(refused) == ["On n'affecte des experts que pendant l'évaluation."]
