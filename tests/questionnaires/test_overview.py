from collections.abc import Callable
from datetime import date

import pytest

from accounts.models import Organisation, User
from questionnaires import sheets
from questionnaires.models import Criterion, EvidenceRevision, Sheet, Version
from questionnaires.sheets import ItemState, Progress
from tests.certificates import certify
from tests.play import SIMPLE

pytestmark = pytest.mark.django_db
DISPENSED = "Dispensé par le certificat DMN n° DMN-2026-114 (valable jusqu'au samedi 3\u00a0mars\u00a02029)."


def states(sheet: Sheet) -> dict[str, str]:
    return {item.code: item.state.value for item in sheets.overview(sheet).items}


def test_it_says_what_is_asked_and_why(sheet: Sheet):
    said = {item.code: (item.verdict.state, item.verdict.because) for item in sheets.overview(sheet).items}
    assert said["SEX-01"] == (
        "applicable",
        "S'applique parce que le service échange des données avec Mon espace santé.",
    )
    assert said["ADM-02"] == ("applicable", "S'applique à tous les services.")


def test_it_says_what_is_not_asked_and_why(full_version: Version, glyco: Organisation, alice: User):
    facts = SIMPLE | {"hebergement_externe": False, "dispositif_medical": True, "dmn_certifie": True}
    sheet = sheets.answer_orientation(sheets.open_sheet(full_version), facts, alice)
    certify(sheet, glyco, alice, valid_until=date(2029, 3, 3))
    said = {item.code: item.verdict.because for item in sheets.overview(sheet).items if not item.verdict.applies}
    assert said == {
        "SEC-GOV-01": DISPENSED,
        "SEC-GOV-02": DISPENSED,
        "URB-HEB-01": "Ne s'applique pas : l'hébergement n'est pas confié à un tiers.",
        "SEX-01": "Ne s'applique pas : le service n'échange pas de données avec Mon espace santé.",
        "TST-U-01": "Ne s'applique pas : le service n'utilise pas l'API Mesures.",
    }


def test_items_go_from_to_do_to_done(
    sheet: Sheet, criterion: Callable[[str], Criterion], alice: User, proof: EvidenceRevision
):
    assert states(sheet)["ADM-02"] == ItemState.TO_DO
    sheets.save_answer(sheet, criterion("ADM-02"), value="met", comment="", edition=0, user=alice)
    assert states(sheet)["ADM-02"] == ItemState.IN_PROGRESS
    sheets.attach(sheet, criterion("ADM-02"), proof, alice)
    assert states(sheet)["ADM-02"] == ItemState.DONE


def test_an_item_carries_its_answer_its_proofs_and_what_is_missing(
    sheet: Sheet, criterion: Callable[[str], Criterion], alice: User, proof: EvidenceRevision
):
    sheets.attach(sheet, criterion("ADM-04"), proof, alice, note="p. 2")
    item = sheets.overview(sheet).item("ADM-04")
    assert item is not None
    assert item.missing == ("Choisissez une réponse.",)
    assert [(str(use.revision), use.note) for use in item.uses] == [("Politique de sécurité (preuve.txt)", "p. 2")]
    assert [str(expected) for expected in item.expected] == ["Déclaration"]
    assert item.edition == 1
    assert item.may_change


def test_progress_counts_what_is_asked_only(sheet: Sheet, criterion: Callable[[str], Criterion], alice: User):
    sheets.save_answer(sheet, criterion("ADM-04"), value="met", comment="Prévention.", edition=0, user=alice)
    whole = sheets.overview(sheet)
    assert whole.progress == Progress(1, 8)
    demande, securite, tests = whole.questionnaires
    assert demande.progress == Progress(1, 2)
    assert demande.progress.percent == 50
    assert [section.progress for section in securite.sections] == [Progress(0, 3), Progress(0, 3)]
    assert (tests.progress, tests.progress.percent) == (Progress(0, 0), 100)


def test_milestones_of_the_tests_are_shown_but_never_asked(sheet: Sheet):
    item = sheets.overview(sheet).item("TST-U-01")
    assert item is not None
    assert (item.verdict.applies, item.state, item.may_change, item.missing) == (True, ItemState.NOT_ASKED, False, ())


def test_points_of_a_criterion_follow_the_facts(simple_version: Version, glyco: Organisation, alice: User):
    sheet = sheets.answer_orientation(sheets.open_sheet(simple_version), SIMPLE, alice)
    item = sheets.overview(sheet).item("SEC-GOV-01")
    assert item is not None
    assert [(point.code, point.level_label) for point in item.points] == [("SEC-GOV-02", "Obligatoire")]
    facts = {"dispositif_medical": True, "dmn_certifie": True}
    sheets.answer_orientation(sheet, facts, alice)
    certify(sheet, glyco, alice)
    dispensed = sheets.overview(sheet).item("SEC-GOV-01")
    assert dispensed is not None
    assert dispensed.points == ()


def test_an_unknown_code_has_no_item(sheet: Sheet):
    assert sheets.overview(sheet).item("ADM-99") is None
    assert sheets.overview(sheet).questionnaire("autre") is None


def test_a_questionnaire_with_nothing_to_ask_says_so(full_version: Version, alice: User):
    sheet = sheets.answer_orientation(sheets.open_sheet(full_version), SIMPLE, alice)
    assert [view.applies for view in sheets.overview(sheet).questionnaires] == [True, True, False]


def test_four_queries_whatever_the_size(
    sheet: Sheet,
    criterion: Callable[[str], Criterion],
    alice: User,
    proof: EvidenceRevision,
    django_assert_num_queries,
):
    sheets.attach(sheet, criterion("ADM-02"), proof, alice)
    with django_assert_num_queries(4):
        one = sheets.overview(sheet)
    for code in ("ADM-04", "SEC-GOV-01", "SEX-01"):
        sheets.attach(sheet, criterion(code), proof, alice)
    with django_assert_num_queries(4):
        four = sheets.overview(sheet)
        assert [use.revision.evidence.title for item in four.items for use in item.uses] == [
            "Politique de sécurité"
        ] * 4
    assert len(one.items) == len(four.items) == 9
