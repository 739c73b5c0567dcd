"""A candidature in evaluation, led by Émile."""

import pytest

from accounts.models import User
from questionnaires.models import Version
from referencing.models import Candidature
from tests import play


@pytest.fixture
def file(alice: User, sophie: User, emile: User, simple_version: Version) -> Candidature:
    return play.assigned(alice, simple_version, sophie, emile)
