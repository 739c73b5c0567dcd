"""« Terminé », « à revoir »: what people say beside an answer, and the lists made of it."""

from collections.abc import Callable

import pytest

from accounts.models import User
from questionnaires import sheets
from questionnaires.models import Answer, Criterion, EvidenceRevision, Sheet
from questionnaires.sheets import Item
from questionnaires.sheets.filters import Choice, Filter, choices, filter_named, kept

pytestmark = pytest.mark.django_db
Criteria = Callable[[str], Criterion]


def test_a_state_says_who_gave_it_and_when(sheet: Sheet, criterion: Criteria, alice: User):
    sheets.mark(sheet, criterion("ADM-02"), "review", alice)
    answer = Answer.objects.get()
    assert (answer.mark, answer.marked_by, answer.marked_at is not None) == ("review", alice, True)
    assert (answer.value, answer.edition, answer.updated_by) == ("", 0, None)


def test_saying_it_again_does_not_sign_it_again(sheet: Sheet, criterion: Criteria, alice: User, bob: User):
    first = sheets.mark(sheet, criterion("ADM-02"), "done", alice)
    sheets.mark(sheet, criterion("ADM-02"), "done", bob)
    answer = Answer.objects.get()
    assert (answer.marked_by, answer.marked_at) == (alice, first.marked_at)


def test_a_state_is_taken_back(sheet: Sheet, criterion: Criteria, alice: User, bob: User):
    sheets.mark(sheet, criterion("ADM-02"), "done", alice)
    sheets.mark(sheet, criterion("ADM-02"), "", bob)
    answer = Answer.objects.get()
    assert (answer.mark, answer.marked_by, answer.marked_at) == ("", None, None)


def test_it_leaves_the_answer_and_its_date_alone(sheet: Sheet, criterion: Criteria, alice: User, bob: User):
    before = sheets.save_answer(sheet, criterion("ADM-02"), value="met", comment="Oui.", edition=0, user=alice)
    sheets.mark(sheet, criterion("ADM-02"), "done", bob)
    after = Answer.objects.get()
    assert (after.edition, after.updated_by, after.updated_at) == (1, alice, before.updated_at)


def test_an_answer_that_changes_is_no_longer_finished(
    sheet: Sheet, criterion: Criteria, alice: User, proof: EvidenceRevision
):
    for code in ("ADM-02", "SEC-GOV-01"):
        sheets.mark(sheet, criterion(code), "done", alice)
    sheets.save_answer(sheet, criterion("ADM-02"), value="met", comment="Neuf.", edition=0, user=alice)
    sheets.attach(sheet, criterion("SEC-GOV-01"), proof, alice)
    assert not Answer.objects.exclude(mark="", marked_by=None, marked_at=None).exists()
    assert Answer.objects.count() == 2


def test_what_must_be_seen_again_stays_so_when_the_answer_changes(sheet: Sheet, criterion: Criteria, alice: User):
    sheets.mark(sheet, criterion("ADM-02"), "review", alice)
    answer = sheets.save_answer(sheet, criterion("ADM-02"), value="met", comment="Neuf.", edition=0, user=alice)
    assert answer.mark == "review"


def test_an_unknown_state_is_refused(sheet: Sheet, criterion: Criteria, alice: User):
    with pytest.raises(sheets.AnswerRefused, match="Cet état n'est pas l'un de ceux proposés"):
        sheets.mark(sheet, criterion("ADM-02"), "parfait", alice)


def test_nothing_is_marked_once_the_sheet_is_frozen(sheet: Sheet, criterion: Criteria, alice: User):
    sheets.freeze(sheet)
    with pytest.raises(sheets.AnswerRefused, match="La candidature est déposée"):
        sheets.mark(sheet, criterion("ADM-02"), "done", alice)


def test_a_state_does_not_answer_a_complement(sheet: Sheet, criterion: Criteria, alice: User):
    sheets.reopen(sheet, ["ADM-02"])
    sheets.mark(sheet, criterion("ADM-02"), "done", alice)
    assert [one.code for one in sheets.unanswered_reopenings(sheet)] == ["ADM-02"]


# --- Lists -----------------------------------------------------------------------------------


@pytest.fixture
def items(sheet: Sheet, criterion: Criteria, alice: User, proof: EvidenceRevision) -> list[Item]:
    """ADM-02 to see again; SEC-GOV-01 proven; URB-HEB-01 proven by a file of another kind; the rest blank."""
    sheets.mark(sheet, criterion("ADM-02"), "review", alice)
    for code in ("SEC-GOV-01", "URB-HEB-01"):
        sheets.save_answer(sheet, criterion(code), value="met", comment="", edition=0, user=alice)
        sheets.attach(sheet, criterion(code), proof, alice)
    return list(sheets.overview(sheet).items)


def codes(found: list[Item]) -> list[str]:
    return [item.code for item in found]


def test_each_list_keeps_its_own(items: list[Item]):
    blank = ["ADM-02", "ADM-04", "SEC-GOV-02", "SEC-GOV-07", "RGPD-FIN-04", "SEX-01"]
    assert codes(kept(items, Filter.REVIEW)) == ["ADM-02"]
    assert codes(kept(items, Filter.UNANSWERED)) == blank
    assert codes(kept(items, Filter.NO_PROOF)) == ["URB-HEB-01"]
    assert kept(items, Filter.ASKED) == []


def test_what_is_asked_for_is_a_list(sheet: Sheet):
    sheets.reopen(sheet, ["SEC-GOV-01"])
    assert codes(kept(sheets.overview(sheet).items, Filter.ASKED)) == ["SEC-GOV-01"]


def test_the_lists_on_offer_say_how_many_they_hold_and_hide_the_empty_ones(items: list[Item]):
    assert choices(items, Filter.REVIEW, team=True) == [
        Choice("", "Tous", 8, is_current=False),
        Choice("a-revoir", "À revoir", 1, is_current=True),
        Choice("sans-reponse", "Sans réponse", 6, is_current=False),
        Choice("preuve-manquante", "Preuve manquante", 1, is_current=False),
    ]


def test_the_states_of_the_team_are_not_a_list_for_others(items: list[Item]):
    assert [choice.value for choice in choices(items, None, team=False)] == ["", "sans-reponse", "preuve-manquante"]
    assert filter_named("a-revoir", team=False) is None
    assert filter_named("a-revoir", team=True) == Filter.REVIEW


@pytest.mark.parametrize("name", ["", "tout", "A-REVOIR", "<script>"])
def test_a_list_that_does_not_exist_is_everything(name: str):
    assert filter_named(name, team=True) is None
