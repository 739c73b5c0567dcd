"""The répartition of a candidature: who answers what, what is left to each, and what nobody can answer."""

import html
from dataclasses import dataclass

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Organisation, User
from accounts.roles import Profile
from accounts.services import join, leave
from questionnaires import sheets
from questionnaires.models import Version
from questionnaires.sheets import ItemState
from referencing import filing
from referencing.assignments import NotShared, give, left_to, mine_in, sharing_of
from referencing.models import Candidature, SectionAssignment
from referencing.sharing import WHO, Given, Mate, share
from tests import play
from tests.evaluation import steps

ADMIN, GOVERNANCE, DATA = ("demande", "administratif"), ("securite", "gouvernance"), ("securite", "donnees")


# --- The pure core, on doubles that carry only what it reads --------------------------------------------------------


@dataclass(frozen=True)
class Criterion:
    profile: str


@dataclass(frozen=True)
class Item:
    code: str
    criterion: Criterion
    state: str = ItemState.TO_DO
    may_change: bool = True


@dataclass(frozen=True)
class Section:
    code: str
    items: tuple[Item, ...]
    title: str = "Section"


@dataclass(frozen=True)
class Questionnaire:
    code: str
    sections: tuple[Section, ...]
    is_answered: bool = True
    title: str = "Questionnaire"


@dataclass(frozen=True)
class Whole:
    questionnaires: tuple[Questionnaire, ...]


ALICE = Mate(1, 11, "Alice", frozenset({"MOA", "SSI"}))
BOB = Mate(2, 12, "Bob", frozenset({"JUR"}))
ITEMS = (Item("A", Criterion("MOA")), Item("B", Criterion("JUR")), Item("C", Criterion("ACC")))
WHOLE = Whole((Questionnaire("q", (Section("s", ITEMS),)),))


@pytest.mark.parametrize(
    ("given_to", "alice", "bob", "lacking"),
    [
        (Given(), ["A"], ["B"], [Profile.ACC]),
        (Given(profile="SSI"), ["A", "B", "C"], [], []),
        (Given(profile="IA"), [], [], [Profile.IA]),
        (Given(member=2), [], ["A", "B", "C"], []),
        (Given(member=99), ["A"], ["B"], [Profile.ACC]),  # who left the team no longer answers
    ],
)
def test_a_section_falls_to_whom_it_is_given(given_to: Given, alice, bob, lacking):
    (part,) = share(WHOLE, {("q", "s"): given_to}, [ALICE, BOB]).parts
    assert [item.code for item in part.of(ALICE, part.items)] == alice
    assert [item.code for item in part.of(BOB, part.items)] == bob
    assert part.lacking == lacking


def test_a_trade_that_nobody_has_but_whose_work_is_done_is_not_missed():
    done = Section("s", (Item("A", Criterion("ACC"), state=ItemState.DONE), Item("B", Criterion("MOA"))))
    (part,) = share(Whole((Questionnaire("q", (done,)),)), {}, [ALICE]).parts
    assert part.lacking == []


def test_what_is_not_asked_or_proven_elsewhere_is_given_to_nobody():
    nothing = Section("s", (Item("A", Criterion("MOA"), state=ItemState.NOT_ASKED),))
    tests = Questionnaire("tests", (Section("u", ITEMS),), is_answered=False)
    assert share(Whole((Questionnaire("q", (nothing,)), tests)), {}, [ALICE]).parts == ()


@given(
    profiles=st.lists(st.sampled_from(Profile.values), min_size=1, max_size=8),
    done=st.lists(st.booleans(), min_size=8, max_size=8),
    to=st.one_of(
        st.just(Given()), st.sampled_from(Profile.values).map(lambda p: Given(profile=p)), st.just(Given(member=2))
    ),
)
def test_every_criterion_asked_belongs_to_exactly_one_holder(profiles, done, to):
    items = tuple(
        Item(f"C{rank}", Criterion(profile), state=ItemState.DONE if done[rank] else ItemState.TO_DO)
        for rank, profile in enumerate(profiles)
    )
    sharing = share(Whole((Questionnaire("q", (Section("s", items),)),)), {("q", "s"): to}, [ALICE, BOB])
    assert sum(holder.progress.total for holder in sharing.holders()) == len(items)
    assert sum(holder.left for holder in sharing.holders()) == sum(item.state != ItemState.DONE for item in items)


