"""A sheet that exchanges data, oriented by Alice: everything but hosting and certificates applies."""

from collections.abc import Callable

import pytest

from accounts.models import Organisation, User
from questionnaires import sheets, vault
from questionnaires.models import Criterion, EvidenceRevision, Sheet, Version
from tests.play import EXCHANGE, a_file


@pytest.fixture
def sheet(full_version: Version, alice: User) -> Sheet:
    return sheets.answer_orientation(sheets.open_sheet(full_version), EXCHANGE, alice)


@pytest.fixture
def criterion(full_version: Version) -> Callable[[str], Criterion]:
    """Return a function that finds a criterion by its code: `criterion("ADM-02")`."""
    return lambda code: full_version.criteria.get(code=code)


@pytest.fixture
def proof(glyco: Organisation, alice: User) -> EvidenceRevision:
    return vault.deposit(glyco, a_file(), title="Politique de sécurité", kind="DOC", user=alice)
