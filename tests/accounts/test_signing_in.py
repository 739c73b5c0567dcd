"""Opening an account, signing in and out, and what a stranger may learn from it."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import User
from tests.cast import PASSWORD

LOGIN = "/compte/login/"


def summary(page) -> list[str]:
    found = re.search(r'id="erreurs".*?</ul>', page.content.decode(), re.DOTALL)
    return re.findall(r"<li>(.*?)</li>", found.group(), re.DOTALL) if found else []


def test_a_right_password_opens_the_home(client, alice):
    assert client.post(LOGIN, {"login": alice.email, "password": PASSWORD}).url == reverse("referencing:mine")


def test_the_case_of_the_address_does_not_matter(client, alice):
    assert client.post(LOGIN, {"login": "ALICE@exemple.fr", "password": PASSWORD}).status_code == 302


def test_it_goes_back_to_the_page_that_asked(client, alice):
    asked = client.get(reverse("accounts:letters"))
    assert asked.url == f"{LOGIN}?next=/courriers/"
    assert (
        client.post(asked.url, {"login": alice.email, "password": PASSWORD, "next": "/courriers/"}).url == "/courriers/"
    )


@pytest.mark.parametrize("elsewhere", ["https://ailleurs.example/", "//ailleurs.example/", "javascript:alert(1)"])
def test_it_never_leads_to_another_site(client, alice, elsewhere: str):
    answer = client.post(LOGIN, {"login": alice.email, "password": PASSWORD, "next": elsewhere})
    assert answer.url == reverse("referencing:mine")


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, alice):
    wrong = summary(client.post(LOGIN, {"login": alice.email, "password": "pas celui-là du tout"}))
    unknown = summary(client.post(LOGIN, {"login": "personne@exemple.fr", "password": "pas celui-là du tout"}))
    assert wrong == unknown
    assert len(wrong) == 1


def test_a_forgotten_password_answers_the_same_to_all(client, alice):
    known = client.post("/compte/password/reset/", {"email": alice.email})
    unknown = client.post("/compte/password/reset/", {"email": "personne@exemple.fr"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [message.subject for message in mail.outbox] == [
        "Choisir un nouveau mot de passe",
        "Votre demande de mot de passe",
    ]


def test_the_link_of_the_letter_changes_the_password_once(client, alice):
    client.post("/compte/password/reset/", {"email": alice.email})
    link = re.search(r"http://\S+", mail.outbox[0].body).group()
    form = client.get(link).url
    new = "un autre mot de passe bien long"
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    assert User.objects.get(pk=alice.pk).check_password(new)
    assert "Ce lien ne fonctionne plus" in client.get(link).content.decode()


def test_signing_up_keeps_the_name_and_leads_to_the_organisation(client, db):
    chosen = "un mot de passe assez long"
    answer = client.post(
        "/compte/signup/",
        {
            "full_name": "Zoé Lambert",
            "quality": "gérante",
            "email": "zoe@exemple.fr",
            "password1": chosen,
            "password2": chosen,
        },
    )
    assert answer.url == reverse("accounts:create_organisation")
    zoe = User.objects.get(email="zoe@exemple.fr")
    assert (zoe.full_name, zoe.quality) == ("Zoé Lambert", "gérante")


def test_it_asks_the_name_before_the_address(client, db):
    html = client.get("/compte/signup/").content.decode()
    assert re.findall(r'<label class="fr-label" for="id_(\w+)"', html) == [
        "full_name", "quality", "email", "password1", "password2",
    ]  # fmt: skip


def test_signing_up_with_a_known_address_tells_a_stranger_nothing(client, alice, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    chosen = "un mot de passe assez long"
    form = {"full_name": "Intrus", "password1": chosen, "password2": chosen}
    known = client.post("/compte/signup/", {**form, "email": alice.email})
    unknown = client.post("/compte/signup/", {**form, "email": "nouveau@exemple.fr"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [message.subject for message in mail.outbox] == [
        "Vous avez déjà un compte",
        "Confirmez votre adresse électronique",
    ]


def test_signing_out_takes_a_button(client_of, alice):
    alices = client_of(alice)
    assert alices.get("/compte/logout/").status_code == 200
    assert alices.get(reverse("accounts:profile")).status_code == 200
    assert alices.post("/compte/logout/").url == "/"
    assert alices.get(reverse("accounts:profile")).status_code == 302


def test_it_never_shows_a_password_again(client, alice):
    assert "secret-tape" not in client.post(LOGIN, {"login": alice.email, "password": "secret-tape"}).content.decode()
