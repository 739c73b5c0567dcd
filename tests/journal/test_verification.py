"""Each way of tampering with a chain is noticed, named and placed."""

from collections.abc import Callable
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.chain import GENESIS, Mark, Row
from journal.verification import EXPLAINED, verify
from tests.journal import forgeries
from tests.journal.chains import chain_of, head_of, link


def sentences(rows: list[Row], head: Mark | None) -> list[str]:
    return [flaw.sentence for flaw in verify(rows, head)]


@pytest.mark.parametrize("count", [0, 1, 2, 30])
def test_an_intact_chain_has_no_flaw(count: int) -> None:
    rows = chain_of(count)

    assert verify(iter(rows), head_of(rows)) == []


MOVED_DOWN = "Les événements 5 à 9 ont changé de place : ils portaient les numéros 6 à 10."
MOVED_UP = "Les événements 6 à 11 ont changé de place : ils portaient les numéros 5 à 10."


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        (forgeries.edit, ["L'événement 5 a été modifié : son contenu ne correspond plus à son empreinte."]),
        (forgeries.change_a_hash, ["L'événement 5 a été modifié : son contenu ne correspond plus à son empreinte."]),
        (forgeries.edit_and_hash_again, ["L'événement 5 a été réécrit : ses voisins gardent l'empreinte de l'ancien."]),
        (
            forgeries.edit_and_hash_all_the_rest_again,
            ["L'événement 10 et la tête du journal ne s'accordent pas : l'un des deux a été réécrit."],
        ),
        (forgeries.relink, ["L'événement 5 a été réécrit : ses voisins gardent l'empreinte de l'ancien."]),
        (forgeries.rewrite_the_first, ["L'événement 1 a été réécrit : ses voisins gardent l'empreinte de l'ancien."]),
        (
            forgeries.rewrite_from_another_origin,
            [
                "L'événement 1 a été réécrit : ses voisins gardent l'empreinte de l'ancien.",
                "L'événement 10 et la tête du journal ne s'accordent pas : l'un des deux a été réécrit.",
            ],
        ),
        (
            forgeries.rewrite_the_last,
            ["L'événement 10 et la tête du journal ne s'accordent pas : l'un des deux a été réécrit."],
        ),
        (forgeries.delete_one, ["L'événement 5 manque."]),
        (forgeries.delete_many, ["Les événements 5 à 7 manquent."]),
        (forgeries.delete_the_first, ["L'événement 1 manque."]),
        (forgeries.delete_and_renumber, ["L'événement 5 manque.", MOVED_DOWN]),
        (forgeries.delete_the_tail, ["La fin du journal a été coupée : les événements 8 à 10 manquent."]),
        (forgeries.delete_the_last, ["La fin du journal a été coupée : l'événement 10 manque."]),
        (forgeries.delete_all, ["La fin du journal a été coupée : les événements 1 à 10 manquent."]),
        (forgeries.insert_and_renumber, ["L'événement 5 a été inséré : aucun autre ne mène à lui.", MOVED_UP]),
        (forgeries.insert_badly_and_renumber, ["L'événement 5 a été inséré : aucun autre ne mène à lui.", MOVED_UP]),
        (forgeries.append, ["L'événement 11 a été inséré : aucun autre ne mène à lui."]),
        (forgeries.append_far_away, ["L'événement 1000 a été inséré : aucun autre ne mène à lui."]),
        (forgeries.put_before_the_first, ["L'événement 0 a été inséré : aucun autre ne mène à lui."]),
        (
            forgeries.swap_neighbours,
            [
                "L'événement 4 a changé de place : il portait le numéro 5.",
                "L'événement 5 a changé de place : il portait le numéro 4.",
            ],
        ),
        (
            forgeries.swap_far_rows,
            [
                "L'événement 2 a changé de place : il portait le numéro 8.",
                "L'événement 8 a changé de place : il portait le numéro 2.",
            ],
        ),
        (forgeries.renumber_one, ["L'événement 500 a changé de place : il portait le numéro 5."]),
        (forgeries.repeat_one, ["Le numéro 5 est porté par plusieurs événements."]),
        (
            forgeries.read_out_of_order,
            [
                "L'événement 4 n'est pas à sa place : il vient après l'événement 6.",
                "L'événement 5 n'est pas à sa place : il vient après l'événement 6.",
            ],
        ),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_tampering_is_named(tamper: Callable[[list[Row]], list[Row]], expected: list[str]) -> None:
    rows = chain_of(10)
    head = head_of(rows)

    assert sorted(sentences(tamper(rows), head)) == sorted(expected)


