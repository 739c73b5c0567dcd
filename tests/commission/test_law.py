"""The law of the commission, on plain values, case by case."""

from datetime import date

import pytest

from commission.kinds import Mode
from commission.law import (
    Rules,
    Seated,
    collected_by_secretary,
    convocation_problems,
    half,
    mandate_problems,
    proposition_problems,
    quorum,
    standing,
)

RULES = Rules(seats=9)


def table(*modes: str) -> list[Seated]:
    """Make the members of a séance: "P" in the room, "D" at a distance, "A" absent, "M3" mandate to member 3."""
    known = {"P": Mode.PRESENT, "D": Mode.REMOTE, "A": Mode.ABSENT, "E": Mode.EXCUSED, "?": Mode.UNANSWERED}
    return [
        Seated(
            rank,
            f"Membre {rank}",
            Mode.REPRESENTED if code[0] == "M" else known[code],
            holder=int(code[1:]) if code[0] == "M" else None,
        )
        for rank, code in enumerate(modes, start=1)
    ]


@pytest.mark.parametrize(("seats", "required"), [(1, 1), (2, 1), (8, 4), (9, 5), (10, 5), (11, 6)])
def test_half_of_the_seats_is_rounded_up(seats, required):
    assert half(seats) == required


@pytest.mark.parametrize(
    ("modes", "reached", "sentence"),
    [
        ("P P P P P A A A A", True, "Quorum atteint : 5 membres présents ou représentés sur 9 ; il en faut 5."),
        ("P P P P A A A A A", False, "Quorum non atteint : 4 membres présents ou représentés sur 9 ; il en faut 5."),
        ("P A A A A A A A A", False, "Quorum non atteint : 1 membre présent ou représenté sur 9 ; il en faut 5."),
        ("P D D P P A A A A", True, "Quorum atteint : 5 membres présents ou représentés sur 9 ; il en faut 5."),
        ("P P P M1 M2 M3 A A A", True, "Quorum atteint : 6 membres présents ou représentés sur 9 ; il en faut 5."),
        # A mandate given to somebody who is not there cannot be exercised.
        ("P P P P M6 A A A A", False, "Quorum non atteint : 4 membres présents ou représentés sur 9 ; il en faut 5."),
        ("? ? ? ? ? ? ? ? ?", False, "Quorum non atteint : 0 membre présent ou représenté sur 9 ; il en faut 5."),
    ],
)
def test_the_quorum_is_half_of_the_seats_present_or_represented(modes, reached, sentence):
    found = quorum(table(*modes.split()), RULES)
    assert (found.reached, found.sentence) == (reached, sentence)


def test_a_vacant_seat_still_counts_in_the_base():
    found = quorum(table("P", "P", "P", "P"), RULES)
    assert (found.reached, found.counted, found.required, found.seats) == (False, 4, 5, 9)


def test_a_member_who_withdraws_is_not_counted_on_the_item():
    found = quorum(table("P", "P", "P", "P", "P", "A", "A", "A", "A"), RULES, recused={1})
    assert found.sentence == (
        "Quorum non atteint : 4 membres présents ou représentés sur 9, 1 déport non compté ; il en faut 5."
    )


def test_the_mandate_held_by_a_member_who_withdraws_is_without_effect():
    found = quorum(table("P", "P", "P", "P", "M1", "A", "A", "A", "A"), RULES, recused={1})
    assert (found.reached, found.counted) == (False, 3)


def test_a_setting_lets_those_who_withdraw_count_as_present():
    rules = Rules(seats=9, recused_in_quorum=True)
    found = quorum(table("P", "P", "P", "P", "M1", "A", "A", "A", "A"), rules, recused={1})
    assert (found.reached, found.counted) == (True, 5)


def test_a_second_convocation_asks_no_quorum_and_says_so():
    found = quorum(table("P", "A", "A", "A", "A", "A", "A", "A", "A"), RULES, second_call=True)
    assert found.reached
    assert found.sentence == (
        "Seconde convocation : aucun quorum n'est exigé (CRPA, art. R. 133-10) ; 1 membre présent ou représenté sur 9."
    )


def test_a_second_convocation_to_which_nobody_came_deliberates_nothing():
    assert not quorum(table("A", "A", "A"), RULES, second_call=True).reached


SUBSTITUTED = [
    Seated(1, "Ana Roy", Mode.PRESENT, substitute="Luc Bel, adjoint", ex_officio=True),
    Seated(2, "Bea Sol", Mode.PRESENT),
    Seated(3, "Cid Val", Mode.REPRESENTED, holder=1),
]


