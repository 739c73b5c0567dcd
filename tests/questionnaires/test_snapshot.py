import json
from collections.abc import Callable
from datetime import date

import pytest

from accounts.models import Organisation, User
from questionnaires import sheets
from questionnaires.models import Criterion, EvidenceRevision, Sheet, Version
from tests.certificates import certify
from tests.play import SIMPLE

pytestmark = pytest.mark.django_db


def test_it_is_plain_json_that_says_everything(
    sheet: Sheet, criterion: Callable[[str], Criterion], alice: User, proof: EvidenceRevision
):
    sheets.save_answer(sheet, criterion("ADM-02"), value="met", comment="Signé.", edition=0, user=alice)
    sheets.attach(sheet, criterion("ADM-02"), proof, alice, note="p. 1")
    taken = sheets.snapshot(sheet)
    assert json.loads(json.dumps(taken)) == taken
    assert taken["version"] == {
        "code": "petit-complet",
        "title": "Petit référentiel complet",
        "content_sha256": sheet.version.content_sha256,
    }
    assert (taken["revision"], taken["facts"]["echange_mes"]) == (1, True)
    assert taken["questionnaires"][0]["criteria"][0] == {
        "code": "ADM-02",
        "section": "Dossier administratif",
        "text": "Le formulaire de demande est complété et signé par la personne habilitée.",
        "points": [],
        "level": "O",
        "double_evaluation": False,
        "weight": 1,
        "profile": "MOA",
        "because": "S'applique à tous les services.",
        "remaining": "",
        "value": "met",
        "na_reason": None,
        "comment": "Signé.",
        "edition": 2,
        "proofs": [
            {
                "public_id": str(proof.public_id),
                "evidence": proof.evidence_id,
                "title": "Politique de sécurité",
                "kind": "DOC",
                "note": "p. 1",
                "original_name": "preuve.txt",
                "sha256": proof.sha256,
                "size": proof.size,
                "media_type": "text/plain",
                "address": "",
                "issued_on": "",
                "collected_on": "",
                "expires_on": "",
            }
        ],
    }


def test_it_says_for_what_reason_a_criterion_does_not_apply(
    sheet: Sheet, criterion: Callable[[str], Criterion], alice: User
):
    said = {"value": "not_applicable", "na_reason": "fonction-absente", "comment": "Aucun.", "edition": 0}
    sheets.save_answer(sheet, criterion("SEC-GOV-07"), user=alice, **said)
    asked = {item["code"]: item for view in sheets.snapshot(sheet)["questionnaires"] for item in view["criteria"]}
    reason = {"code": "fonction-absente", "text": "La fonction visée n'existe pas."}
    assert asked["SEC-GOV-07"]["na_reason"] == reason
    assert asked["SEC-GOV-01"]["na_reason"] is None


def test_it_says_what_was_left_out_and_why(full_version: Version, glyco: Organisation, alice: User):
    facts = SIMPLE | {"teleconsultation": True, "tlc_certifie": True}
    sheet = sheets.answer_orientation(sheets.open_sheet(full_version), facts, alice)
    certificate = certify(sheet, glyco, alice, "TLC", valid_until=date(2029, 3, 3))
    taken = sheets.snapshot(sheet)
    assert [(item["code"], item["because"]) for item in taken["dispensed"]] == [
        (
            "SEC-GOV-01",
            "Dispensé par le certificat TLC n° TLC-2026-114 (valable jusqu'au samedi 3\u00a0mars\u00a02029).",
        )
    ]
    assert json.loads(json.dumps(taken)) == taken
    (filed,) = taken["certificates"]
    assert (filed["number"], filed["edition"], filed["valid_until"], filed["review"]) == (
        "TLC-2026-114",
        "Référentiel de téléconsultation, essai",
        "2029-03-03",
        "to_check",
    )
    assert filed["proof"]["sha256"] == certificate.revision.sha256
    assert [item["code"] for item in taken["not_applicable"]] == ["SEX-01", "TST-U-01"]
    asked = [item["code"] for view in taken["questionnaires"] for item in view["criteria"]]
    assert asked == ["ADM-02", "ADM-04", "SEC-GOV-02", "SEC-GOV-07", "URB-HEB-01", "RGPD-FIN-04"]


def test_every_criterion_is_somewhere_in_it(sheet: Sheet, full_version: Version):
    taken = sheets.snapshot(sheet)
    asked = [item["code"] for view in taken["questionnaires"] for item in view["criteria"]]
    left_out = [item["code"] for item in (*taken["not_applicable"], *taken["dispensed"])]
    assert sorted(asked + left_out) == sorted(full_version.criteria.values_list("code", flat=True))


def test_milestones_are_marked_as_such(sheet: Sheet):
    assert [(view["code"], view["is_answered"]) for view in sheets.snapshot(sheet)["questionnaires"]] == [
        ("demande", True),
        ("securite", True),
        ("tests", False),
    ]
