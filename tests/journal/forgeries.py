"""Ways of tampering with a chain of ten events, head left alone."""

from journal.chain import Row
from tests.journal.chains import link


def renumbered(row: Row, seq: int) -> Row:
    return row._replace(seq=seq)


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
