"""Inviting: what leaves, what the journal keeps, what a stranger cannot learn."""

import html
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.addresses import vouch_for
from accounts.models import User
from accounts.services import join
from journal.models import Event
from teams import invitations
from teams.models import Invitation, NudgeDismissal
from teams.tokens import fingerprint, link_to, token_of
from tests.teams.conftest import link_of

INVITE = "/equipe/732829320/inviter/"


def errors(page) -> dict[str, list[str]]:
    return dict(page.context["form"].errors)


def said(page) -> str:
    return html.unescape(page.content.decode()).replace("\u00a0", " ")


def link(invitation: Invitation) -> str:
    return reverse("teams:invitation", args=[token_of(invitation.public_id)])


def accepting(invitation: Invitation) -> str:
    return reverse("teams:accept", args=[token_of(invitation.public_id)])


def test_a_mandated_person_invites_an_address_and_nobody_joins_yet(client_of, alice, zoe, glyco):
    answer = client_of(alice).post(INVITE, {"email": "ZOE@exemple.fr", "profiles": ["ACC"], "is_mandated": ""})
    assert answer.url == reverse("teams:team")
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.profiles, invitation.is_mandated) == ("zoe@exemple.fr", ["ACC"], False)
    assert invitation.invited_by == alice
    assert (invitation.expires_at - invitation.invited_at).days == 14
    assert zoe.memberships.count() == 0


def test_the_answer_is_the_same_whoever_has_an_account(client_of, alice, zoe, sophie):
    client = client_of(alice)
    pages = [
        client.post(INVITE, {"email": email, "profiles": ["ACC"]}, follow=True).content.decode().replace(email, "…")
        for email in ("zoe@exemple.fr", "personne@exemple.fr", sophie.email)
    ]
    told = [page[page.index('role="status"') :][:300] if 'role="status"' in page else page for page in pages]
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("bob@exemple.fr", "Cette adresse est celle d'une personne qui fait déjà partie de l'équipe."),
        ("pas une adresse", "Saisissez une adresse de courriel valide."),
        ("zoe@exemple.fr", invitations.ALREADY_INVITED),
    ],
)
def test_it_says_why_an_address_cannot_be_invited(client_of, alice, bob, invitation, email: str, sentence: str):
    page = client_of(alice).post(INVITE, {"email": email, "profiles": ["ACC"]})
    assert errors(page) == {"email": [sentence]}
    assert f'value="{email}"' in page.content.decode()
    assert Invitation.objects.count() == 1


def test_an_organisation_cannot_write_to_the_whole_world(client_of, alice, invitation, settings):
    settings.PROCEDURE = settings.PROCEDURE | {"invitations_pending": 1}
    page = client_of(alice).post(INVITE, {"email": "un@exemple.fr"})
    assert errors(page) == {"email": ["Trop d'invitations attendent une réponse : annulez celles qui ne servent plus."]}


@pytest.mark.parametrize("who", ["bob", "charlie", "sophie"])
def test_nobody_else_may_invite_nor_touch_an_invitation(request, client_of, alice, invitation, who: str):
    person = client_of(request.getfixturevalue(who))
    pages = [reverse(f"teams:{name}", args=["732829320", invitation.pk]) for name in ("send_again", "revoke")]
    assert [person.post(page).status_code for page in (INVITE, *pages)] == [404, 404, 404]
    assert person.get(INVITE).status_code == 404


def test_the_page_proposes_the_profile_that_is_missing(client_of, alice):
    page = client_of(alice).get(f"{INVITE}?profil=JUR&profil=ROI")
    assert page.context["form"]["profiles"].value() == ["JUR"]


def test_the_post_takes_one_e_mail_with_the_link_and_the_database_keeps_its_fingerprint(invitation, drain):
    drain()
    drain()
    (message,) = mail.outbox
    assert message.to == ["zoe@exemple.fr"]
    assert message.subject == "Glyco SAS vous invite dans son équipe"
    assert link_to(invitation.public_id) in message.body
    assert link_of(message) == link(invitation)
    token = link(invitation).split("/")[2]
    invitation.refresh_from_db()
    assert invitation.token_sha256 == fingerprint(token)
    assert token not in repr(Invitation.objects.values().get())
    assert invitation.posted_at is not None


def test_an_e_mail_that_leaves_twice_bears_the_same_link(invitation, drain):
    from teams.reactions import post_invitation

    drain()
    Invitation.objects.update(posted_event=None)  # the worker died between the post's yes and the database
    post_invitation(Event.objects.get(kind="team.invited").seq)
    first, second = mail.outbox
    assert first.body == second.body
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_an_invitation_taken_back_before_the_post_never_leaves(alice, invitation, drain):
    invitations.revoke(invitation, actor=alice)
    drain()
    assert mail.outbox == []


def test_the_name_of_an_organisation_adds_no_header(alice, glyco, drain):
    type(glyco).objects.update(name="Glyco\nBcc: tous@exemple.fr")
    glyco.refresh_from_db()
    invitations.invite(glyco, "zoe@exemple.fr", profiles=[], mandated=False, actor=alice)
    drain()
    assert mail.outbox[0].bcc == []
    assert "\n" not in mail.outbox[0].subject


