"""Déport: immediate, final, and of consequence for the quorum and the vote."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.services import give_role
from commission import agenda, members, recusals, seances, seating, voting
from commission.kinds import Choice
from commission.models import Member
from evaluation.assignments import unassign
from evaluation.grid import grid
from evaluation.judging import judge
from evaluation.values import Value
from journal.models import Event
from referencing import access, door
from referencing.door import Refused
from referencing.kinds import ActKind
from tests import play, sittings

MOTIVE = "Mon employeur édite un service concurrent."


def test_a_member_who_withdraws_reads_the_candidature_no_more(item, nine, evaluated):
    assert access.may(nine[2].user, "read", evaluated)
    recusals.declare_recusal(item, nine[2], motive=MOTIVE, actor=nine[2].user)
    assert list(access.visible_to(nine[2].user)) == []
    assert not access.may(type(nine[2].user).objects.get(pk=nine[2].user.pk), "read", evaluated)
    assert access.may(nine[3].user, "read", evaluated)


def test_a_member_withdraws_as_soon_as_convened(convened, nine):
    recusal = recusals.declare_recusal(convened.items.get(), nine[2], motive=f" {MOTIVE} ", actor=nine[2].user)
    assert (recusal.motive, recusal.declared_by) == (MOTIVE, nine[2].user)


def test_the_secretary_writes_down_a_deport_said_aloud(item, nine, simone):
    assert recusals.declare_recusal(item, nine[2], motive=MOTIVE, actor=simone).declared_by == simone


@pytest.mark.parametrize("who", ["sophie", "alice"])
def test_nobody_else_withdraws_a_member(item, nine, who, request):
    with pytest.raises(Refused, match="déclaré par le membre lui-même ou noté par le secrétariat"):
        recusals.declare_recusal(item, nine[2], motive=MOTIVE, actor=request.getfixturevalue(who))


def test_another_member_does_not_withdraw_a_member(item, nine):
    with pytest.raises(Refused, match="déclaré par le membre lui-même"):
        recusals.declare_recusal(item, nine[2], motive=MOTIVE, actor=nine[3].user)


def test_a_deport_says_which_interest(item, nine):
    with pytest.raises(Refused, match="Dites en une phrase quel intérêt"):
        recusals.declare_recusal(item, nine[2], motive="  ", actor=nine[2].user)


def test_one_withdraws_once(item, nine):
    recusals.declare_recusal(item, nine[2], motive=MOTIVE, actor=nine[2].user)
    with pytest.raises(Refused, match="Le déport de Chloé Membre est déjà enregistré"):
        recusals.declare_recusal(item, nine[2], motive=MOTIVE, actor=nine[2].user)


def test_whoever_has_voted_withdraws_no_more(item, nine, simone):
    poll = voting.open_poll(item, proposition="favourable", actor=simone)
    voting.cast(poll, nine[2], Choice.FOR, actor=nine[2].user)
    with pytest.raises(Refused, match="Chloé Membre a déjà pris part à un vote"):
        recusals.declare_recusal(item, nine[2], motive=MOTIVE, actor=nine[2].user)


def test_whoever_voted_for_another_has_taken_part_too(item, nine, simone):
    poll = voting.open_poll(item, proposition="favourable", actor=simone)
    voting.cast(poll, nine[6], Choice.FOR, actor=nine[0].user)
    with pytest.raises(Refused, match="Agnès Membre a déjà pris part à un vote"):
        recusals.declare_recusal(item, nine[0], motive=MOTIVE, actor=nine[0].user)


def test_a_deport_takes_the_mandate_with_it(item, nine):
    before = seating.quorum_of(item.seance, seating.seated(item.seance), seating.recused_from(item))
    recusals.declare_recusal(item, nine[0], motive=MOTIVE, actor=nine[0].user)
    after = seating.quorum_of(item.seance, seating.seated(item.seance), seating.recused_from(item))
    assert (before.counted, after.counted) == (7, 5)


def test_a_president_who_withdraws_breaks_no_tie(item, nine, simone):
    recusals.declare_recusal(item, nine[0], motive=MOTIVE, actor=nine[0].user)
    poll = voting.open_poll(item, proposition="favourable", actor=simone)
    assert poll.presiding is None
    for rank, choice in ((1, Choice.FOR), (2, Choice.AGAINST)):
        voting.cast(poll, nine[rank], choice, actor=nine[rank].user)
    assert voting.close_poll(poll, actor=simone).result["by"] == "tie"


def test_the_journal_names_the_seat_not_the_interest(item, nine, evaluated):
    recusals.declare_recusal(item, nine[2], motive=MOTIVE, actor=nine[2].user)
    event = Event.objects.about(item.seance.subject).get(kind="seance.recusal")
    assert event.data == {"item": evaluated.reference, "seat": "citizen_1"}


def test_an_item_already_settled_leaves_nothing_to_withdraw_from(item, nine, simone):
    sittings.voted(item, "PPPPPPP", secretary=simone)
    sittings.concluded(item, secretary=simone)
    with pytest.raises(Refused, match="Ce point n'est plus à examiner"):
        recusals.declare_recusal(item, nine[2], motive=MOTIVE, actor=nine[2].user)


def renewed(member, *, until):
    """End a mandate that day and give the same person the same seat from the next."""
    Member.objects.filter(pk=member.pk).update(mandate_to=until)
    return members.appoint(
        member.user,
        member.seat,
        title=member.title,
        mandate_from=until + timedelta(days=1),
        mandate_to=until + timedelta(days=800),
    )


def test_a_deport_outlives_the_mandate_under_which_it_was_declared(item, nine, evaluated, sophie, simone):
    recusals.declare_recusal(item, nine[2], motive=MOTIVE, actor=nine[2].user)
    agenda.adjourn_item(item, actor=simone, motive="Pièce attendue.")
    evaluated.refresh_from_db()
    again = renewed(nine[2], until=timezone.localdate())
    seance = sittings.planned(simone, at=timezone.now() + timedelta(days=10))
    later = agenda.put_on_agenda(seance, evaluated, actor=sophie)
    assert list(later.recusals.values_list("member", "motive", "declared_by")) == [(again.pk, MOTIVE, nine[2].user.pk)]
    assert list(access.visible_to(nine[2].user)) == []
    seances.convene(seance, actor=simone)
    assert seating.recused_from(later) == {again.pk}
    assert list(access.visible_to(nine[2].user)) == []


def test_a_deport_is_carried_to_a_mandate_renewed_between_the_agenda_and_the_convocation(
    item, nine, evaluated, sophie, simone
):
    recusals.declare_recusal(item, nine[2], motive=MOTIVE, actor=nine[2].user)
    agenda.adjourn_item(item, actor=simone, motive="Pièce attendue.")
    evaluated.refresh_from_db()
    seance = sittings.planned(simone, at=timezone.now() + timedelta(days=10))
    later = agenda.put_on_agenda(seance, evaluated, actor=sophie)
    again = renewed(nine[2], until=timezone.localdate())
    seances.convene(seance, actor=simone)
    assert again.pk in seating.recused_from(later)
    assert list(access.visible_to(nine[2].user)) == []


@pytest.fixture
def judged_by_a_member(nine, alice, simple_version, sophie):
    """Evaluated, and one of its experts sits in the commission."""
    candidature = play.in_evaluation(alice, simple_version, sophie)
    give_role(nine[3].user, Role.EXPERT)
    play.assign(candidature, nine[3].user, actor=sophie)
    first = grid(candidature).lines[0]
    judge(candidature, first.code, value=Value.MET, motive="", edition=first.edition, expert=nine[3].user)
    evaluated = door.move(candidature, "conclude_evaluation", actor=sophie, payload=sittings.REPORT)
    door.file_act(evaluated, ActKind.DOSSIER, actor=None, payload=sittings.DOSSIER)
    return evaluated


def test_an_expert_of_the_file_is_withdrawn_from_it_as_a_member(judged_by_a_member, nine, sophie, simone):
    seance = sittings.convened([judged_by_a_member], support=sophie, secretary=simone)
    item = seance.items.get()
    assert list(item.recusals.values_list("member", "motive", "declared_by")) == [
        (nine[3].pk, "Évaluateur de ce dossier.", sophie.pk)
    ]
    event = Event.objects.about(seance.subject).get(kind="seance.recusal")
    assert event.data == {"item": judged_by_a_member.reference, "seat": "citizen_2"}
    sittings.roll(seance, nine, "P P P P P P P P P", secretary=simone)
    sittings.opened(seance, nine[0], secretary=simone)
    poll = voting.open_poll(sittings.examined(seance, secretary=simone), proposition="favourable", actor=simone)
    with pytest.raises(Refused, match="déport"):
        voting.cast(poll, nine[3], Choice.FOR, actor=nine[3].user)


def test_an_expert_taken_off_the_file_after_judging_it_does_not_vote_on_it(judged_by_a_member, nine, sophie, simone):
    unassign(judged_by_a_member.assignments.get(), actor=sophie)
    item = agenda.put_on_agenda(sittings.planned(simone), judged_by_a_member, actor=sophie)
    assert seating.recused_from(item) == {nine[3].pk}
    assert list(access.visible_to(nine[3].user)) == []


def test_an_expert_who_is_a_member_keeps_reading_what_they_evaluate(judged_by_a_member, nine, sophie, simone):
    item = agenda.put_on_agenda(sittings.planned(simone), judged_by_a_member, actor=sophie)
    agenda.adjourn_item(item, actor=simone, motive="Pièce attendue.")
    expert = nine[3].user
    assert list(access.visible_to(expert)) == [judged_by_a_member]
    judged_by_a_member.refresh_from_db()
    agenda.put_on_agenda(sittings.planned(simone), judged_by_a_member, actor=sophie)
    Member.objects.filter(pk=nine[3].pk).update(mandate_to=timezone.localdate() - timedelta(days=1))
    assert members.close_ended_mandates(timezone.localdate()) == 1
    assert list(access.visible_to(expert)) == [judged_by_a_member]
    assert access.may(User.objects.get(pk=expert.pk), "judge", judged_by_a_member)


def test_no_global_right_is_given_by_a_seat(nine):
    assert access.global_roles(nine[0].user) == []
    assert nine[0].user.groups.filter(name=Role.MEMBER.value).exists()
