"""Every URL × role, as declared in `table.txt` and `sent.txt`; an entrance that nobody declared fails here."""

import pytest

from questionnaires.models import Version
from tests.entrances import declared
from tests.entrances.knocking import House, contents
from tests.entrances.resolver import entrances
from tests.entrances.scenes import SCENES

# Rights and statuses are the same on every database; the pages themselves are tried on both by the tests of their rooms.
pytestmark = pytest.mark.once
ASKED, SENT, ELSEWHERE = declared.asked(), declared.sent(), declared.elsewhere()


def test_every_entrance_is_declared_and_nothing_else() -> None:
    assert declared.names(ASKED) | set(ELSEWHERE) == set(entrances())


def test_every_entrance_that_is_no_page_says_what_is_sent_to_it() -> None:
    closed = {name for rows in ASKED.values() for name, statuses in rows.items() if statuses[-1] == 405}
    assert closed - declared.names(SENT) == set()


def test_what_is_tried_elsewhere_names_a_test_that_exists() -> None:
    assert [name for name, file in declared.tried_by().items() if not file.is_file()] == []


def test_every_moment_is_used() -> None:
    assert set(ASKED) == set(SENT) | {"evaluation"} == set(SCENES)


@pytest.mark.parametrize("scene", SCENES)
def test_each_person_gets_the_pages_declared_and_reading_writes_nothing(scene: str, simple_version: Version) -> None:
    house = House(scene, simple_version)
    before = contents()
    visit = house.read(list(ASKED[scene]))
    assert _differences(visit.statuses, ASKED[scene]) == {}
    assert visit.faults == []
    assert visit.writes == []
    assert contents() == before


@pytest.mark.parametrize("scene", SENT)
def test_each_person_may_send_what_is_declared(scene: str, simple_version: Version) -> None:
    found = House(scene, simple_version).send(list(SENT[scene]))
    assert _differences(found, SENT[scene]) == {}


def _differences(found: dict[str, list[int]], expected: dict[str, list[int]]) -> dict[str, tuple[list[int], list[int]]]:
    return {name: (found[name], expected[name]) for name in expected if found[name] != expected[name]}