@pytest.mark.parametrize(
    ("person", "modes", "recused", "carries", "sentence"),
    [
        (1, "P P P", (), (1,), "Vous êtes en salle : vous pouvez voter."),
        (2, "P D P", (), (2,), "Vous participez à distance : vous pouvez voter."),
        (1, "P M1 P", (), (1, 2), "Vous êtes en salle : vous pouvez voter, et vous portez la voix de Membre 2."),
        (
            1,
            "P M1 P",
            (2,),
            (1,),
            "Vous êtes en salle : vous pouvez voter. Membre 2, qui vous a donné mandat, s'est déporté de ce point.",
        ),
        (2, "P M1 P", (), (), "Vous avez donné mandat à Membre 1, qui vote en votre nom."),
        (
            2,
            "P M1 P",
            (1,),
            (),
            "Membre 1, à qui vous avez donné mandat, s'est déporté : votre voix n'est pas portée sur ce point.",
        ),
        (
            2,
            "A M1 P",
            (),
            (),
            "Membre 1, à qui vous avez donné mandat, n'est pas en séance : votre voix n'est pas portée.",
        ),
        (
            1,
            "P M1 P",
            (1,),
            (),
            "Vous vous êtes déporté : vous ne participez ni au débat ni au vote (CRPA, art. R. 133-12).",
        ),
        (
            2,
            "P M1 P",
            (1, 2),
            (),
            "Vous vous êtes déporté : vous ne participez ni au débat ni au vote (CRPA, art. R. 133-12).",
        ),
        (1, "? P P", (), (), "Votre présence n'est pas notée : signalez-vous au secrétariat pour voter."),
        (1, "E P P", (), (), "Votre présence n'est pas notée : signalez-vous au secrétariat pour voter."),
        (9, "P P P", (), (), "Vous ne siégez pas à cette séance."),
    ],
)
def test_each_member_is_told_for_whom_they_may_vote_and_why(person, modes, recused, carries, sentence):
    found = standing(person, table(*modes.split()), recused)
    assert (found.carries, found.sentence) == (carries, sentence)
    assert found.may_vote == bool(carries)


def test_the_voice_of_a_substitute_is_collected_by_the_secretary_with_the_mandate_they_hold():
    assert standing(1, SUBSTITUTED).sentence == (
        "Vous êtes suppléé par Luc Bel, adjoint : le secrétariat recueille son vote en séance."
    )
    assert [member.id for member in collected_by_secretary(SUBSTITUTED)] == [1, 3]
    assert [member.id for member in collected_by_secretary(SUBSTITUTED, recused={1})] == []


@pytest.mark.parametrize(
    ("members", "problems"),
    [
        (table("P", "P", "M1"), []),
        (SUBSTITUTED, []),
        (
            table("P", "M1", "M1"),
            ["Membre 1 détient déjà le mandat de Membre 2 : nul ne peut en détenir plus d'un (CRPA, art. R. 133-9)."],
        ),
        (
            table("A", "M1"),
            ["Membre 2 a donné mandat à Membre 1, qui n'est pas en séance : le mandat ne peut pas s'exercer."],
        ),
        (
            table("P", "M1", "M2"),
            ["Membre 3 a donné mandat à Membre 2, qui n'est pas en séance : le mandat ne peut pas s'exercer."],
        ),
        (table("M1"), ["Indiquez à quel autre membre Membre 1 donne mandat (CRPA, art. R. 133-9)."]),
        (table("M7"), ["Indiquez à quel autre membre Membre 1 donne mandat (CRPA, art. R. 133-9)."]),
        (
            [Seated(1, "Ana Roy", Mode.PRESENT, substitute="Luc Bel")],
            ["Ana Roy ne siège pas en raison d'une fonction et ne peut pas être suppléé (CRPA, art. R. 133-3)."],
        ),
        (
            [
                Seated(1, "Ana Roy", Mode.REPRESENTED, holder=2, substitute="Luc Bel", ex_officio=True),
                Seated(2, "Bea Sol", Mode.PRESENT),
            ],
            ["Ana Roy est suppléé et ne peut pas donner mandat (CRPA, art. R. 133-9)."],
        ),
    ],
)
def test_mandates_and_substitutes_obey_the_code(members, problems):
    assert mandate_problems(members) == problems


MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("day", "items", "urgency", "problems"),
    [
        (date(2026, 3, 7), 2, "", 0),
        (date(2026, 3, 6), 2, "", 1),
        (date(2026, 3, 6), 2, "   ", 1),
        (date(2026, 3, 6), 2, "Alerte sanitaire", 0),
        (date(2026, 3, 2), 1, "Alerte sanitaire", 0),
        (date(2026, 3, 1), 1, "Alerte sanitaire", 1),
        (date(2026, 3, 20), 0, "", 1),
        (date(2026, 3, 3), 0, "", 2),
    ],
)
def test_a_convocation_leaves_five_days_before_unless_urgency_is_written(day, items, urgency, problems):
    assert len(convocation_problems(MONDAY, day, items=items, urgency=urgency, rules=RULES)) == problems


PLAIN, SUSPENSIVE = {"text": "Publier le schéma", "suspensive": False}, {"text": "Chiffrer", "suspensive": True}


@pytest.mark.parametrize(
    ("opinion", "reserves", "holds"),
    [
        ("favourable", [], True),
        ("favourable", [PLAIN], False),
        ("favourable_reserves", [], False),
        ("favourable_reserves", [PLAIN], True),
        ("favourable_reserves", [PLAIN, SUSPENSIVE], False),
        ("favourable_suspensive", [PLAIN], False),
        ("favourable_suspensive", [PLAIN, SUSPENSIVE], True),
        ("unfavourable", [], True),
        ("unfavourable", [SUSPENSIVE], False),
        ("perhaps", [], False),
    ],
)
def test_an_avis_and_its_reserves_must_agree(opinion, reserves, holds):
    assert (proposition_problems(opinion, reserves) == []) is holds