def test_every_profile_has_its_words():
    assert set(WHO) == set(Profile)


# --- With the database ----------------------------------------------------------------------------------------------


@pytest.fixture
def draft(alice: User, bob: User, simple_version: Version) -> Candidature:
    return play.draft(alice, simple_version)


def left(user: User, candidature: Candidature) -> dict[str, int]:
    return {part.code: number for part, number in mine_in(sharing_of(candidature), user).parts}


def url(candidature: Candidature, *section: str) -> str:
    name = "share_section" if section else "sharing"
    return reverse(f"referencing:{name}", args=[candidature.reference, *section])


def said(page) -> str:
    return html.unescape(page.content.decode()).replace("\u00a0", " ")


def test_each_member_has_the_sections_of_their_profiles(draft: Candidature, alice: User, bob: User) -> None:
    assert left(alice, draft) == {"administratif": 2, "gouvernance": 1, "donnees": 1}
    assert left(bob, draft) == {"donnees": 1}


def test_a_section_goes_to_a_person_then_back_when_they_leave(
    draft: Candidature, alice: User, bob: User, glyco: Organisation
) -> None:
    give(draft, *GOVERNANCE, to=glyco.memberships.get(user=bob), actor=alice)
    assert left(bob, draft) == {"gouvernance": 1, "donnees": 1}
    assert "gouvernance" not in left(alice, draft)
    leave(glyco.memberships.get(user=bob))
    assert SectionAssignment.objects.count() == 0
    assert left(alice, draft)["gouvernance"] == 1


def test_what_is_complete_is_left_to_nobody(alice: User, bob: User, simple_version: Version) -> None:
    candidature = play.answered(alice, simple_version)
    assert left(alice, candidature) == left(bob, candidature) == {}
    filing.submit(candidature, actor=alice)
    assert left_to(alice, [Candidature.objects.select_related("service", "sheet").get()]) == {}


def test_a_complement_asked_is_left_until_it_is_answered(
    alice: User, bob: User, sophie: User, emile: User, simple_version: Version
) -> None:
    candidature = play.assigned(alice, simple_version, sophie, emile)
    steps.ask(candidature, "ADM-02", emile)
    candidature = steps.send(candidature, emile)
    assert (left(alice, candidature), left(bob, candidature)) == ({"administratif": 1}, {})
    item = sheets.overview(candidature.sheet).item("ADM-02")
    sheets.save_answer(
        candidature.sheet, item.criterion, value="met", comment="Complété.", edition=item.edition, user=alice
    )
    assert left(alice, candidature) == {}


def test_nothing_is_given_once_the_file_has_left_the_team(alice: User, simple_version: Version) -> None:
    candidature = play.submitted(alice, simple_version)
    with pytest.raises(NotShared, match="n'est plus entre les mains de votre équipe"):
        give(candidature, *ADMIN, to="JUR", actor=alice)


