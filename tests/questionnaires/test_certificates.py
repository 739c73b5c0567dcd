"""What a certificate dispenses of: table of the sentences, then what always holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.applicability import State, Verdict
from questionnaires.certificates import Held, Holding, Row, cover, covered_kinds

TODAY = date(2026, 3, 3)
APPLIES = Verdict(State.APPLICABLE, "S'applique à tous les services.")
UNTIL = "(valable jusqu'au samedi 2\u00a0janvier\u00a02027)"


def held(kind: str = "DMN", **changes: object) -> Held:
    usual = {"number": "12", "edition": "e-1", "issued_on": date(2024, 1, 2), "valid_until": date(2027, 1, 2)}
    return Held(kind, **{**usual, **changes})  # type: ignore[arg-type]


def holding(*certificates: Held, declared: tuple[str, ...] = ("DMN",), day: date = TODAY) -> Holding:
    return Holding(day, frozenset(declared), certificates)


def row(kind: str = "DMN", edition: str = "e-1", remaining: str = "") -> Row:
    return {"kind": kind, "edition": edition, "extent": "partial" if remaining else "full", "remaining": remaining}


def test_a_whole_coverage_dispenses():
    verdict = cover(APPLIES, [row()], holding(held()))
    assert verdict == Verdict(State.DISPENSED, f"Dispensé par le certificat DMN n° 12 {UNTIL}.")


def test_a_part_leaves_the_remaining_duty():
    verdict = cover(APPLIES, [row(remaining="Montrez l'export.")], holding(held()))
    assert verdict == Verdict(
        State.APPLICABLE, f"Dispensé en partie par le certificat DMN n° 12 {UNTIL}.", remaining="Montrez l'export."
    )


@pytest.mark.parametrize(
    ("certificates", "reason"),
    [
        (
            (),
            "aucun certificat « dispositif médical numérique (DMN) » n'est joint, alors que l'orientation en déclare un",
        ),
        ((held(valid_until=date(2026, 3, 2)),), "le certificat DMN n° 12 a expiré le lundi 2\u00a0mars\u00a02026"),
        (
            (held(issued_on=date(2026, 3, 4)),),
            "le certificat DMN n° 12 ne vaut qu'à partir du mercredi 4\u00a0mars\u00a02026",
        ),
        (
            (held(refused=True, motive="Il porte sur un autre produit."),),
            "le certificat DMN n° 12 a été refusé par le support : Il porte sur un autre produit",
        ),
        (
            (held("TLC"),),
            "le certificat TLC n° 12 n'est pas un certificat « dispositif médical numérique (DMN) »",
        ),
        ((held(edition="e-0"),), "le certificat DMN n° 12 est d'une édition qui ne couvre pas ce critère"),
    ],
    ids=["missing", "expired", "not yet", "refused", "wrong kind", "another edition"],
)
def test_the_criterion_comes_back_with_the_reason(certificates: tuple[Held, ...], reason: str):
    verdict = cover(APPLIES, [row()], holding(*certificates))
    assert verdict == Verdict(State.APPLICABLE, f"S'applique à tous les services. Revient : {reason}.", returned=reason)


def test_what_no_certificate_covers_or_declares_is_left_as_it_is():
    assert cover(APPLIES, [], holding(held())) == APPLIES
    assert cover(APPLIES, [row()], holding(held(), declared=())) == APPLIES
    out = Verdict(State.NOT_APPLICABLE, "Ne s'applique pas.")
    assert cover(out, [row()], holding(held())) == out


def test_the_whole_of_one_is_preferred_to_a_part_of_another():
    rows = [row(remaining="Montrez l'export."), row("TLC")]
    verdict = cover(APPLIES, rows, holding(held(), held("TLC"), declared=("DMN", "TLC")))
    assert (verdict.state, "TLC n° 12" in verdict.because) == (State.DISPENSED, True)


def test_one_that_is_valid_is_enough():
    expired = held(valid_until=date(2025, 1, 1))
    verdict = cover(APPLIES, [row(), row("TLC")], holding(expired, held("TLC"), declared=("DMN", "TLC")))
    assert verdict.state == State.DISPENSED


def test_kinds_come_once_in_order():
    assert covered_kinds([row("TLC"), row(), row("TLC", "e-2")]) == ["TLC", "DMN"]


days = st.dates(date(2024, 1, 1), date(2030, 1, 1))


@given(days, st.integers(0, 1500), st.integers(-400, 2000))
def test_it_dispenses_from_its_first_day_to_its_last_and_no_other(first: date, length: int, offset: int):
    one = held(issued_on=first, valid_until=first + timedelta(days=length))
    verdict = cover(APPLIES, [row()], holding(one, day=first + timedelta(days=offset)))
    assert (verdict.state == State.DISPENSED) is (0 <= offset <= length)
    assert bool(verdict.returned) is verdict.applies


@given(days, st.booleans(), st.sampled_from(["e-1", "e-2"]), st.sampled_from(["", "Montrez."]))
def test_a_criterion_is_dispensed_left_in_part_or_back_with_a_reason(
    day: date, refused: bool, edition: str, remaining: str
):
    one = held(refused=refused, motive="Autre produit.", edition=edition)
    verdict = cover(APPLIES, [row(remaining=remaining)], holding(one, day=day))
    outcomes = (verdict.state == State.DISPENSED, bool(verdict.remaining), bool(verdict.returned))
    assert outcomes.count(True) == 1
    assert verdict.because.endswith(".")
    assert ".." not in verdict.because


@given(days)
def test_a_refused_certificate_never_dispenses(day: date):
    assert cover(APPLIES, [row()], holding(held(refused=True, motive="Non."), day=day)).applies
