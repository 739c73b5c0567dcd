"""A candidature in evaluation, led by Émile."""

import pytest

from accounts.models import User
from accounts.roles import Role
from questionnaires.loader import load
from questionnaires.models import Version
from referencing.models import Candidature
from tests import cast, play
from tests.fixtures.referentials import DATA


@pytest.fixture
def file(alice: User, sophie: User, emile: User, simple_version: Version) -> Candidature:
    return play.assigned(alice, simple_version, sophie, emile)


@pytest.fixture
def ada(db: None) -> User:
    """A third expert."""
    return cast.staff(Role.EXPERT, "ada", "Ada Colin", "experte évaluatrice")


@pytest.fixture
def double_version(db: None) -> Version:
    """The small référentiel, where two experts judge SEC-GOV-01 and URB-HEB-01, with a scale."""
    return load(DATA / "double")


@pytest.fixture
def shared(alice: User, sophie: User, emile: User, eva: User, double_version: Version) -> Candidature:
    """A candidature that Émile leads and that Eva judges with him."""
    candidature = play.assigned(alice, double_version, sophie, emile)
    play.assign(candidature, eva, actor=sophie)
    return candidature
