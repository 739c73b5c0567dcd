"""Every URL × role, as declared in `table.txt`; an entrance that nobody declared fails here."""

from collections import defaultdict
from pathlib import Path

import pytest

from accounts.models import User
from journal.models import Event
from questionnaires.models import Version
from tests.client import HouseClient
from tests.entrances.resolver import address, entrances
from tests.entrances.scenes import NAMES, SCENES, addresses, gather

TABLE = Path(__file__).parent / "table.txt"
ELSEWHERE = Path(__file__).parent / "elsewhere.txt"
Rows = dict[str, dict[str, list[int]]]


def declared() -> Rows:
    """Read the table: scene → name of the URL → status for each column."""
    rows: Rows = defaultdict(dict)
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            scene, name, *statuses = line.split()
            rows[scene][name] = [int(status) for status in statuses]
    return rows


def tried_elsewhere() -> set[str]:
    """Read the entrances that other tests try, each with the file that does."""
    lines = ELSEWHERE.read_text(encoding="utf-8").splitlines()
    return {line.split()[0] for line in lines if line and not line.startswith("#")}


def test_every_entrance_is_declared_and_nothing_else() -> None:
    known = {name for rows in declared().values() for name in rows} | tried_elsewhere()
    assert known == set(entrances())


def test_what_is_tried_elsewhere_names_a_test_that_exists() -> None:
    root = Path(__file__).parent.parent.parent
    lines = [line.split() for line in ELSEWHERE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    assert [line for line in lines if not (root / line[1]).is_file()] == []


def answers(scene: str, version: Version) -> Rows:
    """Knock at every door of a scene as every person and note what opens."""
    people, members = gather()
    values = addresses(SCENES[scene](people, members, version), people)
    clients = [_client(people.by_name[name]) for name in NAMES]
    return {scene: {name: [_knock(client, address(name, values)) for client in clients] for name in declared()[scene]}}


def _knock(client: HouseClient, where: str) -> int:
    response = client.get(where)
    if response.streaming:
        response.getvalue()  # a proof is sent from a file that stays open until it is read
    return response.status_code


def _client(user: User | None) -> HouseClient:
    return HouseClient.of(user) if user else HouseClient()


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_each_person_gets_what_is_declared_and_reading_writes_nothing(scene: str, simple_version: Version) -> None:
    found = answers(scene, simple_version)[scene]
    before = Event.objects.count()
    expected = declared()[scene]
    wrong = {name: (found[name], expected[name]) for name in expected if found[name] != expected[name]}
    assert wrong == {}
    assert Event.objects.count() == before
