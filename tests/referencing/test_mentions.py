"""Whom a message names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referencing.mentions import Named, find

TEAM = {1: "Alice Martin", 2: "Bob Durand", 3: "Alice Petit", 4: "Jean-Noël O'Hara", 5: "Zoé\u202e  Ñáñez"}


@pytest.mark.parametrize(
    ("text", "people", "unclear"),
    [
        ("Rien à dire.", [], []),
        ("@Alice Martin, peux-tu voir ?", [1], []),
        ("@alice MARTIN", [1], []),
        ("Voir avec @Bob", [2], []),
        ("@Bob Durand et @Alice Petit.", [2, 3], []),
        ("@Alice", [], ["Alice"]),
        ("@Martin", [], ["Martin"]),
        ("(@Bob) «@Jean-Noël O'Hara»", [2, 4], []),
        ("@Zoé ñáñez", [5], []),
        ("@Bob\u00a0Durand", [2], []),
        ("@Bobby", [], ["Bobby"]),
        ("Écrivez à bob@durand.fr ou à @ seul, @@Bob.", [], []),
        ("{{ user }} @Bob <b>@Bob</b>", [2], []),
    ],
)
def test_it_reads_the_names_after_an_at_sign(text: str, people: list[int], unclear: list[str]):
    assert find(text, TEAM) == Named(frozenset(people), tuple(unclear))


def test_two_people_of_the_same_name_are_both_named():
    assert find("@Alice Martin", {1: "Alice Martin", 2: "Alice Martin"}).people == {1, 2}


def test_a_team_of_nobody_names_nobody():
    assert find("@Alice Martin", {}) == Named(frozenset(), ("Alice",))


@given(st.text(), st.dictionaries(st.integers(), st.text(max_size=10), max_size=4))
def test_it_reads_anything_and_names_the_team_only(text: str, team: dict[int, str]):
    assert find(text, team).people <= set(team)


@given(st.sampled_from(sorted(TEAM)), st.text(alphabet=" ab,.\n", max_size=5))
def test_a_whole_name_always_names_its_person(person: int, around: str):
    name = TEAM[person].replace("\u202e", "")
    assert person in find(f"{around} @{name} {around}", TEAM).people
