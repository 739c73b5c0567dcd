from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from questionnaires import sheets
from questionnaires.completeness import Missing, missing, shortcomings
from questionnaires.models import Answer, Criterion, EvidenceRevision, Sheet
from questionnaires.na_reasons import Reason

JOIN = ["Joignez au moins une preuve."]
WRITE = ["Donnez en commentaire la déclaration, le lien, la mesure ou l'accès attendu."]
CHOOSE = ["Choisissez une réponse."]
GAP = ["Expliquez en commentaire l'écart, et ce que vous prévoyez pour le corriger."]


@pytest.mark.parametrize(
    ("value", "comment", "proofs", "is_written", "lacks"),
    [
        ("", "", 0, False, CHOOSE),
        ("", "Du texte", 3, True, CHOOSE),
        ("met", "", 0, False, JOIN),
        ("met", "Du texte", 0, False, JOIN),
        ("met", "", 1, False, []),
        ("met", "", 0, True, WRITE),
        ("met", "   ", 0, True, WRITE),
        ("met", "https://exemple.fr", 0, True, []),
        ("met", "", 1, True, []),
        ("not_met", "", 2, False, GAP),
        ("not_met", "Prévu en mai.", 0, False, []),
    ],
)
def test_it_says_what_an_answer_lacks(value: str, comment: str, proofs: int, is_written: bool, lacks: list[str]):
    assert shortcomings(value, comment, proofs=proofs, is_written=is_written) == lacks


@given(
    value=st.sampled_from(["", *Answer.Value.values]),
    reasons=st.lists(st.builds(Reason, st.just("a"), st.just("Absent."), st.booleans(), st.booleans()), max_size=1),
    comment=st.text(max_size=5),
    proofs=st.integers(0, 2),
    is_written=st.booleans(),
)
def test_adding_a_word_or_a_proof_never_makes_it_worse(
    value: str, reasons: list[Reason], comment: str, proofs: int, is_written: bool
):
    said = {"is_written": is_written, "reasons": reasons, "na_reason": "a"}
    before = shortcomings(value, comment, proofs=proofs, **said)
    after = shortcomings(value, comment + " et", proofs=proofs + 1, **said)
    assert len(after) <= len(before)
    assert bool(after) is (not value or (value == "not_applicable" and not reasons))


@pytest.mark.django_db
def test_recommendations_and_milestones_never_block(sheet: Sheet):
    assert missing(sheets.overview(sheet)) == [
        Missing(code, CHOOSE[0], questionnaire, profile)
        for code, questionnaire, profile in [
            ("ADM-02", "demande", "MOA"),
            ("ADM-04", "demande", "MOA"),
            ("SEC-GOV-01", "securite", "SSI"),
            ("SEC-GOV-02", "securite", "SSI"),
            ("URB-HEB-01", "securite", "SSI"),
            ("RGPD-FIN-04", "securite", "JUR"),
            ("SEX-01", "securite", "SSI"),
        ]
    ]


@pytest.mark.django_db
def test_nothing_is_missing_once_the_obligatory_ones_are_answered(
    sheet: Sheet, criterion: Callable[[str], Criterion], alice: User, proof: EvidenceRevision
):
    for lack in missing(sheets.overview(sheet)):
        sheets.save_answer(sheet, criterion(lack.code), value="met", comment="Oui.", edition=0, user=alice)
    assert {lack.sentence for lack in missing(sheets.overview(sheet))} == {JOIN[0]}
    for lack in missing(sheets.overview(sheet)):
        sheets.attach(sheet, criterion(lack.code), proof, alice)
    assert missing(sheets.overview(sheet)) == []


def test_the_trade_of_a_missing_answer_is_said_in_full():
    assert Missing("RGPD-FIN-04", CHOOSE[0], "rgpd", "JUR").profile_label == "Juriste RGPD / DPO"
