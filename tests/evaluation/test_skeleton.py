"""The skeleton of a synthesis: what the facts say, in order, and nothing more."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.rounds_told import Asked, RoundTold
from evaluation.skeleton import NAMED_AT_MOST, TO_WRITE, Facts, left_to_write, skeleton
from evaluation.values import FINAL_VALUES

NONE = {str(value): 0 for value in FINAL_VALUES}
MARCH = datetime(2026, 3, 3, 12, tzinfo=UTC)


def facts(**changes: object) -> Facts:
    told = {
        "service": "Glyco",
        "editor": "Glyco SAS",
        "counts": NONE | {"met": 3},
        "unsettled": 0,
        "findings": (),
        "rounds": (),
        "dispensed": 0,
    }
    return Facts(**{**told, **changes})  # type: ignore[arg-type]


def test_it_tells_a_file_without_a_reserve() -> None:
    assert skeleton(facts()).split("\n\n") == [
        "Le service « Glyco », présenté par Glyco SAS : [à rédiger : ce qu'il fait, pour qui].",
        "3\u00a0critères sont jugés : 3\u00a0conformes.",
        "Aucun complément n'a été demandé.",
        "Appréciation d'ensemble : [à rédiger : ce que la commission doit retenir].",
    ]


def test_it_names_what_weighs_the_gravest_first() -> None:
    found = (
        ("minor_reserve", "SEC-GOV-01", "Une politique couvre le service. Elle est datée."),
        ("not_met", "URB-HEB-01", "L'hébergeur est certifié."),
    )
    rounds = (
        RoundTold(1, MARCH, date(2026, 4, 2), (Asked("ADM-02", "Le mandat."),), datetime(2026, 3, 20, tzinfo=UTC)),
    )
    counts = NONE | {"met": 1, "minor_reserve": 1, "not_met": 1}
    text = skeleton(facts(counts=counts, findings=found, rounds=rounds, unsettled=2, dispensed=1))
    assert text.split("\n\n")[1:5] == [
        "3\u00a0critères sont jugés : 1\u00a0conforme, 1\u00a0avec une réserve mineure, 1\u00a0non conforme. "
        "2\u00a0critères restent à trancher. 1\u00a0critère est dispensé par un certificat ANS.",
        "Points non conformes (1) :\n- URB-HEB-01 : L'hébergeur est certifié",
        "Réserves mineures (1) :\n- SEC-GOV-01 : Une politique couvre le service",
        "Compléments demandés en 1\u00a0fois : 1\u00a0critère le 03/03/2026, réponse reçue le 20/03/2026.",
    ]


def test_a_long_list_is_counted_beyond_what_one_reads() -> None:
    found = tuple(("not_met", f"C-{n}", "Exigence.") for n in range(NAMED_AT_MOST + 3))
    text = skeleton(facts(counts=NONE | {"not_met": len(found)}, findings=found))
    assert "- et 3\u00a0autres critères." in text
    assert f"C-{NAMED_AT_MOST}" not in text


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        ({"la synthèse": "Écrite."}, []),
        ({"la synthèse": f"Avant {TO_WRITE} : quoi] après."}, ["la synthèse"]),
        ({"la synthèse": "Écrite.", "la recommandation": f"{TO_WRITE}]"}, ["la recommandation"]),
    ],
)
def test_a_place_left_to_write_is_seen(texts: dict[str, str], names: list[str]) -> None:
    assert left_to_write(texts) == names


numbers = st.integers(min_value=0, max_value=300)


@given(st.fixed_dictionaries({str(value): numbers for value in FINAL_VALUES}), numbers, st.text(max_size=40))
def test_every_count_is_told_and_the_lead_still_has_to_write(counts: dict[str, int], left: int, name: str) -> None:
    text = skeleton(facts(counts=counts, unsettled=left, service=name)).replace("\u202f", "").replace("\u00a0", "")
    assert all(str(number) in text for number in [sum(counts.values()), *(n for n in counts.values() if n)])
    assert left_to_write({"": text}) == [""]
