"""The hash of an event: exact, stable, covering every column."""

import json
import math
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given

from journal.chain import GENESIS, canonical, digest, plain
from tests.journal.chains import START, json_data, link


def test_an_event_has_one_canonical_text() -> None:
    at = datetime(2026, 3, 2, 10, 30, 0, 5, tzinfo=timezone(timedelta(hours=1)))

    text = canonical(3, at, "candidature.submit", "MES-2026-0007", None, {"b": "é", "a": [1, True]})

    assert text.decode() == (
        '{"actor":null,"at":"2026-03-02T09:30:00.000005+00:00","data":{"a":[1,true],"b":"é"},'
        '"kind":"candidature.submit","seq":3,"subject":"MES-2026-0007"}'
    )


def test_the_first_hash_never_changes() -> None:
    """The journals already written depend on these two values."""
    assert GENESIS == "1628cea207e80fde7d2656fd0146d910162eb9da1f9abc7bb69277a4fd384f1c"
    assert (
        digest(GENESIS, 1, START, "candidature.opened", "MES-2026-0001", 7, {})
        == "92c1e23c4e886236bf6868cde2b9dc219b4bcf10594975bc6b431349a63b8667"
    )


@pytest.mark.parametrize(
    "column",
    [
        {"at": START + timedelta(microseconds=1)},
        {"kind": "test.other"},
        {"subject": "MES-2026-0002"},
        {"actor_id": None},
        {"data": {"rank": 2}},
        {"previous_hash": "0" * 64},
    ],
    ids=lambda column: next(iter(column)),
)
def test_every_column_counts(column: dict[str, Any]) -> None:
    row = link(None, 1)

    assert row.is_whole
    assert not row._replace(**column).is_whole
    assert row.hash_as(2) != row.hash


def test_a_date_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="fuseau horaire"):
        canonical(1, datetime(2026, 3, 2), "test", "x", None, {})  # noqa: DTZ001


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_number_that_json_does_not_know_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        plain({"score": number})


def test_a_value_that_json_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError):
        plain({"at": START})


def test_whole_floats_become_whole_numbers() -> None:
    """PostgreSQL gives back 1e+23 as digits; both must hash alike."""
    assert json.dumps(plain({"a": 1.0, "b": 1e23, "c": -0.0, "d": 0.1, "e": (1, {5: 6})})) == (
        '{"a": 1, "b": 100000000000000000000000, "c": 0, "d": 0.1, "e": [1, {"5": 6}]}'
    )


@given(json_data())
def test_plain_data_stays_the_same_through_json(data: dict[str, Any]) -> None:
    once = plain(data)

    assert plain(once) == once
    assert canonical(1, START, "k", "s", None, json.loads(json.dumps(once))) == canonical(
        1, START, "k", "s", None, once
    )


@given(json_data(), json_data())
def test_two_different_data_have_two_hashes(one: dict[str, Any], other: dict[str, Any]) -> None:
    def hash_of(data: dict[str, Any]) -> str:
        return digest(GENESIS, 1, datetime(2026, 1, 1, tzinfo=UTC), "k", "s", None, plain(data))

    same = json.dumps(plain(one), sort_keys=True) == json.dumps(plain(other), sort_keys=True)

    assert (hash_of(one) == hash_of(other)) == same
