"""What the law keeps true of every room, drawn at random: quorum, déport, mandates."""

from hypothesis import given
from hypothesis import strategies as st

from commission.kinds import ATTENDING, Mode
from commission.law import Rules, Seated, mandate_problems, quorum, standing, taking_part

RULES = Rules(seats=9)


@st.composite
def commissions(draw: st.DrawFn) -> tuple[list[Seated], set[int]]:
    """Any room: nine seats or fewer, any mode, mandates to anybody, any recusals."""
    size = draw(st.integers(1, 9))
    members = []
    for rank in range(1, size + 1):
        mode = draw(st.sampled_from(list(Mode)))
        holder = draw(st.integers(1, size)) if mode == Mode.REPRESENTED else None
        members.append(Seated(rank, f"Membre {rank}", mode, holder=holder))
    return members, draw(st.sets(st.integers(1, size)))


@given(commissions(), st.booleans())
def test_without_a_second_call_the_quorum_is_never_reached_below_half(room, recused_count):
    members, recused = room
    found = quorum(members, Rules(seats=9, recused_in_quorum=recused_count), recused=recused)
    assert found.reached == (found.counted * 2 >= 9)


@given(commissions())
def test_whoever_withdraws_is_counted_nowhere_and_carries_no_voice(room):
    members, recused = room
    assert recused.isdisjoint(member.id for member in taking_part(members, recused))
    for member in members:
        carried = standing(member.id, members, recused).carries
        assert recused.isdisjoint(carried)
        assert not (member.id in recused and carried)


@given(commissions(), st.randoms(use_true_random=False))
def test_the_order_of_the_members_changes_nothing(room, chance):
    members, recused = room
    shuffled = chance.sample(members, len(members))
    assert quorum(shuffled, RULES, recused=recused) == quorum(members, RULES, recused=recused)
    assert [standing(m.id, shuffled, recused) for m in members if m.mode != Mode.PRESENT] == [
        standing(m.id, members, recused) for m in members if m.mode != Mode.PRESENT
    ] or mandate_problems(members)


@given(commissions())
def test_a_withdrawal_never_helps_the_quorum(room):
    members, recused = room
    assert quorum(members, RULES, recused=recused).counted <= quorum(members, RULES).counted


@given(commissions())
def test_in_a_sound_room_each_voice_is_carried_once(room):
    members, recused = room
    if mandate_problems(members):
        return
    carried = [voice for member in members for voice in standing(member.id, members, recused).carries]
    assert sorted(carried) == sorted(member.id for member in taking_part(members, recused))


@given(commissions())
def test_only_those_who_attend_hand_in_ballots(room):
    members, recused = room
    handing = [member for member in members if standing(member.id, members, recused).may_vote]
    assert all(member.mode in ATTENDING for member in handing)
