"""A commission of nine, and séances brought to a point through the services."""

import pytest

from accounts.models import User
from commission.models import AgendaItem, Member, Seance
from questionnaires.models import Version
from referencing.models import Candidature
from tests import sittings


@pytest.fixture
def nine(members: list[User]) -> list[Member]:
    """The members of the cast on the nine seats, the two co-presidents first."""
    return sittings.nine(members)


@pytest.fixture
def evaluated(alice: User, sophie: User, simple_version: Version) -> Candidature:
    return sittings.ready(alice, simple_version, sophie)


@pytest.fixture
def convened(nine: list[Member], evaluated: Candidature, sophie: User, simone: User) -> Seance:
    """A séance of today with one candidature, to which the nine are convened."""
    return sittings.convened([evaluated], support=sophie, secretary=simone)


@pytest.fixture
def running(convened: Seance, nine: list[Member], simone: User) -> Seance:
    """The same séance, opened: five in the room, the sixth at a distance, the seventh represented by the first."""
    sittings.roll(convened, nine, "P P P P P D M1 E A", secretary=simone)
    return sittings.opened(convened, nine[0], secretary=simone)


@pytest.fixture
def item(running: Seance, simone: User) -> AgendaItem:
    """The first item of the running séance, being examined."""
    return sittings.examined(running, secretary=simone)
