"""A candidature that is filed: the éditeur's team and the support may write to one another about it."""

from collections.abc import Callable

import pytest

from accounts.models import User
from accounts.roles import Role
from questionnaires.models import Version
from referencing.models import Candidature
from tests import cast, play


@pytest.fixture
def filed(alice: User, simple_version: Version) -> Candidature:
    return play.submitted(alice, simple_version)


@pytest.fixture
def samuel(db: None) -> User:
    """Sophie's colleague at the support."""
    return cast.staff(Role.SUPPORT, "samuel", "Samuel Thibault", "responsable du guichet")


@pytest.fixture
def people(request: pytest.FixtureRequest) -> Callable[..., list[User]]:
    """Return a function that gives several of the cast by name: `people("emile", "aude")`."""
    return lambda *names: [request.getfixturevalue(name) for name in names]
