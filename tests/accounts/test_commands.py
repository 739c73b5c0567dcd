"""The two commands about people."""

import re
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from accounts import demo
from accounts.models import User
from accounts.roles import Role
from accounts.services import roles_of


def add(**changes: str) -> str:
    out = StringIO()
    given = {"email": "Jean@exemple.fr", "name": "Jean Roux", "quality": "expert", "role": "expert", **changes}
    call_command("add_person", stdout=out, **given)
    return out.getvalue()


def test_it_makes_an_account_whose_owner_chooses_the_password(client, db, settings):
    link = re.search(r"https?://\S+", add()).group()
    jean = User.objects.get(email="jean@exemple.fr")
    assert (jean.full_name, jean.has_usable_password(), roles_of(jean)) == ("Jean Roux", False, [Role.EXPERT])
    assert EmailAddress.objects.get(user=jean).verified
    form = client.get(link.removeprefix(settings.BASE_URL)).url
    chosen = "un mot de passe assez long"
    client.post(form, {"password1": chosen, "password2": chosen})
    assert client.login(username="jean@exemple.fr", password=chosen)


def test_it_refuses_an_address_already_known(alice):
    with pytest.raises(CommandError, match=r"alice@exemple\.fr a déjà un compte\."):
        add(email="alice@exemple.fr")


def test_it_refuses_what_is_not_an_address(db):
    with pytest.raises(CommandError, match="« jean » n'est pas une adresse électronique"):
        add(email="jean")
    assert User.objects.count() == 0


def test_it_refuses_an_unknown_role(db):
    with pytest.raises(CommandError, match="--role"):
        call_command("add_person", "--email=j@exemple.fr", "--name=J", "--role=editor")


def test_the_cast_is_told_only_in_a_demonstration(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("cast")
    settings.DEMO = True
    with pytest.raises(CommandError, match="play_demo"):
        call_command("cast")


def test_the_cast_says_who_one_can_be(db, settings):
    settings.DEMO = True
    someone = demo.EXPERTS[0]
    User.objects.create_user(someone.email, None, full_name=someone.full_name)
    out = StringIO()
    call_command("cast", stdout=out)
    assert out.getvalue().splitlines() == [
        "Experts évaluateurs",
        f"  {someone.full_name}, {someone.quality} — {someone.can_do}",
        f"Choisissez à l'adresse {settings.BASE_URL}/demo/",
    ]
