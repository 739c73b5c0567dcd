"""Chains of plain values, made without a database, and what an event may hold."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from journal.chain import GENESIS, Mark, Row, digest

START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def link(before: Row | None, seq: int, **columns: Any) -> Row:
    """Return a row whose hash is right, linked to the one before."""
    values = {
        "at": START + timedelta(minutes=seq),
        "kind": "test.happened",
        "subject": "MES-2026-0001",
        "actor_id": 7,
        "data": {"rank": seq},
        "previous_hash": before.hash if before else GENESIS,
        **columns,
    }
    row = Row(seq=seq, hash="", **values)
    return row._replace(hash=digest(row.previous_hash, *row[:6]))


def chain_of(count: int) -> list[Row]:
    rows: list[Row] = []
    for seq in range(1, count + 1):
        rows.append(link(rows[-1] if rows else None, seq))
    return rows


def head_of(rows: list[Row]) -> Mark:
    return Mark(rows[-1].seq, rows[-1].hash) if rows else Mark(0, GENESIS)


def json_data() -> st.SearchStrategy[dict[str, Any]]:
    """Anything an event may hold: what PostgreSQL stores, that is no NUL and no half of a character."""
    text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
    numbers = st.integers(-(10**40), 10**40) | st.floats(allow_nan=False, allow_infinity=False)
    values = st.recursive(
        st.none() | st.booleans() | numbers | text,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
        max_leaves=10,
    )
    return st.dictionaries(text, values, max_size=5)
