"""Each way of tampering with a chain is noticed, named and placed."""

from collections.abc import Callable
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.chain import GENESIS, Mark, Row
from journal.verification import EXPLAINED, verify
from tests.journal.chains import chain_of, head_of, link


def renumbered(row: Row, seq: int) -> Row:
    return row._replace(seq=seq)


def sentences(rows: list[Row], head: Mark | None) -> list[str]:
    return [flaw.sentence for flaw in verify(rows, head)]


@pytest.mark.parametrize("count", [0, 1, 2, 30])
def test_an_intact_chain_has_no_flaw(count: int) -> None:
    rows = chain_of(count)

    assert verify(iter(rows), head_of(rows)) == []


def edit(rows: list[Row]) -> list[Row]:
    rows[4] = rows[4]._replace(data={"rank": 500})
    return rows


def edit_and_hash_again(rows: list[Row]) -> list[Row]:
    rows[4] = link(rows[3], 5, data={"rank": 500})
    return rows


def edit_and_hash_all_the_rest_again(rows: list[Row]) -> list[Row]:
    rows[4] = link(rows[3], 5, data={"rank": 500})
    for place in range(5, len(rows)):
        rows[place] = link(rows[place - 1], place + 1)
    return rows


def change_a_hash(rows: list[Row]) -> list[Row]:
    rows[4] = rows[4]._replace(hash="f" * 64)
    return rows


def relink(rows: list[Row]) -> list[Row]:
    rows[4] = link(rows[2], 5)
    return rows


def rewrite_the_first(rows: list[Row]) -> list[Row]:
    rows[0] = link(None, 1, kind="test.other")
    return rows


def rewrite_from_another_origin(rows: list[Row]) -> list[Row]:
    rows[0] = link(None, 1, previous_hash="0" * 64)
    for place in range(1, len(rows)):
        rows[place] = link(rows[place - 1], place + 1)
    return rows


def rewrite_the_last(rows: list[Row]) -> list[Row]:
    rows[9] = link(rows[8], 10, kind="test.other")
    return rows


def delete_one(rows: list[Row]) -> list[Row]:
    return rows[:4] + rows[5:]


def delete_many(rows: list[Row]) -> list[Row]:
    return rows[:4] + rows[7:]


def delete_the_first(rows: list[Row]) -> list[Row]:
    return rows[1:]


def delete_and_renumber(rows: list[Row]) -> list[Row]:
    return rows[:4] + [renumbered(row, row.seq - 1) for row in rows[5:]]


def delete_the_tail(rows: list[Row]) -> list[Row]:
    return rows[:-3]


def delete_the_last(rows: list[Row]) -> list[Row]:
    return rows[:-1]


def delete_all(rows: list[Row]) -> list[Row]:
    return []


def insert_and_renumber(rows: list[Row]) -> list[Row]:
    return [*rows[:4], link(rows[3], 5, kind="test.forged"), *(renumbered(row, row.seq + 1) for row in rows[4:])]


def insert_badly_and_renumber(rows: list[Row]) -> list[Row]:
    forged = link(rows[3], 5, kind="test.forged")._replace(hash="f" * 64)
    return [*rows[:4], forged, *(renumbered(row, row.seq + 1) for row in rows[4:])]


def append(rows: list[Row]) -> list[Row]:
    return [*rows, link(rows[-1], 11)]


def append_far_away(rows: list[Row]) -> list[Row]:
    return [*rows, link(rows[-1], 1000)]


def put_before_the_first(rows: list[Row]) -> list[Row]:
    return [link(None, 0), *rows]


def swap_neighbours(rows: list[Row]) -> list[Row]:
    return [*rows[:3], renumbered(rows[4], 4), renumbered(rows[3], 5), *rows[5:]]


def swap_far_rows(rows: list[Row]) -> list[Row]:
    rows[1], rows[7] = renumbered(rows[7], 2), renumbered(rows[1], 8)
    return rows


