"""Pages ask the database as many questions for three rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commission.kinds import SeanceState
from commission.models import Seance
from tests import sittings
from tests.commission.reading import address, text_of


@pytest.fixture
def three_items(nine, alice, simple_version, sophie, simone) -> Seance:
    files = [sittings.ready(alice, simple_version, sophie, name=f"Service {rank}") for rank in range(3)]
    return sittings.convened(files, support=sophie, secretary=simone)


def queries_of(client, path) -> int:
    """How many queries a page asks, once what a process keeps is warm."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("who", ["member", "simone", "sophie"])
def test_a_seance_of_three_items_asks_as_many_queries_as_one(convened, three_items, nine, who, request, client_of):
    visitor = client_of(nine[0].user if who == "member" else request.getfixturevalue(who))
    assert queries_of(visitor, address(three_items)) == queries_of(visitor, address(convened))


@pytest.mark.parametrize("who", ["member", "simone"])
def test_the_list_of_seances_asks_as_many_queries_for_three_as_for_one(convened, nine, simone, who, client_of):
    visitor = client_of(nine[0].user if who == "member" else simone)
    one = queries_of(visitor, "/seances/")
    for _ in range(2):
        seance = sittings.planned(simone)
        seance.presences.create(member=nine[0])
        seance.state, seance.convened_at = SeanceState.CONVENED, convened.convened_at
        seance.save(update_fields=["state", "convened_at"])
    assert queries_of(visitor, "/seances/") == one
    assert text_of(visitor.get("/seances/")).count("Séance n° ") == 3


def test_the_candidatures_to_put_on_the_agenda_ask_as_many_queries_for_three_as_for_one(
    nine, alice, simple_version, sophie, simone, client_of
):
    support, seance = client_of(sophie), sittings.planned(simone)
    sittings.ready(alice, simple_version, sophie)
    one = queries_of(support, address(seance, "ordre-du-jour"))
    for rank in range(2):
        sittings.ready(alice, simple_version, sophie, name=f"Service {rank}")
    assert queries_of(support, address(seance, "ordre-du-jour")) == one
