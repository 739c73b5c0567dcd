"""Organisations and their people."""

import pytest
from django.urls import reverse

from accounts.models import Membership, Organisation, User
from accounts.roles import Profile, Role
from accounts.services import give_role, join, leave, roles_of

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
    html = client_of(alice).get(reverse("accounts:team")).content.decode()
    assert "Bob Durand" in html
    assert "Charlie Petit" not in html


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
            "Aucun compte ne porte cette adresse : invitez la personne à créer le sien, puis ajoutez-la.",
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
