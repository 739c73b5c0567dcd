"""The profile of a person, and the organisation that they register."""

import pytest
from django.urls import reverse

from accounts.models import Membership, Organisation, User
from accounts.roles import Role
from accounts.services import give_role, roles_of

CREATE = "/organisation/creer/"


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


@pytest.mark.parametrize(
    ("siret", "sentence"),
    [
        ("73282932000075", "Ce numéro SIRET n'est pas valide : vérifiez ses quatorze chiffres (« 73282932000075 »)."),
        ("404 833 048 00022", "Ce SIRET est celui d'une autre organisation : il ne commence pas par le SIREN."),
    ],
)
def test_a_wrong_siret_gets_one_sentence(client_of, zoe, siret: str, sentence: str):
    page = client_of(zoe).post(CREATE, {"name": "Zen SAS", "siren": "732829320", "siret": siret})
    assert errors(page) == {"siret": [sentence]}
    assert Organisation.objects.count() == 0


def test_a_right_siret_is_kept_without_its_spaces(client_of, zoe):
    client_of(zoe).post(CREATE, {"name": "Zen SAS", "siren": "732829320", "siret": "732 829 320 00074"})
    assert Organisation.objects.get().siret == "73282932000074"


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
