"""What an entrance refuses before it looks at anything: another method, a form without its token."""

import pytest
from django.test import Client
from django.urls import resolve

from accounts.models import User
from tests.entrances import declared
from tests.entrances.resolver import address, entrances

pytestmark = [pytest.mark.django_db, pytest.mark.once]

READ, SENT = declared.asked(), declared.names(declared.sent())
# What fills the addresses: none of it exists, for none of it is looked at.
NOWHERE = {
    "reference": "MES-2000-0001",
    "public_id": "00000000-0000-4000-8000-000000000000",
    "provider_id": "inconnu",
    "uidb36": "1",
    "key": "clef",
    **dict.fromkeys(
        ("code", "section", "slug", "verb", "milestone", "number", "siren", "party", "token", "questionnaire"), "rien"
    ),
    **dict.fromkeys(("step", "rank", "use", "report", "pk", "order", "voice", "evidence", "version_number"), 1),
}
# Big files come by pieces (tus): three methods more than a page or a form, and HEAD without GET.
BY_PIECES = {"referencing:upload": {"HEAD", "PATCH", "DELETE"}}
# Anybody may ask whether a file is one of ours: the page holds no session and changes nothing.
WITHOUT_TOKEN = {"dossiers:verify"}


def ours() -> list[str]:
    """The entrances whose views are written here, not those of allauth."""
    found = {name: resolve(address(name, NOWHERE)).func.__module__ for name in entrances()}
    return [name for name, module in found.items() if not module.startswith("allauth")]


def is_page(name: str) -> bool:
    return (
        any(rows[name][-1] != 405 for rows in READ.values() if name in rows) or declared.elsewhere().get(name) == "GET"
    )


def is_form(name: str) -> bool:
    return name in SENT or declared.elsewhere().get(name) == "POST"


@pytest.fixture
def visitor(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def test_each_entrance_answers_the_methods_declared_and_no_other(visitor: Client) -> None:
    wrong = []
    for name in ours():
        allowed = ({"GET", "HEAD"} if is_page(name) else set()) | ({"POST"} if is_form(name) else set())
        allowed |= BY_PIECES.get(name, set())
        for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"):
            status = visitor.generic(method, address(name, NOWHERE)).status_code
            if (status != 405) != (method in allowed):
                wrong.append((method, name, status))
    assert wrong == []


@pytest.mark.parametrize("signed_in", [False, True])
def test_a_form_without_its_token_is_refused_everywhere(alice: User, signed_in: bool) -> None:
    client = Client(enforce_csrf_checks=True)
    if signed_in:
        client.force_login(alice)
    found = {name: client.post(address(name, NOWHERE)) for name in entrances()}
    assert {name for name, response in found.items() if response.status_code != 403} == WITHOUT_TOKEN
    assert all("Rien n'a été enregistré" in found[name].content.decode() for name in found if name not in WITHOUT_TOKEN)
