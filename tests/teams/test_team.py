"""The team of an organisation: who is shown, changed, removed, and told of it."""

import html

import pytest
from django.urls import reverse

from accounts.models import Membership, User
from accounts.roles import Profile
from accounts.services import LastMandated, join, leave, roles_of


@pytest.fixture
def zoe(db) -> User:
    return User.objects.create_user("zoe@exemple.fr", None, full_name="Zoé Lambert")


def errors(page) -> dict[str, list[str]]:
    return dict(page.context["form"].errors)


def test_the_team_page_shows_my_team_only(client_of, alice, bob, charlie):
    page = client_of(alice).get(reverse("teams:team")).content.decode()
    assert "Bob Durand" in page
    assert "Charlie Petit" not in page


def test_the_team_page_costs_the_same_with_more_people(client_of, alice, bob, zoe, glyco, django_assert_num_queries):
    alices = client_of(alice)
    alices.get(reverse("teams:team"))
    with django_assert_num_queries(13):
        alices.get(reverse("teams:team"))
    join(zoe, glyco, profiles=[Profile.ACC])
    with django_assert_num_queries(13):
        alices.get(reverse("teams:team"))


def address(member: Membership, action: str) -> str:
    return reverse(f"teams:{action}_member", args=[member.organisation.siren, member.pk])


def test_a_mandated_person_removes_a_colleague_after_confirming(client_of, alice, bob, glyco):
    client, bobs = client_of(alice), glyco.memberships.get(user=bob)
    page = address(bobs, "remove")
    assert page in client.get(reverse("teams:team")).content.decode()
    assert "Retirer Bob Durand de l'équipe" in html.unescape(client.get(page).content.decode())
    assert glyco.memberships.filter(user=bob).exists()
    assert client.post(page).url == reverse("teams:team")
    assert not glyco.memberships.filter(user=bob).exists()
    assert roles_of(bob) == []


def test_the_last_mandated_person_stays(client_of, alice, bob, glyco):
    alices = glyco.memberships.get(user=alice)
    page = client_of(alice).post(address(alices, "remove"))
    assert (page.status_code, glyco.memberships.count()) == (422, 2)
    assert "est la seule personne mandatée de « Glyco SAS »" in html.unescape(page.content.decode())
    changed = client_of(alice).post(address(alices, "change"), {"profiles": ["MOA"]})
    assert list(errors(changed)) == ["is_mandated"]
    with pytest.raises(LastMandated):
        leave(alices)


def test_a_mandated_person_may_leave_when_another_stays(client_of, alice, bob, glyco):
    join(bob, glyco, profiles=[], mandated=True)
    client_of(alice).post(address(glyco.memberships.get(user=alice), "remove"))
    assert [member.user for member in glyco.memberships.all()] == [bob]


def test_profiles_and_mandate_may_change(client_of, alice, bob, glyco):
    bobs = glyco.memberships.get(user=bob)
    client, page = client_of(alice), address(bobs, "change")
    assert client.get(page).context["form"]["profiles"].value() == ["JUR"]
    assert client.post(page, {"profiles": ["SSI"], "is_mandated": "on"}).url == reverse("teams:team")
    bobs.refresh_from_db()
    assert (bobs.profiles, bobs.is_mandated) == (["SSI"], True)
    assert set(bob.groups.all()) == {glyco.members_group, glyco.mandated_group}


@pytest.mark.parametrize("action", ["change", "remove"])
@pytest.mark.parametrize("who", ["bob", "charlie", "sophie"])
def test_nobody_else_changes_a_team(request, client_of, alice, bob, glyco, who: str, action: str):
    client = client_of(request.getfixturevalue(who))
    page = address(glyco.memberships.get(user=alice), action)
    assert [client.get(page).status_code, client.post(page).status_code] == [404, 404]
    assert glyco.memberships.count() == 2


def test_a_mandated_person_changes_only_their_own_team(client_of, alice, charlie):
    theirs = charlie.memberships.get()
    page = reverse("teams:remove_member", args=["732829320", theirs.pk])
    assert client_of(alice).post(page).status_code == 404
    assert charlie.memberships.count() == 1


def test_whoever_leaves_loses_everything_at_once(bob, glyco):
    leave(glyco.memberships.get(user=bob))
    assert list(bob.groups.all()) == []
    assert roles_of(bob) == []


@pytest.mark.parametrize("action", ["change", "remove"])
def test_a_member_who_left_an_instant_before_is_not_found(client_of, alice, bob, glyco, monkeypatch, action: str):
    """Changing them must not bring them back."""
    page, row = address(glyco.memberships.get(user=bob), action), glyco.memberships.get(user=bob)
    leave(glyco.memberships.get(user=bob))
    monkeypatch.setattr("teams.views.team._member", lambda *_: row)
    assert client_of(alice).post(page, {"profiles": ["MOA"]}).status_code == 404
    assert glyco.memberships.count() == 1
