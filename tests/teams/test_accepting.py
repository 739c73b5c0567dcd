"""Accepting an invitation: by the right person, once, in time, and only when they say so."""

import html
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, User
from accounts.services import roles_of
from teams import invitations
from teams.models import Invitation
from teams.tokens import token_of
from tests import cast
from tests.teams.conftest import link_of
from tests.teams.test_invitations import accepting, link, said

SIGNUP = "/compte/signup/"


def test_opening_the_link_changes_nothing_then_accepting_joins(client_of, zoe, glyco, invitation):
    client = client_of(zoe)
    page = client.get(link(invitation))
    assert "« Glyco SAS » vous invite dans son équipe" in said(page)
    assert zoe.memberships.count() == 0
    assert client.post(accepting(invitation)).url == "/"
    membership = glyco.memberships.get(user=zoe)
    assert (membership.profiles, membership.is_mandated) == (["ACC"], False)
    assert zoe.groups.get() == glyco.members_group
    invitation.refresh_from_db()
    assert invitation.accepted_by == zoe


def test_whoever_has_no_account_opens_one_then_comes_back_and_accepts(client, alice, glyco, drain):
    invitations.invite(glyco, "neuve@exemple.fr", profiles=["JUR"], mandated=True, actor=alice)
    drain()
    path = link_of(mail.outbox[0])
    page = said(client.get(path))
    assert f"{SIGNUP}?next={path}" in page
    form = {"full_name": "Nora Neuve", "email": "neuve@exemple.fr", "next": path}
    answer = client.post(SIGNUP, form | {"password1": cast.PASSWORD, "password2": cast.PASSWORD})
    assert answer.url == path
    client.post(f"{path}accepter/")
    member = glyco.memberships.get(user__email="neuve@exemple.fr")
    assert (member.profiles, member.is_mandated) == (["JUR"], True)


def test_whoever_has_an_account_signs_in_then_comes_back(client, zoe, invitation):
    zoe.set_password(cast.PASSWORD)
    zoe.save()
    path = link(invitation)
    assert f"/compte/login/?next={path}" in said(client.get(path))
    answer = client.post("/compte/login/", {"login": zoe.email, "password": cast.PASSWORD, "next": path})
    assert answer.url == path


def test_an_acceptance_sent_after_signing_out_comes_back_to_the_invitation(client, invitation):
    assert client.post(accepting(invitation)).url == f"/compte/login/?next={link(invitation)}"


def test_a_forwarded_invitation_is_refused_without_telling_the_address(client_of, charlie, glyco, invitation):
    client = client_of(charlie)
    for page in (client.get(link(invitation)), client.post(accepting(invitation))):
        assert page.status_code == 403
        assert "Cette invitation est adressée à z•••@exemple.fr" in said(page)
        assert "zoe@exemple.fr" not in said(page)
        assert "Rejoindre l'équipe" not in said(page)
    assert not glyco.memberships.filter(user=charlie).exists()


def test_an_invitation_used_by_another_says_when(client_of, client, charlie, zoe, invitation):
    invitations.accept(token_of(invitation.public_id), user=zoe)
    for reader in (client_of(charlie), client):
        page = reader.get(link(invitation))
        assert page.status_code == 410
        assert "Cette invitation a déjà servi le" in said(page)


def test_an_invitation_used_twice_by_its_owner_says_they_are_in(client_of, zoe, invitation):
    client = client_of(zoe)
    client.post(accepting(invitation))
    again = client.post(accepting(invitation))
    assert (again.status_code, zoe.memberships.count()) == (410, 1)
    assert "Vous avez déjà accepté cette invitation le" in said(again)


def test_an_expired_invitation_says_what_to_ask(client_of, zoe, invitation):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    page = client_of(zoe).post(accepting(invitation))
    assert (page.status_code, zoe.memberships.count()) == (410, 0)
    assert "Cette invitation a expiré le" in said(page)
    assert "de vous la renvoyer" in said(page)


def test_an_unknown_link_has_its_page(client, client_of, zoe):
    for reader in (client, client_of(zoe)):
        page = reader.get("/invitations/coupe/")
        assert page.status_code == 404
        assert "Ce lien d'invitation n'existe pas" in said(page)
    assert client_of(zoe).post("/invitations/coupe/accepter/").status_code == 404


@pytest.mark.parametrize("who", ["emile", "sophie", "simone", "marc", "aude", "member", "staff"])
def test_nobody_who_acts_for_the_state_joins_the_team_of_an_editeur(request, client_of, alice, glyco, zoe, who: str):
    if who == "staff":
        User.objects.filter(pk=zoe.pk).update(is_staff=True)
    person = zoe if who == "staff" else request.getfixturevalue("members")[0] if who == "member" else None
    person = User.objects.get(pk=(person or request.getfixturevalue(who)).pk)
    own = invitations.invite(glyco, person.email, profiles=[], mandated=False, actor=alice)
    page = client_of(person).post(accepting(own))
    assert page.status_code == 403
    assert "Votre compte agit pour l'administration" in said(page)
    assert glyco.memberships.count() == 1


def test_the_page_of_a_token_is_kept_by_no_cache(client, invitation):
    assert "no-store" in client.get(link(invitation)).headers["Cache-Control"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("addresses", [1, 2])
def test_of_many_acceptances_at_once_one_makes_the_membership(alice, glyco, zoe, addresses: int):
    """By the same link, or by one link for each address of the same person."""
    zoe.emailaddress_set.create(email="zoe.bis@exemple.fr", verified=True)
    tokens = [
        token_of(invitations.invite(glyco, email, profiles=["ACC"], mandated=False, actor=alice).public_id)
        for email in ("zoe@exemple.fr", "zoe.bis@exemple.fr")[:addresses]
    ]
    start, met = threading.Barrier(4), []

    def accept(rank: int) -> None:
        start.wait()
        try:
            invitations.accept(tokens[rank % addresses], user=User.objects.get(pk=zoe.pk))
            met.append("in")
        except invitations.NotAccepted as refused:
            met.append(refused.objection.status)
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=[rank]) for rank in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert met.count("in") == 1
    assert set(met) <= {"in", 409, 410}
    assert Membership.objects.filter(user=zoe).count() == 1
    assert [role.value for role in roles_of(zoe)] == ["editor"]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_pages_of_a_team_are_accessible(open_page, alice, bob, zoe, sophie, invitation):
    from tests import axe

    own, guest, support = open_page(alice), open_page(zoe, width=390), open_page(sophie)
    found = []
    for page, address in (
        (own, reverse("teams:team")),
        (own, reverse("teams:invite", args=["732829320"])),
        (own, reverse("teams:revoke", args=["732829320", invitation.pk])),
        (guest, link(invitation)),
        (guest, reverse("accounts:create_organisation")),
        (open_page(width=390), link(invitation)),
        (support, reverse("teams:organisation", args=["732829320"])),
    ):
        page.goto(address)
        assert html.unescape(page.title())
        found += axe.violations(page)
    assert found == []
    guest.goto(link(invitation))
    guest.get_by_role("button", name="Rejoindre l'équipe").click()
    assert "Bienvenue dans l'équipe de « Glyco SAS »" in guest.content()
