"""Answers follow the orientation: set aside with their criterion, never counted nor exported, back to be read again."""

import json
from collections.abc import Callable

import pytest

from accounts.models import User
from questionnaires import sheets, vault
from questionnaires.completeness import missing
from questionnaires.models import Answer, Criterion, EvidenceRevision, Sheet
from questionnaires.sheets import ItemState, Progress
from tests.play import a_file

pytestmark = pytest.mark.django_db
SECRET = "Réponse qui ne doit plus sortir"
WITHOUT = {"api_mesures": False}
WITH = {"api_mesures": True}
CriterionOf = Callable[[str], Criterion]


@pytest.fixture
def answered(sheet: Sheet, criterion: CriterionOf, alice: User, proof: EvidenceRevision) -> Sheet:
    """SEX-01, which only applies to an exchange of data, is answered and proven."""
    sheets.attach(sheet, criterion("SEX-01"), proof, alice)
    sheets.save_answer(sheet, criterion("SEX-01"), value="met", comment=SECRET, edition=1, user=alice)
    return sheet


def item_of(sheet: Sheet, code: str = "SEX-01") -> sheets.Item:
    item = sheets.overview(sheet).item(code)
    assert item is not None
    return item


def standing() -> str:
    return Answer.objects.get(criterion__code="SEX-01").standing


def test_an_answer_leaves_with_its_criterion_and_is_kept(answered: Sheet, alice: User):
    before = sheets.overview(answered).progress
    sheets.answer_orientation(answered, WITHOUT, alice)
    item = item_of(answered)
    assert (item.answer, item.uses, item.state, item.missing, item.edition) == (None, (), ItemState.NOT_ASKED, (), 0)
    assert item.aside is not None
    assert (item.aside.answer.comment, len(item.aside.uses)) == (SECRET, 1)
    assert standing() == Answer.Standing.ASIDE
    assert sheets.overview(answered).progress == Progress(before.done - 1, before.total - 1)
    assert [one.code for one in sheets.overview(answered).set_aside] == ["SEX-01"]


def test_what_is_set_aside_is_neither_missing_nor_photographed(answered: Sheet, alice: User):
    sheets.answer_orientation(answered, WITHOUT, alice)
    assert "SEX-01" not in {lack.code for lack in missing(sheets.overview(answered))}
    photograph = json.dumps(sheets.snapshot(answered), ensure_ascii=False)
    assert SECRET not in photograph
    assert "Politique de sécurité" not in photograph


def test_it_comes_back_whole_to_be_read_again(answered: Sheet, alice: User):
    before = item_of(answered)
    sheets.answer_orientation(answered, WITHOUT, alice)
    sheets.answer_orientation(answered, WITH, alice)
    item = item_of(answered)
    assert (item.answer, item.uses, item.edition, item.state) == (
        before.answer,
        before.uses,
        before.edition,
        ItemState.DONE,
    )
    assert item.to_reread
    assert [one.code for one in sheets.overview(answered).to_reread] == ["SEX-01"]
    assert json.dumps(sheets.snapshot(answered)["questionnaires"], ensure_ascii=False).count(SECRET) == 1


@pytest.mark.parametrize("comment", [SECRET, "Autre chose"])
def test_saving_it_again_as_it_is_or_otherwise_says_it_was_read(
    answered: Sheet, criterion: CriterionOf, alice: User, comment: str
):
    sheets.answer_orientation(answered, WITHOUT, alice)
    sheets.answer_orientation(answered, WITH, alice)
    sheets.save_answer(answered, criterion("SEX-01"), value="met", comment=comment, edition=2, user=alice)
    assert not item_of(answered).to_reread
    assert item_of(answered).edition == (2 if comment == SECRET else 3)


def test_an_answer_left_empty_comes_back_as_it_was(sheet: Sheet, criterion: CriterionOf, alice: User):
    sheets.save_answer(sheet, criterion("SEX-01"), value="met", comment="", edition=0, user=alice)
    sheets.save_answer(sheet, criterion("SEX-01"), value="", comment="", edition=1, user=alice)
    sheets.answer_orientation(sheet, WITHOUT, alice)
    assert item_of(sheet).aside is None
    sheets.answer_orientation(sheet, WITH, alice)
    assert not item_of(sheet).to_reread


