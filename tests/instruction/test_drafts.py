"""Drafts that support opens for an éditeur: support's until taken, the éditeur's afterwards."""

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.http import Http404

from accounts.models import Organisation, User
from journal.models import Event, Letter
from questionnaires.models import Version
from referencing import access, entrusting
from referencing.door import refusals
from referencing.models import Candidature, EntrustedDraft
from referencing.presenter import timeline
from teams import invitations
from tests import cast, play
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]
Drain = Callable[[], int]
DRAFTS = "/instruction/brouillons/"


def prepared(
    sophie: User, version: Version, email: str = "alice@exemple.fr", siren: str = "732829320"
) -> EntrustedDraft:
    return entrusting.prepare(
        siren,
        "Nouvel Éditeur SAS",
        email,
        version=version,
        name="Glyco",
        purpose="Un carnet de glycémie.",
        declinations=["ios"],
        actor=sophie,
    )


def form(version: Version, /, **changed: object) -> dict[str, object]:
    return {
        "siren": "732 829 320",
        "organisation_name": "",
        "email": "alice@exemple.fr",
        "name": "Glyco",
        "purpose": "Un carnet de glycémie.",
        "declinations": ["ios"],
        "version": version.pk,
    } | changed


def test_until_it_is_taken_the_draft_is_supports_alone(
    alice: User, sophie: User, marc: User, simple_version: Version
) -> None:
    candidature = prepared(sophie, simple_version).candidature
    assert access.get_for(sophie, candidature.reference, "answer") == candidature
    play.answer_all(candidature, sophie)
    assert refusals(candidature, "submit", sophie)[0].code == "right"
    for stranger in (alice, marc):
        with pytest.raises(Http404):
            access.get_visible(stranger, candidature.reference)


def test_it_is_not_on_the_desk_and_an_ordinary_draft_stays_unread(
    alice: User, sophie: User, simple_version: Version, client_of: ClientOf
) -> None:
    candidature = prepared(sophie, simple_version).candidature
    theirs = play.draft(alice, simple_version, name="Le nôtre")
    page = client_of(sophie).get("/instruction/").content.decode()
    assert candidature.reference not in page
    assert client_of(sophie).get(f"/candidatures/{theirs.reference}/").status_code == 404
    assert client_of(sophie).get(f"/candidatures/{candidature.reference}/").status_code == 200


def test_a_member_takes_it_and_support_loses_it_at_once(
    alice: User, bob: User, sophie: User, simple_version: Version, client_of: ClientOf, drain: Drain
) -> None:
    entrusted = prepared(sophie, simple_version)
    reference, agent, client = entrusted.candidature.reference, client_of(sophie), client_of(alice)
    address = f"/candidatures/{reference}/reprendre-le-brouillon/"
    assert client.get(address).status_code == 404  # not offered yet
    agent.post(f"{DRAFTS}{reference}/proposer/")
    drain()
    assert Letter.objects.get(kind="draft_offered").recipient == alice
    assert reference in client.get("/mes-candidatures/").content.decode()
    assert client_of(bob).get(address).status_code == 404  # neither mandated nor named
    assert client.get(address).status_code == 200
    assert EntrustedDraft.objects.get().taken_at is None  # reading takes nothing
    assert client.post(address)["Location"] == f"/candidatures/{reference}/"
    assert client.get(f"/candidatures/{reference}/").status_code == 200
    assert client_of(bob).get(f"/candidatures/{reference}/").status_code == 200
    assert agent.get(f"/candidatures/{reference}/").status_code == 404
    assert agent.get(f"/candidatures/{reference}/orientation/").status_code == 404
    assert client.post(address).status_code == 404  # once
    drain()
    assert Letter.objects.get(kind="draft_taken").recipient == sophie
    kinds = Event.objects.about(reference).order_by("seq").values_list("kind", "actor")
    assert list(kinds) == [
        ("candidature.opened", sophie.pk),
        ("entrusted.offered", sophie.pk),
        ("entrusted.taken", alice.pk),
    ]