def renumber_one(rows: list[Row]) -> list[Row]:
    return [*rows[:4], *rows[5:], renumbered(rows[4], 500)]


def repeat_one(rows: list[Row]) -> list[Row]:
    return [*rows[:5], rows[4]._replace(kind="test.forged"), *rows[5:]]


def read_out_of_order(rows: list[Row]) -> list[Row]:
    rows[3], rows[5] = rows[5], rows[3]
    return rows


MOVED_DOWN = "Les événements 5 à 9 ont changé de place : ils portaient les numéros 6 à 10."
MOVED_UP = "Les événements 6 à 11 ont changé de place : ils portaient les numéros 5 à 10."


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        (edit, ["L'événement 5 a été modifié : son contenu ne correspond plus à son empreinte."]),
        (change_a_hash, ["L'événement 5 a été modifié : son contenu ne correspond plus à son empreinte."]),
        (edit_and_hash_again, ["L'événement 5 a été réécrit : ses voisins gardent l'empreinte de l'ancien."]),
        (
            edit_and_hash_all_the_rest_again,
            ["L'événement 10 et la tête du journal ne s'accordent pas : l'un des deux a été réécrit."],
        ),
        (relink, ["L'événement 5 a été réécrit : ses voisins gardent l'empreinte de l'ancien."]),
        (rewrite_the_first, ["L'événement 1 a été réécrit : ses voisins gardent l'empreinte de l'ancien."]),
        (
            rewrite_from_another_origin,
            [
                "L'événement 1 a été réécrit : ses voisins gardent l'empreinte de l'ancien.",
                "L'événement 10 et la tête du journal ne s'accordent pas : l'un des deux a été réécrit.",
            ],
        ),
        (
            rewrite_the_last,
            ["L'événement 10 et la tête du journal ne s'accordent pas : l'un des deux a été réécrit."],
        ),
        (delete_one, ["L'événement 5 manque."]),
        (delete_many, ["Les événements 5 à 7 manquent."]),
        (delete_the_first, ["L'événement 1 manque."]),
        (delete_and_renumber, ["L'événement 5 manque.", MOVED_DOWN]),
        (delete_the_tail, ["La fin du journal a été coupée : les événements 8 à 10 manquent."]),
        (delete_the_last, ["La fin du journal a été coupée : l'événement 10 manque."]),
        (delete_all, ["La fin du journal a été coupée : les événements 1 à 10 manquent."]),
        (insert_and_renumber, ["L'événement 5 a été inséré : aucun autre ne mène à lui.", MOVED_UP]),
        (insert_badly_and_renumber, ["L'événement 5 a été inséré : aucun autre ne mène à lui.", MOVED_UP]),
        (append, ["L'événement 11 a été inséré : aucun autre ne mène à lui."]),
        (append_far_away, ["L'événement 1000 a été inséré : aucun autre ne mène à lui."]),
        (put_before_the_first, ["L'événement 0 a été inséré : aucun autre ne mène à lui."]),
        (
            swap_neighbours,
            [
                "L'événement 4 a changé de place : il portait le numéro 5.",
                "L'événement 5 a changé de place : il portait le numéro 4.",
            ],
        ),
        (
            swap_far_rows,
            [
                "L'événement 2 a changé de place : il portait le numéro 8.",
                "L'événement 8 a changé de place : il portait le numéro 2.",
            ],
        ),
        (renumber_one, ["L'événement 500 a changé de place : il portait le numéro 5."]),
        (repeat_one, ["Le numéro 5 est porté par plusieurs événements."]),
        (
            read_out_of_order,
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
        "L'événement 1 et la tête du journal ne s'accordent pas : l'un des deux a été réécrit."
    ]


def test_a_lost_head_is_named_and_the_rest_still_verified() -> None:
    rows = edit(chain_of(6))

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
    tampered = [renumbered(rows[place], number) for place, number in zip(places, numbers, strict=True)]

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
