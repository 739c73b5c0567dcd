"""A sheet with certificates: the day they are judged on, who may change them, what each read costs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Organisation, User
from questionnaires import sheets
from questionnaires.models import Certificate, EvidenceRevision, Sheet, Version
from tests.certificates import certify, given
from tests.play import SIMPLE

pytestmark = pytest.mark.django_db
DMN = SIMPLE | {"dispositif_medical": True, "dmn_certifie": True}
LAST_DAY = date(2026, 7, 14)


@pytest.fixture
def sheet(full_version: Version, alice: User) -> Sheet:
    return sheets.answer_orientation(sheets.open_sheet(full_version), DMN, alice)


def state(sheet: Sheet, code: str = "SEC-GOV-01") -> tuple[str, str]:
    item = sheets.overview(sheet).item(code)
    assert item is not None
    return item.verdict.state.value, item.verdict.returned


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 7, 14, 21, 59, tzinfo=UTC), "dispensed"),  # 23 h 59 in Paris
        (datetime(2026, 7, 14, 22, 0, tzinfo=UTC), "applicable"),  # midnight in Paris, still the 14th in London
    ],
)
def test_the_last_day_ends_at_midnight_in_paris(
    sheet: Sheet,
    glyco: Organisation,
    alice: User,
    monkeypatch: pytest.MonkeyPatch,
    moment: datetime,
    expected: str,
):
    certify(sheet, glyco, alice, issued_on=date(2024, 1, 1), valid_until=LAST_DAY)
    at(moment, monkeypatch)
    assert state(sheet)[0] == expected


def test_a_declared_certificate_that_is_not_given_dispenses_of_nothing(sheet: Sheet):
    assert state(sheet) == (
        "applicable",
        "aucun certificat « dispositif médical numérique (DMN) » n'est joint, alors que l'orientation en déclare un",
    )


def test_it_is_judged_on_the_day_of_the_depot_as_long_as_the_sheet_is_not_whole_open(
    sheet: Sheet, glyco: Organisation, alice: User, monkeypatch: pytest.MonkeyPatch
):
    certify(sheet, glyco, alice, issued_on=date(2024, 1, 1), valid_until=LAST_DAY)
    at(datetime(2026, 7, 14, 9, tzinfo=UTC), monkeypatch)
    sheets.freeze(sheet)
    at(datetime(2026, 9, 1, 9, tzinfo=UTC), monkeypatch)
    assert state(Sheet.objects.get())[0] == "dispensed"
    sheets.reopen(sheet, ["ADM-02"])
    sheets.freeze(sheet)
    assert Sheet.objects.get().frozen_on == LAST_DAY
    sheets.reopen_all(sheet)
    assert state(Sheet.objects.get())[0] == "applicable"


def test_an_edition_leaves_what_it_does_not_cover(sheet: Sheet, glyco: Organisation, alice: User):
    certify(sheet, glyco, alice, edition="dmn-1")
    item = sheets.overview(sheet).item("SEC-GOV-02")
    assert item is not None
    assert (item.verdict.applies, item.verdict.remaining) == (True, "Nommez le responsable sécurité de ce service.")
    filed = {one["code"]: one for view in sheets.snapshot(sheet)["questionnaires"] for one in view["criteria"]}
    assert filed["SEC-GOV-02"]["remaining"] == "Nommez le responsable sécurité de ce service."
    assert "SEC-GOV-01" not in filed


def test_a_covered_criterion_stays_asked_for_its_points_that_are_not(
    simple_version: Version, glyco: Organisation, alice: User
):
    sheet = sheets.answer_orientation(sheets.open_sheet(simple_version), DMN, alice)
    certify(sheet, glyco, alice, edition="dmn-1", valid_until=date(2029, 3, 3))
    item = sheets.overview(sheet).item("SEC-GOV-01")
    assert item is not None
    assert (item.verdict.applies, item.verdict.remaining) == (True, "Ne répondez que pour SEC-GOV-02.")
    assert item.verdict.because.endswith("(valable jusqu'au samedi 3\u00a0mars\u00a02029), sauf pour SEC-GOV-02.")
    assert [(one.code, one.remaining) for one in item.points] == [
        ("SEC-GOV-02", "Nommez le responsable sécurité de ce service.")
    ]


def test_an_answer_is_set_aside_with_the_certificate_and_comes_back_without_it(
    sheet: Sheet, glyco: Organisation, alice: User
):
    criterion = sheet.version.criteria.get(code="SEC-GOV-01")
    sheets.save_answer(sheet, criterion, value="met", comment="Signée.", edition=0, user=alice)
    certify(sheet, glyco, alice)
    assert sheet.answers.get(criterion=criterion).standing == "aside"
    sheets.remove_certificate(sheet, "DMN")
    assert sheet.answers.get(criterion=criterion).standing == "back"


def test_a_refused_one_dispenses_of_nothing_until_another_is_given(
    sheet: Sheet, glyco: Organisation, alice: User, sophie: User
):
    certificate = certify(sheet, glyco, alice)
    sheets.check_certificate(certificate, accepted=False, motive="Il porte sur un autre produit.", user=sophie)
    assert state(sheet)[1].endswith("a été refusé par le support : Il porte sur un autre produit")
    again = certify(sheet, glyco, alice, number="DMN-2026-115")
    assert (again.pk, again.review, again.checked_by, again.motive) == (certificate.pk, "to_check", None, "")
    assert state(sheet)[0] == "dispensed"


def test_a_refusal_without_a_motive_is_refused(sheet: Sheet, glyco: Organisation, alice: User, sophie: User):
    certificate = certify(sheet, glyco, alice)
    with pytest.raises(sheets.AnswerRefused, match="Dites pourquoi"):
        sheets.check_certificate(certificate, accepted=False, motive=" ", user=sophie)


def test_a_frozen_sheet_keeps_its_certificates(sheet: Sheet, glyco: Organisation, alice: User):
    certify(sheet, glyco, alice)
    sheets.freeze(sheet)
    with pytest.raises(sheets.AnswerRefused, match="ses certificats ne peuvent plus changer"):
        certify(sheet, glyco, alice, number="autre")
    with pytest.raises(sheets.AnswerRefused, match="ses certificats ne peuvent plus changer"):
        sheets.remove_certificate(sheet, "DMN")
    assert Certificate.objects.get().number == "DMN-2026-114"


def test_an_edition_of_another_kind_is_refused(sheet: Sheet, glyco: Organisation, alice: User):
    with pytest.raises(sheets.AnswerRefused, match="n'est pas l'un de ceux proposés"):
        certify(sheet, glyco, alice, edition="tlc-1")


def test_an_infected_file_is_refused(sheet: Sheet, alice: User, proof: EvidenceRevision):
    proof.scan = EvidenceRevision.Scan.INFECTED
    with pytest.raises(sheets.AnswerRefused, match="contient un virus"):
        sheets.save_certificate(sheet, "DMN", given(sheet), revision=proof, user=alice)


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_until": date(2020, 1, 1)},
        {"kind": "HDS"},
        {"review": "accepted"},
        {"review": "refused", "motive": ""},
    ],
)
def test_the_database_refuses_what_makes_no_sense(sheet: Sheet, glyco: Organisation, alice: User, wrong: dict):
    certify(sheet, glyco, alice)
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.update(**wrong)


def test_four_queries_without_a_certificate_and_five_with_some(
    sheet: Sheet, full_version: Version, glyco: Organisation, alice: User, django_assert_num_queries
):
    for code in ("ADM-02", "ADM-04"):
        criterion = full_version.criteria.get(code=code)
        sheets.save_answer(sheet, criterion, value="met", comment="Oui.", edition=0, user=alice)
    certify(sheet, glyco, alice)
    with django_assert_num_queries(5):
        sheets.overview(sheet)
    sheet.facts = sheet.facts | {"dmn_certifie": False}
    with django_assert_num_queries(4):
        sheets.overview(sheet)


# --- Answers carried from elsewhere ----------------------------------------------------------


def carried(sheet: Sheet, code: str, alice: User) -> None:
    criterion = sheet.version.criteria.get(code=code)
    answer = sheets.save_answer(sheet, criterion, value="met", comment="Prévention.", edition=0, user=alice)
    answer.to_confirm, answer.carried_from = True, {"origin": "MES-2026-0001", "codes": [code], "reasons": ["Relire."]}
    answer.save()


def test_an_answer_to_confirm_is_not_complete(sheet: Sheet, alice: User):
    carried(sheet, "ADM-04", alice)
    item = sheets.overview(sheet).item("ADM-04")
    assert item is not None
    assert (item.state, item.to_confirm) == ("in_progress", True)
    assert item.missing == (
        "Relisez cette réponse, reprise d'une autre candidature ou d'une autre version, puis confirmez-la.",
    )
    assert sheets.overview(sheet).to_confirm == 1


def test_confirming_says_who_read_it_and_changes_no_word(sheet: Sheet, alice: User, bob: User):
    carried(sheet, "ADM-04", alice)
    assert sheets.confirm(sheet, ["ADM-04", "ADM-02"], bob) == ["ADM-04"]
    item = sheets.overview(sheet).item("ADM-04")
    assert item is not None
    assert item.answer is not None
    assert (item.state, item.answer.comment, item.answer.updated_by, item.edition) == ("done", "Prévention.", bob, 1)
    assert sheets.confirm(sheet, ["ADM-04"], alice) == []


@pytest.mark.parametrize("comment", ["Prévention.", "Prévention et soins."])
def test_saving_an_answer_confirms_it(sheet: Sheet, alice: User, comment: str):
    carried(sheet, "ADM-04", alice)
    criterion = sheet.version.criteria.get(code="ADM-04")
    answer = sheets.save_answer(sheet, criterion, value="met", comment=comment, edition=1, user=alice)
    assert (answer.to_confirm, answer.comment) == (False, comment)


def test_nothing_is_confirmed_once_frozen(sheet: Sheet, alice: User):
    carried(sheet, "ADM-04", alice)
    sheets.freeze(sheet)
    with pytest.raises(sheets.AnswerRefused, match="ne peuvent plus changer"):
        sheets.confirm(sheet, ["ADM-04"], alice)


def test_a_certificate_of_a_month_ago_is_valid_today(sheet: Sheet, glyco: Organisation, alice: User):
    certificate = certify(sheet, glyco, alice)
    assert certificate.issued_on == timezone.localdate() - timedelta(days=30)
    assert state(sheet)[0] == "dispensed"