def test_the_database_refuses_a_section_given_to_two_or_to_nobody(draft: Candidature, alice: User) -> None:
    common = {
        "candidature": draft,
        "questionnaire": "demande",
        "section": "x",
        "assigned_by": alice,
        "assigned_at": timezone.now(),
    }
    for wrong in ({}, {"profile": "JUR", "member": alice.memberships.get()}, {"profile": "ROI"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SectionAssignment.objects.create(**common, **wrong)


# --- The pages ------------------------------------------------------------------------------------------------------


def test_any_member_reads_and_changes_the_repartition(client_of, draft: Candidature, bob: User) -> None:
    client, page = client_of(bob), url(draft, *ADMIN)
    assert client.get(page).context["form"]["to"].value() == "referentiel"
    assert client.post(page, {"to": "JUR"}).url == url(draft)
    assert client.get(page).context["form"]["to"].value() == "JUR"
    assert left(bob, draft) == {"administratif": 2, "donnees": 1}
    assert "Juriste RGPD / DPO (choisi par l'équipe) — Bob Durand" in " ".join(said(client.get(url(draft))).split())
    client.post(page, {"to": f"membre-{bob.memberships.get().pk}"})
    assert "Confiée à <strong>Bob Durand</strong>" in said(client.get(url(draft)))
    client.post(page, {"to": "referentiel"})
    assert SectionAssignment.objects.count() == 0


def test_a_member_of_another_team_cannot_be_named(client_of, draft: Candidature, alice: User, charlie: User) -> None:
    page = client_of(alice).post(url(draft, *ADMIN), {"to": f"membre-{charlie.memberships.get().pk}"})
    assert list(page.context["form"].errors) == ["to"]
    assert SectionAssignment.objects.count() == 0


@pytest.mark.parametrize("section", [("demande", "inconnue"), ("tests", "unitaires")])
def test_a_section_that_is_not_asked_is_not_found(client_of, draft: Candidature, alice: User, section) -> None:
    assert client_of(alice).get(url(draft, *section)).status_code == 404


def test_a_trade_that_nobody_has_is_said_with_whom_to_invite(
    client_of, draft: Candidature, alice: User, bob: User, glyco: Organisation
) -> None:
    invite = f"{reverse('teams:invite', args=[glyco.siren])}?profil=JUR"
    assert invite not in said(client_of(alice).get(url(draft)))
    join(bob, glyco, profiles=[Profile.MED])
    page = said(client_of(alice).get(url(draft)))
    assert f'<a href="{invite}">invitez un juriste ou un délégué à la protection des données</a>' in page
    assert "Personne pour « Juriste RGPD / DPO »" in page
    theirs = said(client_of(bob).get(url(draft)))
    assert invite not in theirs
    assert "demandez à une personne mandatée d'inviter un juriste" in theirs


def test_home_and_page_say_what_is_left_to_me(client_of, draft: Candidature, alice: User, bob: User) -> None:
    for address in ("/mes-candidatures/", f"/candidatures/{draft.reference}/"):
        assert "4 critères à compléter dans 3 sections" in said(client_of(alice).get(address))
        assert "1 critère à compléter dans 1 section" in said(client_of(bob).get(address))


def test_who_has_no_profile_is_told_so(client_of, draft: Candidature, bob: User, glyco: Organisation) -> None:
    join(bob, glyco, profiles=[])
    assert "aucun profil ne vous est donné" in said(client_of(bob).get("/mes-candidatures/"))


@pytest.mark.parametrize("given_sections", [0, 3])
def test_the_page_costs_the_same_whatever_is_given(
    client_of, draft: Candidature, alice: User, bob: User, glyco, django_assert_num_queries, given_sections: int
) -> None:
    for section in (ADMIN, GOVERNANCE, DATA)[:given_sections]:
        give(draft, *section, to=glyco.memberships.get(user=bob), actor=alice)
    client = client_of(alice)
    client.get(url(draft))
    with django_assert_num_queries(19):
        client.get(url(draft))


# --- Who may what in a team -----------------------------------------------------------------------------------------


def test_any_member_reads_everything_and_only_a_mandated_one_files_or_withdraws(
    client_of, alice: User, bob: User, simple_version: Version
) -> None:
    candidature = play.answered(alice, simple_version)
    bobs, address = client_of(bob), f"/candidatures/{candidature.reference}"
    for page in ("/", "/questionnaires/", "/criteres/ADM-02/", "/verifier/", "/repartition/"):
        assert bobs.get(address + page).status_code == 200
    refused = bobs.post(f"{address}/verifier/", {"attests": "on", "seen": candidature.version})
    assert "mandat" in said(refused).lower()
    assert bobs.post(f"{address}/retirer/", {"motive": "Fini."}).status_code == 404
    assert Candidature.objects.get().stage == "draft"
    client_of(alice).post(f"{address}/verifier/", {"attests": "on", "seen": candidature.version})
    assert Candidature.objects.get().stage == "submitted"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_pages_of_a_team_that_shares_are_accessible(open_page, draft: Candidature, bob: User) -> None:
    from tests import axe

    wide, narrow = open_page(bob), open_page(bob, width=390)
    found = []
    for address in (url(draft), url(draft, *ADMIN), "/mes-candidatures/", "/mes-services/",
                    f"/mes-services/{draft.service_id}/", f"/candidatures/{draft.reference}/"):  # fmt: skip
        for page in (wide, narrow):
            page.goto(address)
            found += axe.violations(page)
        assert narrow.evaluate("document.documentElement.scrollWidth") <= 390, address
    assert found == []
    narrow.goto(url(draft))
    narrow.get_by_role("link", name="Confier à… quelqu'un la section Gouvernance").click()
    narrow.get_by_label("Bob Durand, en personne").check(force=True)
    narrow.get_by_role("button", name="Enregistrer la répartition").click()
    assert "Confiée à" in narrow.content()
