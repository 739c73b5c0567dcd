"""Several sheets at once say the same as each alone."""

import pytest

from accounts.models import User
from questionnaires import sheets
from questionnaires.models import Sheet, Version
from tests.play import EXCHANGE, SIMPLE

pytestmark = pytest.mark.django_db


def opened(version: Version, facts: dict[str, object], by: User) -> Sheet:
    return sheets.answer_orientation(sheets.open_sheet(version), facts, by)


def test_they_say_what_each_says_alone(simple_version: Version, full_version: Version, alice: User):
    three = [
        opened(simple_version, SIMPLE, alice),
        opened(simple_version, EXCHANGE, alice),
        opened(full_version, SIMPLE, alice),
    ]
    sheets.reopen(three[0], ["ADM-02"])
    criterion = sheets.overview(three[1]).item("ADM-04").criterion
    sheets.save_answer(three[1], criterion, value="met", comment="Oui.", edition=0, user=alice)
    assert sheets.overviews(three) == {sheet.pk: sheets.overview(sheet) for sheet in three}


@pytest.mark.parametrize("number", [1, 3])
def test_they_cost_the_same_whatever_their_number(
    simple_version: Version, alice: User, number: int, django_assert_num_queries
):
    many = [opened(simple_version, SIMPLE, alice) for _ in range(number)]
    for sheet in many:
        criterion = sheets.overview(sheet).item("ADM-04").criterion
        sheets.save_answer(sheet, criterion, value="met", comment="Oui.", edition=0, user=alice)
    with django_assert_num_queries(5):
        sheets.overviews(many)


def test_none_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert sheets.overviews([]) == {}


def test_what_was_reopened_waits_until_it_is_answered(simple_version: Version, alice: User):
    sheet = opened(simple_version, SIMPLE, alice)
    sheets.reopen(sheet, ["ADM-02", "ADM-04"])
    item = sheets.overview(sheet).item("ADM-04")
    sheets.save_answer(sheet, item.criterion, value="met", comment="Oui.", edition=item.edition, user=alice)
    assert sheets.unanswered([sheet], sheets.overviews([sheet])) == {sheet.pk: {"ADM-02"}}
