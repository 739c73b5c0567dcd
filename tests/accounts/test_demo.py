"""The one-click sign-in exists in a demonstration and nowhere else."""

import pytest
from django.urls import reverse

from accounts import demo
from accounts.models import User
from accounts.roles import Role


@pytest.fixture
def played(settings, db) -> User:
    """A demonstration whose first éditrice has an account."""
    settings.DEMO = True
    return User.objects.create_user(demo.EDITORS[0].email, None, full_name=demo.EDITORS[0].full_name)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["accounts:demo", "accounts:become"])
def test_it_does_not_exist_elsewhere(client, settings, db, name: str, method: str):
    settings.DEMO = False
    User.objects.create_user(demo.EDITORS[0].email, None, full_name="Alice")
    answer = getattr(client, method)(reverse(name), {"email": demo.EDITORS[0].email})
    assert answer.status_code in {404, 405}
    assert "_auth_user_id" not in client.session


def test_one_click_signs_in_as_one_of_the_cast(client, played):
    assert f"Devenir {played.full_name}" in client.get("/demo/").content.decode()
    assert client.post("/demo/devenir/", {"email": played.email}).url == "/"
    assert client.session["_auth_user_id"] == str(played.pk)


def test_nobody_outside_the_cast_is_opened(client, played, alice):
    assert client.post("/demo/devenir/", {"email": alice.email}).status_code == 404
    assert client.post("/demo/devenir/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_reading_the_page_signs_nobody_in(client, played):
    assert client.get("/demo/devenir/").status_code == 405


def test_every_page_warns_that_all_is_invented(client, settings, played):
    warning = "Démonstration : données fictives."
    assert warning in client.get("/aide/").content.decode().replace("\u00a0", " ")
    settings.DEMO = False
    assert warning not in client.get("/aide/").content.decode().replace("\u00a0", " ")


def test_the_cast_fills_every_seat():
    held = [person.role for person in demo.CAST]
    assert [held.count(role) for role in (Role.MEMBER, Role.SECRETARY, Role.AUDITOR)] == [9, 1, 1]
    assert [held.count(role) for role in (Role.SUPPORT, Role.MINISTRY, Role.EXPERT)] == [2, 2, 4]
    assert len({person.company for person in demo.EDITORS}) >= 8
    assert len({person.email for person in demo.CAST}) == len(demo.CAST)


def test_only_editors_have_a_company_and_one_waits_for_hers():
    assert [person.email for person in demo.CAST if person.company and person.role != Role.EDITOR] == []
    assert [person.full_name for person in demo.EDITORS if person.company is None] == ["Jeanne Corbel"]