def test_the_journal_keeps_every_step_and_no_address(alice, zoe, glyco, invitation):
    invitations.send_again(invitation, actor=alice)
    invitations.accept(token_of(invitation.public_id), user=zoe)
    other = invitations.invite(glyco, "un@exemple.fr", profiles=[], mandated=True, actor=alice)
    invitations.revoke(other, actor=alice)
    events = Event.objects.about(glyco.siren)
    assert [(event.kind, event.actor) for event in events] == [
        ("team.invited", alice),
        ("team.invited_again", alice),
        ("team.joined", zoe),
        ("team.invited", alice),
        ("team.invitation_revoked", alice),
    ]
    assert "@" not in repr([event.data for event in events])


def test_sending_again_gives_the_whole_delay_back_and_the_same_link(alice, invitation, drain):
    drain()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1), posted_at=timezone.now() - timedelta(1))
    again = invitations.send_again(invitation, actor=alice)
    drain()
    assert not again.has_expired
    first, second = mail.outbox
    assert link_of(first) == link_of(second)


def test_sending_again_waits_a_little(client_of, alice, invitation, drain):
    drain()
    page = client_of(alice).post(reverse("teams:send_again", args=["732829320", invitation.pk]), follow=True)
    assert "Cette invitation vient de partir : laissez-lui le temps d'arriver" in said(page)
    drain()
    assert len(mail.outbox) == 1


def test_the_team_page_lists_what_waits_at_the_same_cost(client_of, alice, glyco, django_assert_num_queries):
    client = client_of(alice)
    client.get(reverse("teams:team"))
    for number in (1, 2, 3):
        invitations.invite(glyco, f"n{number}@exemple.fr", profiles=[], mandated=False, actor=alice)
        if number != 2:
            with django_assert_num_queries(13):
                page = client.get(reverse("teams:team"))
    assert "3 invitations sans réponse" in said(page)
    assert said(page).count("Envoi en cours") == 3


def test_a_member_without_a_mandate_does_not_read_the_addresses_invited(client_of, bob, invitation):
    assert "zoe@exemple.fr" not in said(client_of(bob).get(reverse("teams:team")))


def test_revoking_asks_first_and_kills_the_link(client_of, alice, zoe, invitation):
    page = reverse("teams:revoke", args=["732829320", invitation.pk])
    assert "Annuler l'invitation de zoe@exemple.fr" in said(client_of(alice).get(page))
    assert Invitation.objects.pending().count() == 1
    assert client_of(alice).post(page).url == reverse("teams:team")
    answer = client_of(zoe).post(accepting(invitation))
    assert (answer.status_code, zoe.memberships.count()) == (410, 0)
    assert "Cette invitation a été annulée le" in said(answer)


def test_a_mandate_given_by_invitation_makes_the_advice_worth_giving_again(alice, zoe, glyco):
    NudgeDismissal.objects.create(membership=glyco.memberships.get(user=alice))
    mandated = invitations.invite(glyco, zoe.email, profiles=[], mandated=True, actor=alice)
    invitations.accept(token_of(mandated.public_id), user=zoe)
    assert NudgeDismissal.objects.count() == 0


def test_the_mandated_are_told_who_came_in(alice, bob, zoe, invitation, drain):
    invitations.accept(token_of(invitation.public_id), user=zoe)
    drain()
    (letter,) = alice.letters.filter(kind="team_joined")
    assert letter.title == "Zoé Lambert a rejoint l'équipe de « Glyco SAS »"
    assert bob.letters.count() == zoe.letters.count() == 0


def test_whoever_is_invited_finds_it_without_the_e_mail(client_of, zoe, invitation):
    for name in ("teams:team", "accounts:create_organisation"):
        assert link(invitation) in said(client_of(zoe).get(reverse(name)))


def test_an_address_that_is_not_verified_shows_nothing(client_of, invitation):
    usurper = User.objects.create_user("zoe@exemple.fr", None, full_name="Usurpatrice")
    assert link(invitation) not in said(client_of(usurper).get(reverse("teams:team")))


def test_a_second_address_that_is_verified_is_enough(alice, glyco, charlie):
    vouch_for(charlie)
    charlie.emailaddress_set.create(email="perso@exemple.fr", verified=True)
    own = invitations.invite(glyco, "perso@exemple.fr", profiles=["SSI"], mandated=False, actor=alice)
    assert invitations.accept(token_of(own.public_id), user=charlie).profiles == ["SSI"]


def test_an_address_of_a_member_that_is_not_their_first_is_refused_too(client_of, alice, bob):
    bob.emailaddress_set.create(email="bob.perso@exemple.fr", verified=True)
    page = client_of(alice).post(INVITE, {"email": "bob.perso@exemple.fr"})
    assert list(errors(page)) == ["email"]


def test_joining_twice_by_two_addresses_is_refused_and_changes_nothing(alice, bob, glyco):
    bob.emailaddress_set.create(email="bob.perso@exemple.fr", verified=False)
    late = invitations.invite(glyco, "bob.perso@exemple.fr", profiles=["IA"], mandated=True, actor=alice)
    bob.emailaddress_set.update(verified=True)
    with pytest.raises(invitations.NotAccepted, match="Vous faites déjà partie de l'équipe"):
        invitations.accept(token_of(late.public_id), user=bob)
    assert (bob.memberships.get().profiles, bob.memberships.get().is_mandated) == (["JUR"], False)


def test_join_never_downgrades_by_invitation(alice, glyco):
    join(alice, glyco, profiles=["MOA"], mandated=True)
    with pytest.raises(invitations.NotInvited):
        invitations.invite(glyco, alice.email, profiles=[], mandated=False, actor=alice)