def test_the_editeur_reads_who_opened_it_as_support(alice: User, sophie: User, simple_version: Version) -> None:
    entrusted = entrusting.offer(prepared(sophie, simple_version), actor=sophie)
    candidature = entrusting.take(entrusted, user=alice)
    told = [(entry.title, entry.who) for entry in timeline(candidature, alice)]
    assert told == [
        ("Brouillon préparé par le support, repris par l'éditeur", "Alice Martin"),
        ("Candidature ouverte", "support GIE SESAM-Vitale"),
    ]


def test_a_newcomer_is_invited_joins_and_takes_it(
    sophie: User, simple_version: Version, client_of: ClientOf, drain: Drain, mailoutbox: list[EmailMessage]
) -> None:
    entrusted = prepared(sophie, simple_version, "nina@exemple.fr")
    entrusting.offer(entrusted, actor=sophie)
    drain()
    (sent,) = [mail for mail in mailoutbox if mail.to == ["nina@exemple.fr"]]
    nina = cast.person("nina", "Nina Ferrand")
    EmailAddress.objects.create(user=nina, email=nina.email, verified=True, primary=True)
    found = re.search(r"/invitations/(\w+)/", str(sent.body))
    assert found
    client = client_of(nina)
    client.post(f"/invitations/{found[1]}/accepter/")
    reference = entrusted.candidature.reference
    assert reference in client.get("/mes-candidatures/").content.decode()
    client.post(f"/candidatures/{reference}/reprendre-le-brouillon/")
    assert access.may(nina, "submit", Candidature.objects.get())
    assert not access.may(User.objects.get(pk=sophie.pk), "answer", Candidature.objects.get())


def test_support_brings_no_newcomer_into_a_team_that_exists(
    alice: User, sophie: User, simple_version: Version, client_of: ClientOf
) -> None:
    with pytest.raises(entrusting.NotEntrusted, match="a déjà une équipe"):
        prepared(sophie, simple_version, "intrus@exemple.fr")
    reply = client_of(sophie).post(f"{DRAFTS}nouveau/", form(simple_version, email="intrus@exemple.fr"))
    assert (reply.status_code, "a déjà une équipe" in reply.content.decode()) == (422, True)
    assert Candidature.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"siren": "123456789"}, "Ce numéro SIREN n'est pas valide"),
        ({"siren": "404833048"}, "donnez sa raison sociale"),
        ({"email": "pas une adresse"}, "Saisissez une adresse"),
        ({"name": ""}, "Ce champ est obligatoire"),
        ({"version": 0}, "Sélectionnez un choix valide"),
    ],
)
def test_a_draft_that_cannot_be_opened_says_why_and_keeps_what_was_typed(
    alice: User, sophie: User, simple_version: Version, client_of: ClientOf, changed: dict[str, object], sentence: str
) -> None:
    reply = client_of(sophie).post(f"{DRAFTS}nouveau/", form(simple_version, **changed))
    page = reply.content.decode().replace("&#x27;", "'")
    assert (reply.status_code, sentence in page) == (422, True)
    assert "Un carnet de glycémie." in page
    assert Organisation.objects.count() == 1


def test_the_page_opens_a_draft_and_lists_it(
    alice: User, sophie: User, simple_version: Version, client_of: ClientOf
) -> None:
    client = client_of(sophie)
    reply = client.post(f"{DRAFTS}nouveau/", form(simple_version))
    candidature = Candidature.objects.get()
    assert reply["Location"] == f"/candidatures/{candidature.reference}/orientation/"
    assert client.get(reply["Location"]).status_code == 302  # to its first question
    assert candidature.reference in client.get(DRAFTS).content.decode()


def test_offering_again_to_a_newcomer_sends_the_same_invitation(
    sophie: User, simple_version: Version, settings: object
) -> None:
    settings.PROCEDURE = settings.PROCEDURE | {"invitation_resend_minutes": 0}  # type: ignore[attr-defined]
    entrusted = entrusting.offer(prepared(sophie, simple_version, "nina@exemple.fr"), actor=sophie)
    again = entrusting.offer(entrusted, actor=sophie)
    assert again.invitation == entrusted.invitation
    assert invitations.Invitation.objects.count() == 1
