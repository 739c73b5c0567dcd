"""Where each capacity lands, and what its menu shows."""

import pytest
from django.urls import reverse

from accounts.homes import HOMES, address_of, home_of
from accounts.models import User
from accounts.roles import Role
from accounts.services import give_role


@pytest.mark.parametrize(("role", "name"), HOMES.items())
def test_every_home_exists(role: Role, name: str):
    assert address_of(name)


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("alice", "referencing:mine"),
        ("sophie", "instruction:desk"),
        ("emile", "evaluation:mine"),
        ("simone", "commission:seances"),
        ("marc", "referencing:decisions"),
        ("aude", "instruction:desk"),
    ],
)
def test_each_role_lands_on_its_own_home(request, client_of, who: str, name: str):
    person = request.getfixturevalue(who)
    assert client_of(person).get("/").url == reverse(name)


def test_whoever_has_no_role_is_asked_for_an_organisation(client_of, db):
    newcomer = User.objects.create_user("seul@exemple.fr", None, full_name="Seul")
    assert client_of(newcomer).get("/").url == reverse("accounts:create_organisation")


def test_an_administrator_with_no_role_is_nobody_special(db):
    boss = User.objects.create_superuser("chef@exemple.fr", None, full_name="Chef")
    assert home_of(boss) == reverse("accounts:create_organisation")


def links(page) -> list[str]:
    return [link.label for link in page.context["navigation"]()]


def test_whoever_holds_several_roles_gets_a_link_to_each(client_of, alice):
    give_role(alice, Role.EXPERT)
    page = client_of(alice).get(reverse("accounts:profile"))
    assert links(page) == [
        "Mes candidatures",
        "Nos services",
        "Coffre de preuves",
        "Mon équipe",
        "Mes évaluations",
        "Messages",
        "Catalogue",
        "Référentiels",
        "Mes courriers",
    ]


def test_the_current_page_is_marked(client_of, alice):
    page = client_of(alice).get(reverse("teams:team"))
    assert [link.label for link in page.context["navigation"]() if link.current == "page"] == ["Mon équipe"]
    assert 'aria-current="page">Mon équipe' in page.content.decode()


def test_the_header_says_who_i_am_and_as_whom(client_of, alice, sophie):
    assert "Alice Martin — directrice des produits, Glyco SAS" in client_of(alice).get("/aide/").content.decode()
    assert "Sophie Bernard — chargée de référencement" in client_of(sophie).get("/aide/").content.decode()


def test_a_role_speaks_for_whoever_has_no_title(client_of, db):
    person = User.objects.create_user("x@exemple.fr", None, full_name="Xavier Noir")
    give_role(person, Role.MEMBER)
    assert "Xavier Noir — membre de la commission" in client_of(person).get("/aide/").content.decode()


def test_the_menu_costs_the_same_whatever_the_team(client_of, alice, bob, django_assert_num_queries):
    alices = client_of(alice)
    alices.get("/aide/")  # the first page writes the token of the sign-out button in the session
    with django_assert_num_queries(6):
        alices.get("/aide/")