def test_a_head_that_was_changed_is_named() -> None:
    rows = chain_of(3)

    assert sentences(rows, Mark(3, "0" * 64)) == [
        "L'événement 3 et la tête du journal ne s'accordent pas : l'un des deux a été réécrit."
    ]
    assert sentences(rows, Mark(2, rows[1].hash)) == ["L'événement 3 a été inséré : aucun autre ne mène à lui."]
    assert sentences(rows, Mark(4, "0" * 64)) == ["La fin du journal a été coupée : l'événement 4 manque."]
    assert sentences([], Mark(0, "0" * 64)) == [
        "L'origine et la tête du journal ne s'accordent pas : l'un des deux a été réécrit."
    ]


def test_a_lost_head_is_named_and_the_rest_still_verified() -> None:
    rows = forgeries.edit(chain_of(6))

    assert sentences(rows, None) == [
        "La tête du journal a disparu.",
        "L'événement 5 a été modifié : son contenu ne correspond plus à son empreinte.",
    ]


def test_several_faults_are_all_named() -> None:
    rows = chain_of(10)
    head = head_of(rows)
    rows[1] = rows[1]._replace(subject="MES-2026-9999")
    rows[5] = link(rows[4], 6, kind="test.other")

    assert sentences([*rows[:3], *rows[4:9]], head) == [
        "L'événement 2 a été modifié : son contenu ne correspond plus à son empreinte.",
        "L'événement 4 manque.",
        "L'événement 6 a été réécrit : ses voisins gardent l'empreinte de l'ancien.",
        "La fin du journal a été coupée : l'événement 10 manque.",
    ]


def test_a_ruin_is_counted_rather_than_explained() -> None:
    rows = chain_of(EXPLAINED + 50)
    head = head_of(rows)

    flaws = verify((row._replace(kind="test.other") for row in rows), head)

    assert len(flaws) == EXPLAINED + 1
    assert flaws[-1].sentence == "Autres anomalies, trop nombreuses pour être détaillées : 50."


@given(st.integers(0, 30))
def test_any_chain_written_by_the_rule_is_intact(count: int) -> None:
    rows = chain_of(count)

    assert verify(rows, head_of(rows)) == []


@given(st.data())
def test_any_other_set_of_rows_is_not_intact(data: st.DataObject) -> None:
    """Keep, drop, repeat, move or renumber rows in any way: only the very chain passes."""
    rows = chain_of(8)
    places = data.draw(st.lists(st.integers(0, 7), max_size=10))
    numbers = data.draw(st.lists(st.integers(0, 12), min_size=len(places), max_size=len(places)))
    tampered = [forgeries.renumbered(rows[place], number) for place, number in zip(places, numbers, strict=True)]

    assert (verify(tampered, head_of(rows)) == []) == (tampered == rows)


@given(st.integers(0, 7), st.sampled_from(Row._fields), st.data())
def test_any_change_of_one_column_is_noticed(place: int, column: str, data: st.DataObject) -> None:
    rows = chain_of(8)
    head = head_of(rows)
    strategies: dict[str, st.SearchStrategy[Any]] = {
        "seq": st.integers(0, 20),
        "at": st.datetimes(timezones=st.just(UTC)),
        "actor_id": st.none() | st.integers(0, 9),
        "data": st.dictionaries(st.text("ab"), st.integers()),
    }
    value = data.draw(strategies.get(column, st.text("0123456789abcdef")))
    changed = rows[place]._replace(**{column: value})
    tampered = sorted([*rows[:place], changed, *rows[place + 1 :]], key=lambda row: row.seq)

    flaws = verify(tampered, head)

    assert (flaws == []) == (changed == rows[place])


def test_the_origin_of_an_empty_journal_is_the_genesis() -> None:
    assert verify([], Mark(0, GENESIS)) == []
