"""Candidatures that exchange data, before the dépôt and in evaluation."""

import pytest

from accounts.models import User
from questionnaires.models import Version
from referencing.models import Candidature
from tests import play

BOTH = play.EXCHANGE | {"api_documents": True}


@pytest.fixture
def draft(alice: User, simple_version: Version) -> Candidature:
    """A draft that declares two APIs: Mesures and Documents."""
    return play.draft(alice, simple_version, facts=BOTH)


@pytest.fixture
def examined(alice: User, simple_version: Version, sophie: User) -> Candidature:
    """In evaluation, the unit tests deposited."""
    return play.in_evaluation(alice, simple_version, sophie, facts=play.EXCHANGE)
