"""The boards: each figure is the number of files that its link lists."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from questionnaires.models import Version
from referencing import claims
from referencing.models import Candidature
from tests import play
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]
BOARDS = "/instruction/charge/"
FIGURE = re.compile(r'href="(/instruction/\?[^"]+)">(\d+)<')


@pytest.fixture
def house(alice: User, charlie: User, sophie: User, emile: User, simple_version: Version) -> list[Candidature]:
    judged = play.assigned(alice, simple_version, sophie, emile, name="Glyco")
    waiting = [play.submitted(charlie, simple_version, name=name) for name in ("Sommeil", "Vaccins")]
    claims.take(judged, actor=sophie)
    day = timezone.localdate()
    Candidature.objects.filter(pk=judged.pk).update(deadline=day - timedelta(days=3))
    Candidature.objects.filter(pk=waiting[0].pk).update(submitted_at=timezone.now() - timedelta(days=75))
    return [judged, *waiting]


def test_each_figure_is_the_number_of_files_that_its_link_lists(
    house: list[Candidature], sophie: User, client_of: ClientOf
) -> None:
    client = client_of(sophie)
    figures = FIGURE.findall(client.get(BOARDS).content.decode())
    assert len(figures) == 11
    for address, number in figures:
        assert client.get(unescape(address)).context["page_obj"].paginator.count == int(number), address


def test_the_boards_take_the_same_queries_whatever_the_files(
    house: list[Candidature], alice: User, sophie: User, client_of: ClientOf, simple_version: Version
) -> None:
    client = client_of(sophie)
    client.get(BOARDS)  # what the process remembers
    taken = []
    for name in ("Premier", "Second"):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(BOARDS).status_code == 200
        taken.append(len(captured))
        play.submitted(alice, simple_version, name=name)
    assert taken[0] == taken[1] <= 16


def test_the_curves_say_their_numbers_in_a_table(house: list[Candidature], sophie: User, client_of: ClientOf) -> None:
    flow = client_of(sophie).get(BOARDS).context["flow"]
    assert sum(filed for _, (filed, _) in flow.table) == 3
    assert sum(ended for _, (_, ended) in flow.table) == 0
