from collections.abc import Callable

import pytest

from accounts.models import User
from questionnaires import sheets
from questionnaires.models import Answer, Criterion, EvidenceRevision, EvidenceUse, Sheet, Version
from tests.play import SIMPLE

pytestmark = pytest.mark.django_db
Find = Callable[[str], Criterion]


def test_an_answer_is_kept_with_who_wrote_it(sheet: Sheet, criterion: Find, alice: User):
    answer = sheets.save_answer(sheet, criterion("ADM-02"), value="met", comment="  Signé.  ", edition=0, user=alice)
    answer.refresh_from_db()
    assert (answer.value, answer.comment, answer.edition, answer.updated_by) == ("met", "Signé.", 1, alice)


def test_an_answer_may_be_left_unfinished(sheet: Sheet, criterion: Find, alice: User):
    answer = sheets.save_answer(sheet, criterion("ADM-02"), value="", comment="À voir avec Bob.", edition=0, user=alice)
    assert (answer.value, answer.edition) == ("", 1)


def test_saying_the_same_again_changes_nothing(sheet: Sheet, criterion: Find, alice: User, bob: User):
    sheets.save_answer(sheet, criterion("ADM-02"), value="met", comment="Signé.", edition=0, user=alice)
    again = sheets.save_answer(sheet, criterion("ADM-02"), value="met", comment="Signé.", edition=0, user=bob)
    assert (again.edition, again.updated_by) == (1, alice)


def test_a_stale_answer_is_refused_and_shows_both(sheet: Sheet, criterion: Find, alice: User, bob: User):
    sheets.save_answer(sheet, criterion("ADM-02"), value="met", comment="D'Alice.", edition=0, user=alice)
    with pytest.raises(sheets.Conflict) as conflict:
        sheets.save_answer(sheet, criterion("ADM-02"), value="not_met", comment="De Bob.", edition=0, user=bob)
    assert (conflict.value.theirs.comment, conflict.value.theirs.updated_by) == ("D'Alice.", alice)
    assert (conflict.value.mine.value, conflict.value.mine.comment) == ("not_met", "De Bob.")
    assert Answer.objects.get().comment == "D'Alice."


def test_an_unknown_value_is_refused(sheet: Sheet, criterion: Find, alice: User):
    with pytest.raises(sheets.AnswerRefused, match="n'est pas l'une de celles proposées"):
        sheets.save_answer(sheet, criterion("ADM-02"), value="peut-être", comment="", edition=0, user=alice)


def test_a_criterion_that_does_not_apply_is_refused_with_its_reason(
    full_version: Version, criterion: Find, alice: User
):
    sheet = sheets.answer_orientation(sheets.open_sheet(full_version), SIMPLE, alice)
    with pytest.raises(sheets.AnswerRefused) as refusal:
        sheets.save_answer(sheet, criterion("SEX-01"), value="met", comment="", edition=0, user=alice)
    assert refusal.value.sentence == (
        "D'après l'orientation, ce critère n'est pas demandé. Ne s'applique pas : le service n'échange pas de données "
        "avec Mon espace santé."
    )


def test_a_milestone_of_the_tests_is_not_answered(sheet: Sheet, criterion: Find, alice: User):
    with pytest.raises(sheets.AnswerRefused, match="constaté par les tests techniques"):
        sheets.save_answer(sheet, criterion("TST-U-01"), value="met", comment="", edition=0, user=alice)


def test_a_criterion_of_another_version_is_refused(sheet: Sheet, simple_version: Version, alice: User):
    with pytest.raises(sheets.AnswerRefused, match="n'appartient pas à la version"):
        sheets.save_answer(
            sheet, simple_version.criteria.get(code="ADM-02"), value="met", comment="", edition=0, user=alice
        )


def test_a_frozen_sheet_refuses_every_change(sheet: Sheet, criterion: Find, alice: User, proof: EvidenceRevision):
    use = sheets.attach(sheet, criterion("ADM-02"), proof, alice)
    sheets.freeze(sheet)
    for change in (
        lambda: sheets.save_answer(sheet, criterion("ADM-02"), value="met", comment="", edition=1, user=alice),
        lambda: sheets.attach(sheet, criterion("ADM-04"), proof, alice),
        lambda: sheets.detach(use, alice),
    ):
        with pytest.raises(sheets.AnswerRefused, match="La candidature est déposée"):
            change()
    assert EvidenceUse.objects.count() == 1


def test_a_stale_sheet_object_does_not_open_a_frozen_sheet(sheet: Sheet, criterion: Find, alice: User):
    read_before = Sheet.objects.get(pk=sheet.pk)
    sheets.freeze(sheet)
    with pytest.raises(sheets.AnswerRefused):
        sheets.save_answer(read_before, criterion("ADM-02"), value="met", comment="", edition=0, user=alice)


# --- Proofs ----------------------------------------------------------------------------------


def test_a_proof_is_given_once_and_moves_the_edition(
    sheet: Sheet, criterion: Find, alice: User, proof: EvidenceRevision
):
    first = sheets.attach(sheet, criterion("ADM-02"), proof, alice, note=" p. 3 ")
    second = sheets.attach(sheet, criterion("ADM-02"), proof, alice)
    assert first == second
    assert (first.note, first.added_by, Answer.objects.get().edition) == ("p. 3", alice, 1)