def test_an_answer_cannot_change_while_it_is_aside(
    answered: Sheet, criterion: CriterionOf, alice: User, glyco, proof: EvidenceRevision
):
    use = item_of(answered).uses[0]
    sheets.answer_orientation(answered, WITHOUT, alice)
    other = vault.deposit(glyco, a_file("autre.txt", b"Autre."), title="Autre", kind="DOC", user=alice)
    sentence = "D'après l'orientation, ce critère n'est pas demandé. Ne s'applique pas : le service n'échange pas"
    with pytest.raises(sheets.AnswerRefused, match=sentence):
        sheets.save_answer(answered, criterion("SEX-01"), value="not_met", comment="x", edition=2, user=alice)
    with pytest.raises(sheets.AnswerRefused, match=sentence):
        sheets.attach(answered, criterion("SEX-01"), other, alice)
    with pytest.raises(sheets.AnswerRefused, match=sentence):
        sheets.detach(use, alice)
    assert Answer.objects.get(criterion__code="SEX-01").comment == SECRET


def test_it_is_foreseen_before_it_is_done(answered: Sheet, alice: User):
    foreseen = sheets.foresee_change(answered, WITHOUT)
    assert [move.code for move in foreseen.change.leaving] == ["SEX-01", "TST-U-01"]
    assert (foreseen.change.answers_set_aside, foreseen.change.proofs_set_aside) == (1, 1)
    assert [(one.question.code, one.before, one.after) for one in foreseen.revised] == [("api_mesures", "Oui", "Non")]
    assert foreseen.needs_confirmation
    answered.refresh_from_db()
    assert answered.facts["echange_mes"] is True
    sheets.answer_orientation(answered, WITHOUT, alice, seen=foreseen.seen)
    assert answered.facts["echange_mes"] is False


def test_filling_a_first_answer_needs_no_confirmation(full_version, alice: User):
    sheet = sheets.open_sheet(full_version)
    foreseen = sheets.foresee_change(sheet, {"donnees_sante": True})
    assert foreseen.change.entering != ()
    assert not foreseen.needs_confirmation


def test_what_was_seen_must_still_be_so(answered: Sheet, criterion: CriterionOf, alice: User, bob: User):
    foreseen = sheets.foresee_change(answered, WITHOUT)
    sheets.save_answer(answered, criterion("SEX-01"), value="not_met", comment="Bob", edition=2, user=bob)
    with pytest.raises(sheets.OrientationOvertaken) as overtaken:
        sheets.answer_orientation(answered, WITHOUT, alice, seen=foreseen.seen)
    assert overtaken.value.foreseen.seen != foreseen.seen
    answered.refresh_from_db()
    assert answered.facts["echange_mes"] is True
    sheets.answer_orientation(answered, WITHOUT, alice, seen=overtaken.value.foreseen.seen)
    assert answered.facts["echange_mes"] is False


def test_an_answer_that_does_not_move_overtakes_nobody(answered: Sheet, criterion: CriterionOf, alice: User, bob: User):
    foreseen = sheets.foresee_change(answered, WITHOUT)
    sheets.save_answer(answered, criterion("ADM-02"), value="met", comment="Bob", edition=0, user=bob)
    sheets.answer_orientation(answered, WITHOUT, alice, seen=foreseen.seen)
    assert standing() == Answer.Standing.ASIDE


def test_the_queries_of_a_change_do_not_grow_with_the_answers(
    answered: Sheet, criterion: CriterionOf, alice: User, django_assert_num_queries
):
    with django_assert_num_queries(3):
        sheets.foresee_change(answered, WITHOUT)
    for code in ("ADM-02", "ADM-04", "SEC-GOV-01"):
        sheets.save_answer(answered, criterion(code), value="met", comment="x", edition=0, user=alice)
    with django_assert_num_queries(3):
        sheets.foresee_change(answered, WITHOUT)


def test_what_a_version_would_ask_is_what_a_sheet_then_asks(full_version, sheet: Sheet, django_assert_num_queries):
    with django_assert_num_queries(2):
        foreseen = sheets.foresee(full_version, sheet.facts)
        shown = [[str(proof) for proof in item.expected] for item in foreseen.items]
    real = sheets.overview(sheet)
    assert [(item.code, item.verdict, item.points, item.state) for item in foreseen.items] == [
        (item.code, item.verdict, item.points, item.state) for item in real.items
    ]
    assert shown == [[str(proof) for proof in item.expected] for item in real.items]
    assert foreseen.progress == real.progress


def test_every_criterion_of_a_sheet_is_explained_in_one_more_query(sheet: Sheet, django_assert_num_queries):
    whole = sheets.overview(sheet)
    with django_assert_num_queries(1):
        reasons = {row.item.code: row.reason for row in sheets.explain(sheets.explainer(sheet), whole)}
    assert {item.code: item.verdict.state for item in whole.items} == {
        code: reason.verdict.state for code, reason in reasons.items()
    }
    assert reasons["SEX-01"].sentence == (
        "S'applique parce que le service échange des données avec Mon espace santé (le service utilise l'API Mesures)."
    )
