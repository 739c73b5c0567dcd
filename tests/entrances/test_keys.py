"""Entrances that carry a key: a wrong one is told, an unknown provider does not exist."""

import pytest
from django.urls import reverse

from tests.client import HouseClient

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "kwargs"),
    [
        ("account_confirm_email", {"key": "MTpmYXV4:clef"}),
        ("account_reset_password_from_key", {"uidb36": "1", "key": "clef-fausse"}),
    ],
)
def test_a_wrong_key_is_told_on_a_page_of_ours(client: HouseClient, name: str, kwargs: dict[str, str]) -> None:
    response = client.get(reverse(name, kwargs=kwargs))
    assert response.status_code == 200
    assert '<main id="contenu"' in response.content.decode()


@pytest.mark.parametrize("name", ["openid_connect_login", "openid_connect_callback"])
def test_a_provider_that_is_not_configured_does_not_exist(client: HouseClient, name: str) -> None:
    assert client.get(reverse(name, kwargs={"provider_id": "inconnu"})).status_code == 404