def test_one_proof_serves_several_criteria(sheet: Sheet, criterion: Find, alice: User, proof: EvidenceRevision):
    for code in ("ADM-02", "SEC-GOV-01"):
        sheets.attach(sheet, criterion(code), proof, alice)
    assert proof.uses.count() == 2


def test_withdrawing_a_proof_leaves_it_in_the_vault(
    sheet: Sheet, criterion: Find, alice: User, proof: EvidenceRevision
):
    use = sheets.attach(sheet, criterion("ADM-02"), proof, alice)
    sheets.detach(use, alice)
    assert not EvidenceUse.objects.exists()
    assert EvidenceRevision.objects.get() == proof
    assert Answer.objects.get().edition == 2


def test_withdrawing_twice_counts_once(sheet: Sheet, criterion: Find, alice: User, proof: EvidenceRevision):
    use = sheets.attach(sheet, criterion("ADM-02"), proof, alice)
    same = EvidenceUse.objects.get()
    sheets.detach(use, alice)
    sheets.detach(same, alice)
    assert Answer.objects.get().edition == 2


def test_an_infected_file_is_no_proof(sheet: Sheet, criterion: Find, alice: User, proof: EvidenceRevision):
    proof.scan = EvidenceRevision.Scan.INFECTED
    proof.save(update_fields=["scan"])
    with pytest.raises(sheets.AnswerRefused) as refusal:
        sheets.attach(sheet, criterion("ADM-02"), proof, alice)
    assert refusal.value.sentence == "Le fichier « preuve.txt » contient un virus : il ne peut pas servir de preuve."
    assert not Answer.objects.exists()


# --- Frozen, reopened ------------------------------------------------------------------------


def may_change(sheet: Sheet) -> list[str]:
    return [item.code for item in sheets.overview(sheet).items if item.may_change]


def test_everything_reopens_when_the_file_is_incomplete(sheet: Sheet):
    before = may_change(sheet)
    sheets.freeze(sheet)
    assert may_change(sheet) == []
    sheets.reopen_all(sheet)
    assert may_change(sheet) == before


def test_only_the_named_criteria_reopen(sheet: Sheet, criterion: Find, alice: User):
    sheets.freeze(sheet)
    sheets.reopen(sheet, ["ADM-02", "SEC-GOV-07"])
    assert may_change(sheet) == ["ADM-02", "SEC-GOV-07"]
    sheets.save_answer(sheet, criterion("SEC-GOV-07"), value="met", comment="", edition=0, user=alice)
    with pytest.raises(sheets.AnswerRefused, match="Seuls les critères nommés"):
        sheets.save_answer(sheet, criterion("ADM-04"), value="met", comment="", edition=0, user=alice)


def test_reopening_adds_up_and_forgets_nothing(sheet: Sheet, criterion: Find, alice: User):
    sheets.freeze(sheet)
    sheets.reopen(sheet, ["ADM-02"])
    sheets.save_answer(sheet, criterion("ADM-02"), value="met", comment="Complété.", edition=0, user=alice)
    sheets.reopen(sheet, ["ADM-02", "ADM-04"])
    assert [row.code for row in sheets.unanswered_reopenings(sheet)] == ["ADM-04"]


def test_a_reopened_criterion_waits_for_an_answer_or_a_proof(
    sheet: Sheet, criterion: Find, alice: User, proof: EvidenceRevision
):
    sheets.save_answer(sheet, criterion("ADM-02"), value="met", comment="Signé.", edition=0, user=alice)
    sheets.freeze(sheet)
    sheets.reopen(sheet, ["SEC-GOV-01", "ADM-02", "ADM-04"])
    assert [row.code for row in sheets.unanswered_reopenings(sheet)] == ["ADM-02", "ADM-04", "SEC-GOV-01"]
    sheets.save_answer(sheet, criterion("ADM-02"), value="met", comment="Signé.", edition=1, user=alice)
    assert [row.code for row in sheets.unanswered_reopenings(sheet)] == ["ADM-02", "ADM-04", "SEC-GOV-01"]
    sheets.save_answer(sheet, criterion("ADM-02"), value="met", comment="Signé le 3 mars.", edition=1, user=alice)
    sheets.attach(sheet, criterion("SEC-GOV-01"), proof, alice)
    assert [row.code for row in sheets.unanswered_reopenings(sheet)] == ["ADM-04"]


def test_freezing_forgets_what_was_reopened(sheet: Sheet):
    sheets.freeze(sheet)
    sheets.reopen(sheet, ["ADM-02"])
    sheets.freeze(sheet)
    assert sheets.unanswered_reopenings(sheet) == []
    assert may_change(sheet) == []


@pytest.mark.parametrize(("codes", "said"), [(["ADM-02", "ADM-99"], "ADM-99"), ([], "aucun code donné")])
def test_a_reopening_names_known_criteria(sheet: Sheet, codes: list[str], said: str):
    with pytest.raises(ValueError, match=said):
        sheets.reopen(sheet, codes)
    sheet.refresh_from_db()
    assert sheet.writing == Sheet.Writing.OPEN
