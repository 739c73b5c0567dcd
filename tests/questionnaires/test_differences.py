"""What changed between two photographs, on plain values; then on those of a real sheet."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Organisation, User
from questionnaires import sheets, vault
from questionnaires.differences import CriterionChange, Difference, FactChange, Fate, difference
from questionnaires.models import Criterion, EvidenceRevision, Sheet
from questionnaires.proof_changes import ProofFate
from questionnaires.words import Kind
from tests.play import EXCHANGE, a_file

Json = dict[str, Any]
CODES = ("ADM-02", "ADM-04", "SEC-01", "SEC-02")


def a_proof(key: str, *, evidence: int | None = 1, note: str = "") -> Json:
    proof = {"public_id": key, "title": "Certificat", "kind": "CERT", "note": note, "original_name": f"{key}.pdf"}
    return proof if evidence is None else proof | {"evidence": evidence}


def a_criterion(code: str, value: str = "", comment: str = "", proofs: tuple[Json, ...] = ()) -> Json:
    return {
        "code": code,
        "section": "Une section",
        "text": f"Exigence {code}.",
        "because": "S'applique à tous les services.",
        "value": value,
        "comment": comment,
        "proofs": list(proofs),
    }


def a_snapshot(*criteria: Json, left_out: tuple[str, ...] = (), version: str = "v1", **facts: object) -> Json:
    views = {code[:3]: [one for one in criteria if one["code"][:3] == code[:3]] for code in CODES}
    return {
        "version": {"code": version, "title": f"Référentiel {version}"},
        "facts": facts,
        "questionnaires": [
            {"code": code, "title": f"Questionnaire {code}", "is_answered": True, "criteria": asked}
            for code, asked in views.items()
            if asked
        ],
        "not_applicable": [{"code": code, "because": f"{code} ne s'applique pas."} for code in left_out],
        "dispensed": [],
    }


def only(found: Difference) -> CriterionChange:
    (change,) = found.changed
    return change


def test_two_same_photographs_differ_in_nothing():
    shot = a_snapshot(a_criterion("ADM-02", "met", "Signé.", (a_proof("a"),)), dmn=True)
    found = difference(shot, shot)
    assert (found.is_empty, found.counts.total, found.changed) == (True, 0, ())
    assert [criterion.code for view in found.questionnaires for criterion in view.criteria] == ["ADM-02"]


def test_an_answer_and_an_explanation_that_change_are_told_apart():
    before = a_snapshot(a_criterion("ADM-02", "met", "Signé en 2022."), a_criterion("ADM-04", "met", "Oui."))
    after = a_snapshot(a_criterion("ADM-02", "met", "Signé en 2024."), a_criterion("ADM-04", "not_met", "Oui."))
    found = difference(before, after)
    assert [(one.code, one.value_changed, one.comment_changed) for one in found.changed] == [
        ("ADM-02", False, True),
        ("ADM-04", True, False),
    ]
    assert [piece.text for piece in found.changed[0].comment if piece.kind != Kind.SAME] == ["2022", "2024"]
    assert (found.counts.values, found.counts.comments, found.counts.total) == (1, 1, 2)


def test_the_ends_of_lines_are_nobody_s_change():
    before = a_snapshot(a_criterion("ADM-02", "met", "Un.\r\nDeux."))
    assert difference(before, a_snapshot(a_criterion("ADM-02", "met", "Un.\nDeux."))).is_empty


def test_a_criterion_that_enters_and_one_that_leaves_say_why():
    before = a_snapshot(a_criterion("ADM-02"), a_criterion("SEC-01", "met", "Oui."))
    after = a_snapshot(a_criterion("ADM-02"), a_criterion("ADM-04"), left_out=("SEC-01",))
    found = difference(before, after)
    assert [(one.code, one.fate, one.because) for one in found.changed] == [
        ("ADM-04", Fate.ENTERED, "S'applique à tous les services."),
        ("SEC-01", Fate.LEFT, "SEC-01 ne s'applique pas."),
    ]
    assert [view.title for view in found.questionnaires] == ["Questionnaire ADM", "Questionnaire SEC"]
    assert (found.counts.entered, found.counts.left, found.counts.values) == (1, 1, 0)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((), (a_proof("a"),), [(ProofFate.ADDED, None, "a")]),
        ((a_proof("a"),), (), [(ProofFate.REMOVED, "a", None)]),
        ((a_proof("a"),), (a_proof("b"),), [(ProofFate.REPLACED, "a", "b")]),
        (
            (a_proof("a"),),
            (a_proof("b", evidence=2),),
            [(ProofFate.ADDED, None, "b"), (ProofFate.REMOVED, "a", None)],
        ),
        ((a_proof("a", evidence=None),), (a_proof("b"),), [(ProofFate.REPLACED, "a", "b")]),
        ((a_proof("a"),), (a_proof("a", note="p. 3"),), [(ProofFate.NOTED, "a", "a")]),
        ((a_proof("a"), a_proof("b", evidence=2)), (a_proof("b", evidence=2), a_proof("a")), []),
    ],
)
def test_proofs_are_added_replaced_removed_or_noted(
    before: tuple[Json, ...], after: tuple[Json, ...], expected: list[tuple[ProofFate, str | None, str | None]]
):
    found = difference(
        a_snapshot(a_criterion("ADM-02", proofs=before)), a_snapshot(a_criterion("ADM-02", proofs=after))
    )
    told = [proof for criterion in found.changed for proof in criterion.proofs]
    assert [
        (one.fate, one.before and one.before["public_id"], one.after and one.after["public_id"]) for one in told
    ] == expected


def test_orientation_and_certificates_are_told_apart():
    found = difference(
        a_snapshot(echange_mes=False, type_solution=["ios"], dmn_certifie=False),
        a_snapshot(echange_mes=True, type_solution=["ios"], dmn_certifie=True, pays="FR"),
    )
    assert found.facts == (FactChange("echange_mes", False, True), FactChange("pays", None, "FR"))
    assert found.certificates == (FactChange("dmn_certifie", False, True),)
    assert found.counts.facts == 3


def test_another_version_of_the_referentiel_is_said():
    found = difference(a_snapshot(version="v1"), a_snapshot(version="v2"))
    assert (found.versions, found.is_empty) == (("Référentiel v1", "Référentiel v2"), False)


def snapshots() -> st.SearchStrategy[Json]:
    proofs = st.lists(
        st.builds(a_proof, st.sampled_from("abcd"), evidence=st.sampled_from([1, 2, None]), note=st.sampled_from("xy")),
        max_size=3,
        unique_by=lambda proof: proof["public_id"],
    ).map(tuple)
    criterion = st.builds(
        a_criterion,
        st.sampled_from(CODES),
        st.sampled_from(["", "met", "not_met"]),
        st.text(alphabet="ab .\n", max_size=12),
        proofs,
    )
    criteria = st.lists(criterion, max_size=4, unique_by=lambda one: one["code"])
    return st.builds(
        lambda asked, facts: a_snapshot(*asked, **facts),
        criteria,
        st.dictionaries(st.sampled_from(["a", "b", "dmn_certifie"]), st.booleans()),
    )


def said(shot: Json) -> tuple[dict[str, Any], Json]:
    """What a photograph says, whatever its order."""
    criteria = {
        one["code"]: (
            one["value"],
            one["comment"],
            {proof["public_id"]: proof["note"] for proof in one["proofs"]},
        )
        for view in shot["questionnaires"]
        for one in view["criteria"]
    }
    return criteria, shot["facts"]


def applied(before: Json, change: Difference) -> tuple[dict[str, Any], Json]:
    """Do to what a photograph says what the difference tells, and nothing else."""
    criteria, facts = said(before)
    for one in change.changed:
        if one.fate == Fate.LEFT:
            del criteria[one.code]
            continue
        proofs = dict(criteria.get(one.code, ("", "", {}))[2])
        for proof in one.proofs:
            if proof.before:
                del proofs[proof.before["public_id"]]
            if proof.after:
                proofs[proof.after["public_id"]] = proof.after["note"]
        comment = "".join(piece.text for piece in one.comment if piece.kind != Kind.REMOVED)
        criteria[one.code] = (one.value_after, comment, proofs)
    facts = {**facts, **{fact.variable: fact.after for fact in (*change.facts, *change.certificates)}}
    return criteria, {name: value for name, value in facts.items() if value is not None}


@given(snapshots(), snapshots())
def test_the_old_photograph_and_the_difference_make_the_new_one(before: Json, after: Json):
    assert applied(before, difference(before, after)) == said(after)


@given(snapshots(), snapshots())
def test_there_and_back_are_as_many_changes(before: Json, after: Json):
    there, back = difference(before, after).counts, difference(after, before).counts
    assert (there.entered, there.left, there.values, there.comments) == (
        back.left,
        back.entered,
        back.values,
        back.comments,
    )
    assert (there.facts, there.total == 0) == (back.facts, back.total == 0)


@pytest.mark.django_db
def test_the_photographs_of_a_sheet_are_compared(
    sheet: Sheet, criterion: Callable[[str], Criterion], alice: User, proof: EvidenceRevision, glyco: Organisation
):
    sheets.save_answer(sheet, criterion("ADM-02"), value="met", comment="Signé.", edition=0, user=alice)
    sheets.attach(sheet, criterion("ADM-02"), proof, alice)
    before = sheets.snapshot(sheet)
    newer = vault.deposit(glyco, a_file("v2.txt", b"Seconde version."), title="Autre", kind="DOC", user=alice)
    EvidenceRevision.objects.filter(pk=newer.pk).update(evidence=proof.evidence, number=2)
    sheets.detach(sheet.answers.get().uses.get(), alice)
    sheets.attach(sheet, criterion("ADM-02"), EvidenceRevision.objects.get(pk=newer.pk), alice)
    sheets.answer_orientation(sheet, EXCHANGE | {"api_mesures": False}, alice)
    found = difference(before, sheets.snapshot(sheet))
    assert [(one.code, one.fate) for one in found.changed] == [
        ("ADM-02", Fate.STAYED),
        ("SEX-01", Fate.LEFT),
        ("TST-U-01", Fate.LEFT),
    ]
    assert [one.fate for one in found.changed[0].proofs] == [ProofFate.REPLACED]
    assert "api_mesures" in {fact.variable for fact in found.facts}
