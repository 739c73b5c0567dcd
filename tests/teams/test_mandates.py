"""The advice to mandate a second person, and what support knows of a mandate."""

import pytest
from django.urls import reverse

from accounts.services import join
from journal.models import Event
from teams import members, nudges
from teams.mandates import mandate_of, verify
from teams.models import MandateCheck
from tests.teams.test_invitations import said

ALONE = "Vous êtes la seule personne mandatée de « Glyco SAS »"
DISMISS = "/equipe/732829320/conseil/ecarter/"
PAGE, VERIFY = "/organisations/732829320/", "/organisations/732829320/mandat/"


@pytest.mark.parametrize("name", ["teams:team", "referencing:mine"])
def test_a_single_mandated_person_is_advised_and_their_colleagues_told(client_of, alice, bob, name: str):
    assert ALONE in said(client_of(alice).get(reverse(name)))
    assert "« Glyco SAS » n'a qu'une personne mandatée." in said(client_of(bob).get(reverse(name)))


def test_two_mandated_people_need_no_advice(alice, bob, glyco):
    members.change(glyco.memberships.get(user=bob), profiles=["JUR"], mandated=True, actor=alice)
    assert nudges.nudges_for(alice) == nudges.nudges_for(bob) == []


def test_the_advice_is_set_aside_by_each_for_oneself_until_something_changes(client_of, alice, bob, glyco):
    assert client_of(alice).post(DISMISS).url == reverse("teams:team")
    client_of(alice).post(DISMISS)
    assert nudges.nudges_for(alice) == []
    assert len(nudges.nudges_for(bob)) == 1
    bobs = glyco.memberships.get(user=bob)
    members.change(bobs, profiles=["JUR"], mandated=True, actor=alice)
    members.change(bobs, profiles=["JUR"], mandated=False, actor=alice)
    assert len(nudges.nudges_for(alice)) == 1


@pytest.mark.parametrize("who", ["charlie", "sophie"])
def test_nobody_sets_aside_the_advice_of_others(request, client_of, alice, who: str):
    assert client_of(request.getfixturevalue(who)).post(DISMISS).status_code == 404


def test_a_mandate_is_not_verified_until_support_says_on_what(client_of, alice, sophie, glyco):
    client = client_of(sophie)
    assert "Mandat non vérifié" in said(client.get(PAGE))
    assert client.post(VERIFY, {"motive": "Extrait Kbis du 3 mars."}).url == PAGE
    page = said(client.get(PAGE))
    assert "Mandat vérifié" in page
    assert "par Sophie Bernard : Extrait Kbis du 3 mars." in page
    event = Event.objects.get(kind="team.mandate_verified")
    assert (event.subject, event.actor, event.data["motive"]) == (glyco.siren, sophie, "Extrait Kbis du 3 mars.")
    assert "Mandat vérifié par le support le" in said(client_of(alice).get(reverse("teams:team")))


def test_a_motive_is_needed(client_of, sophie, glyco):
    page = client_of(sophie).post(VERIFY, {"motive": " "})
    assert page.status_code == 422
    assert dict(page.context["form"].errors) == {"motive": ["Ce champ est obligatoire."]}
    assert MandateCheck.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("alice", [404, 404]),
        ("emile", [404, 404]),
        ("simone", [404, 404]),
        ("aude", [200, 404]),
        ("sophie", [200, 422]),
    ],
)
def test_only_support_verifies_and_the_auditor_reads(request, client_of, glyco, who: str, statuses: list[int]):
    client = client_of(request.getfixturevalue(who))
    assert [client.get(PAGE).status_code, client.post(VERIFY).status_code] == statuses


def test_a_mandate_given_after_the_check_is_to_be_verified_again(alice, bob, sophie, glyco):
    verify(glyco, motive="Kbis.", actor=sophie)
    assert mandate_of(glyco).is_verified
    bobs = glyco.memberships.get(user=bob)
    members.change(bobs, profiles=["JUR", "SSI"], mandated=False, actor=alice)
    assert mandate_of(glyco).is_verified
    members.change(bobs, profiles=["JUR"], mandated=True, actor=alice)
    assert (mandate_of(glyco).is_verified, mandate_of(glyco).given_since) == (False, 1)
    verify(glyco, motive="Délégation de signature.", actor=sophie)
    assert mandate_of(glyco).is_verified


def test_the_facts_of_a_team_are_told_at_the_same_cost(client_of, alice, bob, sophie, glyco, django_assert_num_queries):
    client = client_of(sophie)
    bobs = glyco.memberships.get(user=bob)
    for mandated in (True, False, True):
        members.change(bobs, profiles=["JUR"], mandated=mandated, actor=alice)
        client.get(PAGE)
        with django_assert_num_queries(15):
            page = client.get(PAGE)
    assert said(page).count("Bob Durand est maintenant une personne mandatée (Alice Martin)") == 2


def test_changes_of_a_team_are_facts_and_letters(alice, bob, glyco, drain):
    bobs = glyco.memberships.get(user=bob)
    members.change(bobs, profiles=["SSI"], mandated=False, actor=alice)
    members.change(bobs, profiles=["SSI"], mandated=True, actor=alice)
    members.remove(bobs, actor=alice)
    assert list(Event.objects.values_list("kind", "data")) == [
        ("team.mandate_changed", {"person": bob.pk, "mandated": True}),
        ("team.left", {"person": bob.pk, "mandated": True}),
    ]
    drain()
    assert {letter.title for letter in bob.letters.all()} == {
        "Vous êtes une personne mandatée de « Glyco SAS »",
        "Vous ne faites plus partie de l'équipe de « Glyco SAS »",
    }
    assert alice.letters.count() == 0


def test_whoever_has_no_mandate_may_leave_by_themselves(client_of, alice, bob, glyco, drain):
    page = reverse("teams:remove_member", args=[glyco.siren, glyco.memberships.get(user=bob).pk])
    assert page in said(client_of(bob).get(reverse("teams:team")))
    assert client_of(bob).post(page).url == reverse("teams:team")
    assert bob.memberships.count() == 0
    drain()
    assert bob.letters.count() == 0


def test_a_fact_that_fails_takes_back_what_it_tells(alice, bob, glyco, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("le journal ne répond pas")

    monkeypatch.setattr(members, "record", refuse)
    with pytest.raises(RuntimeError):
        members.remove(glyco.memberships.get(user=bob), actor=alice)
    assert glyco.memberships.count() == 2
    join(bob, glyco, profiles=["JUR"])
