"""Announcing, giving a mandate, calling the roll."""

import pytest
from django.db import IntegrityError, transaction

from commission import attendance
from commission.attendance import Entry
from commission.kinds import Mode
from commission.models import Presence
from journal.models import Event
from referencing.door import Refused
from tests import sittings


def modes(seance) -> list[str]:
    return list(seance.presences.values_list("mode", flat=True))


def test_a_member_announces_how_they_take_part(convened, nine):
    presence = attendance.announce(convened, actor=nine[3].user, mode=Mode.REMOTE)
    assert (presence.mode, presence.holder, presence.noted_at) == (Mode.REMOTE, None, None)


def test_a_member_gives_one_mandate_and_may_take_it_back(convened, nine):
    given = attendance.announce(convened, actor=nine[3].user, mode=Mode.REPRESENTED, holder=nine[0])
    assert given.holder == nine[0]
    taken_back = attendance.announce(convened, actor=nine[3].user, mode=Mode.PRESENT, holder=nine[0])
    assert (taken_back.mode, taken_back.holder) == (Mode.PRESENT, None)


def test_nobody_holds_two_mandates(convened, nine):
    attendance.announce(convened, actor=nine[3].user, mode=Mode.REPRESENTED, holder=nine[0])
    with pytest.raises(Refused, match="Agnès Membre détient déjà un mandat"):
        attendance.announce(convened, actor=nine[4].user, mode=Mode.REPRESENTED, holder=nine[0])


def test_the_database_too_refuses_two_mandates_on_one_holder(convened, nine):
    attendance.announce(convened, actor=nine[3].user, mode=Mode.REPRESENTED, holder=nine[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Presence.objects.filter(member=nine[4]).update(mode=Mode.REPRESENTED, holder=nine[0])


@pytest.mark.parametrize("holder", [None, 3])
def test_a_mandate_names_another_member(convened, nine, holder):
    with pytest.raises(Refused, match="Choisissez le membre à qui vous donnez mandat"):
        attendance.announce(
            convened, actor=nine[3].user, mode=Mode.REPRESENTED, holder=None if holder is None else nine[holder]
        )


def test_a_mandate_is_not_given_to_somebody_who_will_not_be_there(convened, nine):
    attendance.announce(convened, actor=nine[0].user, mode=Mode.EXCUSED)
    with pytest.raises(Refused, match="Agnès Membre ne sera pas en séance"):
        attendance.announce(convened, actor=nine[3].user, mode=Mode.REPRESENTED, holder=nine[0])


def test_absence_is_noted_never_announced(convened, nine):
    with pytest.raises(Refused, match="Choisissez comment vous participez"):
        attendance.announce(convened, actor=nine[3].user, mode=Mode.ABSENT)


@pytest.mark.parametrize("who", ["alice", "simone", "sophie"])
def test_nobody_else_announces_anything(convened, who, request):
    with pytest.raises(Refused, match="Vous n'êtes pas convoqué à cette séance"):
        attendance.announce(convened, actor=request.getfixturevalue(who), mode=Mode.PRESENT)


def test_once_the_seance_is_open_only_the_roll_counts(running, nine):
    with pytest.raises(Refused, match="La séance est « ouverte »"):
        attendance.announce(running, actor=nine[3].user, mode=Mode.EXCUSED)


def test_the_roll_replaces_what_was_announced_and_gives_the_quorum(convened, nine, simone):
    attendance.announce(convened, actor=nine[3].user, mode=Mode.REPRESENTED, holder=nine[0])
    attendance.announce(convened, actor=nine[4].user, mode=Mode.REPRESENTED, holder=nine[1])
    sittings.roll(convened, nine, "P P P M2 M1 D E A A", secretary=simone)
    assert modes(convened) == ["present"] * 3 + ["represented"] * 2 + ["remote", "excused", "absent", "absent"]
    event = Event.objects.about(convened.subject).get(kind="seance.presence")
    assert event.data == {"attending": 4, "represented": 2, "quorum": True}


def test_the_roll_forgets_nobody(convened, nine, simone):
    roll = {member.pk: Entry(Mode.PRESENT) for member in nine[:7]}
    with pytest.raises(Refused, match="Notez la participation de Hugo Membre, Inès Membre"):
        attendance.call_roll(convened, roll, actor=simone)
    assert set(modes(convened)) == {"unanswered"}


def test_the_roll_refuses_two_mandates_on_one_holder(convened, nine, simone):
    with pytest.raises(Refused, match="Agnès Membre détient déjà le mandat de Brice Membre"):
        sittings.roll(convened, nine, "P M1 M1 P P P P P P", secretary=simone)


def test_only_a_member_ex_officio_is_substituted(convened, nine, simone):
    roll = {member.pk: Entry(Mode.PRESENT) for member in nine}
    roll[nine[0].pk] = Entry(Mode.PRESENT, substitute="Luc Bel, adjoint")
    attendance.call_roll(convened, roll, actor=simone)
    assert convened.presences.get(member=nine[0]).substitute == "Luc Bel, adjoint"
    roll[nine[5].pk] = Entry(Mode.PRESENT, substitute="Nora Oz")
    with pytest.raises(Refused, match="Farid Membre ne siège pas en raison d'une fonction et ne peut pas être suppléé"):
        attendance.call_roll(convened, roll, actor=simone)


def test_only_the_secretary_calls_the_roll(convened, nine, sophie):
    with pytest.raises(Refused, match="Cette action revient à : secrétaire de séance"):
        sittings.roll(convened, nine, "P P P P P P P P P", secretary=sophie)


def test_the_roll_is_called_again_when_somebody_leaves(running, nine, simone):
    sittings.roll(running, nine, "P P P P E D M1 E A", secretary=simone)
    assert modes(running)[4] == "excused"
