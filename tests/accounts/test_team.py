"""Organisations and their people."""

import html

import pytest
from django.urls import reverse

from accounts.forms import NOT_ADDED
from accounts.models import Membership, Organisation, User
from accounts.roles import Profile, Role
from accounts.services import LastMandated, give_role, join, leave, roles_of

CREATE = "/organisation/creer/"
ADD = "/equipe/732829320/ajouter/"


@pytest.fixture
def zoe(db) -> User:
    return User.objects.create_user("zoe@exemple.fr", None, full_name="Zoé Lambert")


def errors(page) -> dict[str, list[str]]:
    return dict(page.context["form"].errors)


def test_whoever_creates_an_organisation_is_mandated(client_of, zoe):
    assert client_of(zoe).post(CREATE, {"name": "Zen SAS", "siren": "732 829 320"}).url == "/"
    membership = Membership.objects.get(user=zoe)
    assert (membership.organisation.siren, membership.is_mandated) == ("732829320", True)
    assert roles_of(zoe) == [Role.EDITOR]


def test_a_wrong_siren_gets_one_sentence_and_keeps_the_form(client_of, zoe):
    page = client_of(zoe).post(CREATE, {"name": "Zen SAS", "siren": "732829321"})
    assert errors(page) == {"siren": ["Ce numéro SIREN n'est pas valide : vérifiez ses neuf chiffres (« 732829321 »)."]}
    assert 'value="Zen SAS"' in page.content.decode()
    assert Organisation.objects.count() == 0


def test_an_organisation_is_created_once(client_of, zoe, glyco):
    page = client_of(zoe).post(CREATE, {"name": "Glyco bis", "siren": glyco.siren})
    assert list(errors(page)) == ["siren"]
    assert zoe.memberships.count() == 0


def test_the_team_page_shows_my_team_only(client_of, alice, bob, charlie):
    page = client_of(alice).get(reverse("accounts:team")).content.decode()
    assert "Bob Durand" in page
    assert "Charlie Petit" not in page


def test_the_team_page_costs_the_same_with_more_people(client_of, alice, bob, zoe, glyco, django_assert_num_queries):
    alices = client_of(alice)
    alices.get(reverse("accounts:team"))
    with django_assert_num_queries(9):
        alices.get(reverse("accounts:team"))
    join(zoe, glyco, profiles=[Profile.ACC])
    with django_assert_num_queries(9):
        alices.get(reverse("accounts:team"))


def test_a_mandated_person_adds_somebody_who_has_an_account(client_of, alice, zoe, glyco):
    answer = client_of(alice).post(ADD, {"email": "ZOE@exemple.fr", "profiles": ["ACC"], "is_mandated": ""})
    assert answer.url == reverse("accounts:team")
    membership = glyco.memberships.get(user=zoe)
    assert (membership.profiles, membership.is_mandated) == (["ACC"], False)
    assert zoe.groups.get() == glyco.members_group


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        (
            "personne@exemple.fr",
            NOT_ADDED,
        ),
        ("bob@exemple.fr", "Cette personne fait déjà partie de l'organisation."),
        ("pas une adresse", "Saisissez une adresse de courriel valide."),
    ],
)
def test_it_says_why_somebody_cannot_be_added(client_of, alice, bob, email: str, sentence: str):
    page = client_of(alice).post(ADD, {"email": email, "profiles": ["ACC"]})
    assert errors(page) == {"email": [sentence]}
    assert 'value="ACC"' in page.content.decode()


@pytest.mark.parametrize("who", ["bob", "charlie", "sophie"])
def test_nobody_else_may_add(request, client_of, alice, who: str):
    person = client_of(request.getfixturevalue(who))
    assert [person.get(ADD).status_code, person.post(ADD, {"email": "alice@exemple.fr"}).status_code] == [404, 404]


@pytest.mark.parametrize("who", ["emile", "sophie", "simone", "marc", "aude", "member", "staff"])
def test_nobody_who_acts_for_the_state_is_added_nor_told_apart_from_a_stranger(
    request, client_of, alice, glyco, zoe, who: str
):
    if who == "staff":
        User.objects.filter(pk=zoe.pk).update(is_staff=True)
        person = zoe
    elif who == "member":
        person = request.getfixturevalue("members")[0]
    else:
        person = request.getfixturevalue(who)
    page = client_of(alice).post(ADD, {"email": person.email})
    assert errors(page) == {"email": [NOT_ADDED]}
    assert glyco.memberships.count() == 1


def address(member: Membership, action: str) -> str:
    return reverse(f"accounts:{action}_member", args=[member.organisation.siren, member.pk])


def test_a_mandated_person_removes_a_colleague_after_confirming(client_of, alice, bob, glyco):
    client, bobs = client_of(alice), glyco.memberships.get(user=bob)
    page = address(bobs, "remove")
    assert page in client.get(reverse("accounts:team")).content.decode()
    assert "Retirer Bob Durand de l'équipe" in html.unescape(client.get(page).content.decode())
    assert glyco.memberships.filter(user=bob).exists()
    assert client.post(page).url == reverse("accounts:team")
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
    assert client.post(page, {"profiles": ["SSI"], "is_mandated": "on"}).url == reverse("accounts:team")
    bobs.refresh_from_db()
    assert (bobs.profiles, bobs.is_mandated) == (["SSI"], True)
    assert set(bob.groups.all()) == {glyco.members_group, glyco.mandated_group}


@pytest.mark.parametrize("action", ["change", "remove"])
@pytest.mark.parametrize("who", ["bob", "charlie", "sophie"])
def test_nobody_else_changes_a_team(request, client_of, alice, bob, glyco, who: str, action: str):
    client = client_of(request.getfixturevalue(who))
    page = address(glyco.memberships.get(user=bob), action)
    assert [client.get(page).status_code, client.post(page).status_code] == [404, 404]
    assert glyco.memberships.count() == 2


def test_a_mandated_person_changes_only_their_own_team(client_of, alice, charlie):
    theirs = charlie.memberships.get()
    page = reverse("accounts:remove_member", args=["732829320", theirs.pk])
    assert client_of(alice).post(page).status_code == 404
    assert charlie.memberships.count() == 1


def test_whoever_leaves_loses_everything_at_once(bob, glyco):
    leave(glyco.memberships.get(user=bob))
    assert list(bob.groups.all()) == []
    assert roles_of(bob) == []


def test_a_role_that_comes_from_a_file_cannot_be_given(alice):
    with pytest.raises(ValueError, match="lien avec un dossier"):
        give_role(alice, Role.LEAD)


def test_the_profile_keeps_name_and_title(client_of, alice):
    client_of(alice).post(reverse("accounts:profile"), {"full_name": "Alice Martin-Roy", "quality": "PDG"})
    alice.refresh_from_db()
    assert (alice.full_name, alice.quality) == ("Alice Martin-Roy", "PDG")


def test_a_name_is_required_and_the_title_typed_is_kept(client_of, alice):
    page = client_of(alice).post(reverse("accounts:profile"), {"full_name": "", "quality": "PDG"})
    assert errors(page) == {"full_name": ["Ce champ est obligatoire."]}
    assert 'value="PDG"' in page.content.decode()
