"""Sentences that a motive may start from: facts of the file, then the points to verify."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.motives import added_to, proposal, proposals

pytestmark = pytest.mark.once
TODAY = date(2026, 3, 3)


@dataclass(frozen=True)
class Wanted:
    """A kind of proof that a criterion expects."""

    kind: str
    name: str
    is_written: bool = False

    def __str__(self) -> str:
        return self.name


CONTRACT = Wanted("CONTRAT", "Contrat signé")
PROOF = {"title": "Bail", "kind": "DOC", "expires_on": ""}


def filed(**changes: Any) -> dict[str, Any]:
    return {"value": "met", "comment": "En place.", "points": [], "proofs": [PROOF], **changes}


def keys(shot: dict[str, Any], expected: Any = (), not_enough: Any = ()) -> list[str]:
    return [one.key for one in proposals(shot, expected, not_enough, today=TODAY)]


@pytest.mark.parametrize(
    ("shot", "expected", "found"),
    [
        (filed(), (), []),
        (filed(proofs=[]), (), ["sans-preuve"]),
        (filed(proofs=[PROOF | {"expires_on": "2026-03-02"}]), (), ["perimee-1"]),
        (filed(proofs=[PROOF | {"expires_on": "2026-03-03"}]), (), []),
        (filed(), (CONTRACT,), ["manque-1"]),
        (filed(proofs=[PROOF | {"kind": "CONTRAT"}]), (CONTRACT,), []),
        (filed(), (Wanted("DECL", "Déclaration", is_written=True),), []),
        (filed(value="not_met"), (), ["declare-non-conforme"]),
        (filed(value="not_applicable"), (), ["non-applicable"]),
        (filed(comment="  "), (), ["sans-explication"]),
        (filed(points=[{"code": "A.1", "text": "Un.", "remaining": ""}]), (), ["point-A.1"]),
    ],
)
def test_each_fact_of_the_file_gives_its_sentence(shot: dict[str, Any], expected: Any, found: list[str]):
    assert keys(shot, expected) == [*found, *(["non-demontre"] if shot["proofs"] else [])]


def test_a_sentence_comes_with_what_to_ask_for():
    found = proposals(filed(proofs=[]), (CONTRACT,), ("Un devis.",), today=TODAY)
    assert [(one.motive, one.complement) for one in found] == [
        ("Aucune preuve n'est jointe. Attendu : Contrat signé.", "Joignez : Contrat signé."),
        ("Ce qui est produit ne suffit pas : Un devis.", "Complétez la preuve ; ceci ne suffit pas : Un devis."),
    ]
    assert proposal(found, "insuffisant-1") == found[1]
    assert proposal(found, "autre") is None


def test_what_a_certificate_leaves_to_prove_is_what_is_said_of_a_point():
    points = [{"code": "A.1", "text": "Tout le point.", "remaining": "Le reste seulement."}]
    found, _ = proposals(filed(points=points), (), (), today=TODAY)
    assert found.motive == "Point A.1 non démontré : Le reste seulement."


@given(st.text(max_size=50), st.text(max_size=50))
def test_adding_a_sentence_loses_nothing_and_repeats_nothing(text: str, sentence: str):
    once = added_to(text, sentence)
    assert sentence in once
    assert once.startswith(text.rstrip()) or not text.strip()
    assert added_to(once, sentence) == once
