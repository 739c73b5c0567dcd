"""A candidature of others and one that does not exist: the same page, to the byte."""

import re

import pytest

from accounts.models import User
from questionnaires.models import Version
from tests import play
from tests.client import HouseClient
from tests.entrances.resolver import address, entrances
from tests.entrances.test_methods import NOWHERE

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"')


def of_a_candidature() -> list[str]:
    return [name for name, needs in entrances().items() if "reference" in needs]


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_reference_and_a_foreign_one_get_the_same_page(
    alice: User, charlie: User, simple_version: Version, method: str
) -> None:
    theirs = play.draft(alice, simple_version).reference
    client = HouseClient.of(charlie)
    different = []
    for name in of_a_candidature():
        pages = []
        for reference in (theirs, "MES-2000-0001"):
            response = getattr(client, method)(address(name, NOWHERE | {"reference": reference}))
            pages.append((response.status_code, TOKEN.sub("", response.content.decode())))
        if pages[0] != pages[1] or pages[0][0] not in {404, 405}:
            different.append(name)
    assert different == []
