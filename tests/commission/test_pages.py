"""The pages of the commission, role by role: what each one sees, may do, and is told."""

import html
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commission import recusals, voting
from commission.kinds import Choice, ItemState, Mode, SeanceState
from commission.models import Ballot, Poll, Seance
from referencing import door
from referencing.stages import Stage
from tests import play, sittings


def address(seance, *rest) -> str:
    return "/".join(["/seances", seance.number, *[str(part) for part in rest], ""])


def of_item(item, *rest) -> str:
    return address(item.seance, "points", item.order, *rest)


def text_of(response) -> str:
    """The page as read: entities and spaces undone."""
    return " ".join(html.unescape(response.content.decode()).split())


# --- Who enters -----------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["alice", "bob", "charlie", "emile", "marc"])
def test_strangers_find_nothing(item, who, request, client_of):
    visitor = client_of(request.getfixturevalue(who))
    for path in ["/seances/", address(item.seance), of_item(item), address(item.seance, "proces-verbal")]:
        assert visitor.get(path).status_code == 404


def test_whoever_is_not_signed_in_is_sent_to_sign_in(item, client):
    response = client.get(of_item(item))
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/compte/login/")


SECRETARY_ONLY = [
    "modifier",
    "convoquer",
    "appel",
    "ouvrir",
    "presidence",
    "clore",
    "defaut-de-quorum",
    "seconde-convocation",
]
OF_ITEM_SECRETARY_ONLY = ["ajourner", "proposer", "rendre-l-avis"]


@pytest.mark.parametrize("who", ["sophie", "aude"])
def test_the_desk_of_the_secretary_is_closed_to_other_staff(item, who, request, client_of):
    visitor = client_of(request.getfixturevalue(who))
    assert visitor.get(address(item.seance)).status_code == 200
    assert visitor.get("/seances/nouvelle/").status_code == 404
    for name in SECRETARY_ONLY:
        assert visitor.get(address(item.seance, name)).status_code == 404
    for name in OF_ITEM_SECRETARY_ONLY:
        assert visitor.get(of_item(item, name)).status_code == 404
    for name in ("examiner", "clore-le-vote"):
        assert visitor.post(of_item(item, name)).status_code == 404


def test_the_desk_of_the_secretary_is_closed_to_members(item, nine, client_of):
    member = client_of(nine[0].user)
    for name in SECRETARY_ONLY:
        assert member.get(address(item.seance, name)).status_code == 404
    for name in OF_ITEM_SECRETARY_ONLY:
        assert member.get(of_item(item, name)).status_code == 404


def test_a_member_sees_a_seance_once_convened(nine, simone, client_of):
    planned = sittings.planned(simone)
    assert client_of(nine[0].user).get(address(planned)).status_code == 404
    assert client_of(simone).get(address(planned)).status_code == 200


def test_a_member_whose_mandate_ended_sees_nothing_more(item, nine, client_of):
    nine[3].mandate_to = timezone.localdate() - timedelta(days=1)
    nine[3].save(update_fields=["mandate_to"])
    assert client_of(nine[3].user).get(address(item.seance)).status_code == 404


def test_an_unknown_seance_or_item_is_not_found(item, simone, client_of):
    visitor = client_of(simone)
    for path in ["/seances/1999-01/", address(item.seance, "points", 9), of_item(item, "voter", 999_999)]:
        assert visitor.get(path).status_code == 404


# --- Déport ---------------------------------------------------------------------------------


def test_a_member_who_withdrew_sees_the_title_and_nothing_else(item, nine, evaluated, simone, client_of):
    member = client_of(nine[2].user)
    assert member.get(f"/candidatures/{evaluated.reference}/").status_code == 200
    form = {"motive": "Je conseille l'éditeur."}
    assert member.post(of_item(item, "deport"), form).status_code == 302
    sittings.voted(item, "PP-PPPP", secretary=simone, proposition="unfavourable")
    assert member.get(f"/candidatures/{evaluated.reference}/").status_code == 404
    agenda, page = text_of(member.get(address(item.seance))), text_of(member.get(of_item(item)))
    for text in (agenda, page):
        assert "Glyco" in text
        assert f"/candidatures/{evaluated.reference}/" not in text
        assert "Défavorable" not in text
        assert "Proposition adoptée" not in text
        assert "Vous vous êtes déporté de ce point" in text


def test_a_deport_without_a_word_is_refused_and_keeps_the_page(item, nine, client_of):
    response = client_of(nine[2].user).post(of_item(item, "deport"), {"motive": ""})
    assert response.status_code == 422
    assert item.recusals.count() == 0


def test_the_secretary_notes_the_deport_of_a_member(item, nine, simone, client_of):
    form = {"member": nine[4].pk, "motive": "Dit en séance."}
    assert client_of(simone).post(of_item(item, "deport"), form).status_code == 302
    assert item.recusals.get().member == nine[4]


def test_the_interest_of_a_member_is_shown_to_nobody(item, nine, simone, client_of):
    recusals.declare_recusal(item, nine[4], motive="Un intérêt très privé.", actor=nine[4].user)
    for user in (simone, nine[0].user, nine[4].user):
        for path in (address(item.seance), of_item(item)):
            assert "Un intérêt très privé." not in text_of(client_of(user).get(path))


# --- A whole séance by its pages ---------------------------------------------------------------


def roll_form(nine, row) -> dict[str, str]:
    modes = {"P": "present", "D": "remote", "E": "excused", "A": "absent"}
    form = {}
    for member, code in zip(nine, row.split(), strict=True):
        form[f"m{member.pk}-mode"] = "represented" if code[0] == "M" else modes[code]
        form[f"m{member.pk}-holder"] = str(nine[int(code[1:]) - 1].pk) if code[0] == "M" else ""
    return form


def test_a_seance_is_held_from_its_date_to_its_close(evaluated, nine, sophie, simone, client_of):
    secretary, support = client_of(simone), client_of(sophie)
    form = {"starts_at": timezone.localtime().strftime("%Y-%m-%dT23:59"), "place": "Paris", "remote_link": ""}
    assert secretary.post("/seances/nouvelle/", form).status_code == 302
    seance = Seance.objects.get()
    assert evaluated.service.name in text_of(support.get(address(seance, "ordre-du-jour")))
    put = f"/candidatures/{evaluated.reference}/commission/inscrire/"
    assert "Inscrire à l'ordre du jour" in text_of(support.get(f"{put}?seance={seance.number}"))
    form = {"seance": seance.pk, "rapporteur": "Émile Roux", "seen": evaluated.version}
    assert support.post(put, form).status_code == 302
    refused = secretary.post(address(seance, "convoquer"), {"urgency_motive": ""})
    assert refused.status_code == 422
    assert "5 jours au moins avant la séance" in text_of(refused)
    assert secretary.post(address(seance, "convoquer"), {"urgency_motive": "Alerte."}).status_code == 302
    announced = client_of(nine[6].user).post(
        address(seance, "ma-presence"), {"mode": "represented", "holder": nine[0].pk}
    )
    assert announced.status_code == 302
    assert secretary.post(address(seance, "appel"), roll_form(nine, "P P P P P D M1 E A")).status_code == 302
    assert secretary.post(address(seance, "ouvrir"), {"presiding": nine[0].pk}).status_code == 302
    item = seance.items.get()
    assert secretary.post(of_item(item, "examiner")).status_code == 302
    form = {"proposition": "favourable_reserves", "rows": "3", "r1-text": "Publier le schéma.", "r1-deadline": ""}
    assert secretary.post(of_item(item, "proposer"), form).status_code == 302
    for rank, choice in enumerate(["for", "for", "for", "against", "abstain"]):
        vote = of_item(item, "voter", nine[rank].pk)
        assert client_of(nine[rank].user).post(vote, {"choice": choice}).status_code == 302
    assert secretary.post(of_item(item, "clore-le-vote")).status_code == 302
    evaluated.refresh_from_db()
    assert secretary.post(of_item(item, "rendre-l-avis"), {"seen": evaluated.version}).status_code == 302
    assert client_of(nine[3].user).post(of_item(item, "desaccord"), {"statement": "Trop tôt."}).status_code == 302
    assert secretary.post(address(seance, "clore")).status_code == 302
    seance.refresh_from_db()
    evaluated.refresh_from_db()
    assert (seance.state, evaluated.stage) == (SeanceState.CLOSED, Stage.OPINION_GIVEN)


def test_the_page_of_a_candidature_leads_to_its_item(item, evaluated, nine, alice, client_of):
    path = f"/candidatures/{evaluated.reference}/commission/"
    assert client_of(nine[0].user).get(path)["Location"] == of_item(item)
    assert client_of(alice).get(path).status_code == 404


def test_a_candidature_that_is_not_ready_says_what_is_missing(alice, sophie, simple_version, simone, client_of):
    sittings.planned(simone)
    candidature = play.in_evaluation(alice, simple_version, sophie)
    door.move(candidature, "conclude_evaluation", actor=sophie, payload=sittings.REPORT)
    page = text_of(client_of(sophie).get(f"/candidatures/{candidature.reference}/commission/inscrire/"))
    assert "Le dossier PDF de ce tour n'est pas encore scellé" in page


def test_an_item_seen_too_long_ago_is_not_concluded(item, evaluated, simone, client_of):
    sittings.voted(item, "PPPPPPP", secretary=simone)
    response = client_of(simone).post(of_item(item, "rendre-l-avis"), {"seen": evaluated.version - 1})
    item.refresh_from_db()
    assert (response.status_code, item.state) == (409, ItemState.OPEN)


# --- Voting ---------------------------------------------------------------------------------


@pytest.fixture
def poll(item, simone) -> Poll:
    return voting.open_poll(item, proposition="favourable", actor=simone)


def test_a_ballot_is_confirmed_before_it_is_counted(item, poll, nine, client_of):
    member, path = client_of(nine[1].user), of_item(item, "voter", nine[1].pk)
    asked = text_of(member.get(f"{path}?choice=against"))
    assert "Confirmez-vous ce vote ?" in asked
    assert "Voter contre" in asked
    assert Ballot.objects.count() == 0
    assert member.post(path, {"choice": "against"}).status_code == 302
    assert "Votre vote est enregistré : <strong>contre</strong>" in text_of(member.get(of_item(item)))


@pytest.mark.parametrize("choice", ["", "maybe"])
def test_a_ballot_without_a_choice_asks_again(item, poll, nine, client_of, choice):
    member, path = client_of(nine[1].user), of_item(item, "voter", nine[1].pk)
    for response in (member.get(f"{path}?choice={choice}"), member.post(path, {"choice": choice})):
        assert response.status_code == 422
        assert "Choisissez pour, contre ou abstention." in text_of(response)
    assert Ballot.objects.count() == 0


@pytest.mark.parametrize(
    ("rank", "sentence"),
    [
        (0, "Vous êtes en salle : vous pouvez voter, et vous portez la voix de Gaëlle Membre."),
        (5, "Vous participez à distance : vous pouvez voter."),
        (6, "Vous avez donné mandat à Agnès Membre, qui vote en votre nom."),
        (8, "Votre présence n'est pas notée : signalez-vous au secrétariat pour voter."),
    ],
)
def test_each_member_reads_whether_they_may_vote_and_why(item, poll, nine, client_of, rank, sentence):
    assert sentence in text_of(client_of(nine[rank].user).get(of_item(item)))


def test_whoever_may_not_vote_is_told_why_and_nothing_is_written(item, poll, nine, client_of):
    response = client_of(nine[8].user).post(of_item(item, "voter", nine[8].pk), {"choice": "for"})
    assert response.status_code == 422
    assert "Votre présence n'est pas notée" in text_of(response)
    assert Ballot.objects.count() == 0


def test_a_vote_that_comes_too_late_is_told_so(item, poll, nine, simone, client_of):
    voting.close_poll(poll, actor=simone)
    response = client_of(nine[1].user).post(of_item(item, "voter", nine[1].pk), {"choice": "for"})
    assert response.status_code == 422
    assert "Le vote est clos : votre bulletin n'a pas été enregistré." in text_of(response)


def test_what_the_others_vote_is_shown_to_nobody(item, poll, nine, simone, client_of):
    voting.cast(poll, nine[1], Choice.AGAINST, actor=nine[1].user)
    secretary = text_of(client_of(simone).get(of_item(item)))
    assert "1 vote reçu" in secretary
    assert "contre" not in secretary.lower().split("vote ouvert")[1].split("quorum")[0]
    assert "<strong>contre</strong>" not in text_of(client_of(nine[0].user).get(of_item(item)))


def test_more_rows_of_reserves_keep_what_is_typed_and_open_no_vote(item, simone, client_of):
    form = {"proposition": "favourable_reserves", "rows": "3", "r2-text": "Publier le schéma.", "more": "1"}
    page = text_of(client_of(simone).post(of_item(item, "proposer"), form))
    assert "Publier le schéma." in page
    assert 'name="r6-text"' in page
    assert Poll.objects.count() == 0


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Choisissez l'un des quatre avis possibles."),
        ({"proposition": "favourable_reserves"}, "Écrivez au moins une réserve."),
        ({"proposition": "favourable", "r1-text": "Une réserve."}, "Cet avis ne porte pas de réserves"),
    ],
)
def test_a_proposition_that_does_not_hold_comes_back_with_its_reason(item, simone, client_of, form, sentence):
    response = client_of(simone).post(of_item(item, "proposer"), {"rows": "3", **form})
    assert response.status_code == 422
    assert sentence in text_of(response)


# --- The roll -------------------------------------------------------------------------------


def test_a_roll_that_the_code_forbids_comes_back_as_typed(convened, nine, simone, client_of):
    response = client_of(simone).post(address(convened, "appel"), roll_form(nine, "P M1 M1 P P P P P P"))
    assert response.status_code == 422
    assert "nul ne peut en détenir plus d'un" in text_of(response)
    assert set(convened.presences.values_list("mode", flat=True)) == {Mode.UNANSWERED}


def test_a_roll_with_a_hole_says_where(convened, nine, simone, client_of):
    form = roll_form(nine, "P P P P P P P P P") | {f"m{nine[8].pk}-mode": ""}
    response = client_of(simone).post(address(convened, "appel"), form)
    assert response.status_code == 422
    assert f'<a href="#id_m{nine[8].pk}-mode">Inès Membre</a> : Notez la participation.' in text_of(response)


# --- What refreshes itself ----------------------------------------------------------------------


def refresh(client, path, mark):
    return client.get(f"{path}?vu={mark}", headers={"HX-Request": "true"})


def test_a_refresh_says_nothing_until_something_changes(item, nine, simone, client_of):
    member = client_of(nine[1].user)
    mark = member.get(of_item(item)).context["live"]["mark"]
    assert refresh(member, of_item(item, "etat"), mark).status_code == 204
    poll = voting.open_poll(item, proposition="favourable", actor=simone)
    changed = refresh(member, of_item(item, "etat"), mark)
    assert (changed.status_code, "Vote ouvert" in text_of(changed)) == (200, True)
    mark = member.get(of_item(item)).context["live"]["mark"]
    voting.cast(poll, nine[0], Choice.FOR, actor=nine[0].user)
    assert refresh(member, of_item(item, "etat"), mark).status_code == 204


def test_the_secretary_sees_the_ballots_come_in(item, poll, nine, simone, client_of):
    secretary = client_of(simone)
    mark = secretary.get(of_item(item)).context["live"]["mark"]
    voting.cast(poll, nine[0], Choice.FOR, actor=nine[0].user)
    assert "1 vote reçu" in text_of(refresh(secretary, of_item(item, "etat"), mark))


def test_a_person_who_opens_the_address_of_a_refresh_is_sent_to_the_page(item, simone, client_of):
    visitor = client_of(simone)
    assert visitor.get(of_item(item, "etat"))["Location"] == of_item(item)
    assert visitor.get(address(item.seance, "etat"))["Location"] == address(item.seance)


def test_the_page_of_a_seance_refreshes_too(running, nine, simone, client_of):
    member = client_of(nine[1].user)
    mark = member.get(address(running)).context["live"]["mark"]
    sittings.examined(running, secretary=simone)
    assert "Point 1 en cours : Glyco" in text_of(refresh(member, address(running, "etat"), mark))


# --- Queries --------------------------------------------------------------------------------


@pytest.fixture
def three_items(nine, alice, simple_version, sophie, simone) -> Seance:
    files = [sittings.ready(alice, simple_version, sophie, name=f"Service {rank}") for rank in range(3)]
    return sittings.convened(files, support=sophie, secretary=simone)


def queries_of(client, path) -> int:
    """How many queries a page asks, once what a process keeps is warm."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("who", ["member", "simone", "sophie"])
def test_a_seance_of_three_items_asks_as_many_queries_as_one(convened, three_items, nine, who, request, client_of):
    visitor = client_of(nine[0].user if who == "member" else request.getfixturevalue(who))
    assert queries_of(visitor, address(three_items)) == queries_of(visitor, address(convened))


@pytest.mark.parametrize("who", ["member", "simone"])
def test_the_list_of_seances_asks_as_many_queries_for_three_as_for_one(convened, nine, simone, who, client_of):
    visitor = client_of(nine[0].user if who == "member" else simone)
    one = queries_of(visitor, "/seances/")
    for _ in range(2):
        seance = sittings.planned(simone)
        seance.presences.create(member=nine[0])
        seance.state, seance.convened_at = SeanceState.CONVENED, convened.convened_at
        seance.save(update_fields=["state", "convened_at"])
    assert queries_of(visitor, "/seances/") == one
    assert text_of(visitor.get("/seances/")).count("Séance n° ") == 3


def test_the_candidatures_to_put_on_the_agenda_ask_as_many_queries_for_three_as_for_one(
    nine, alice, simple_version, sophie, simone, client_of
):
    support, seance = client_of(sophie), sittings.planned(simone)
    sittings.ready(alice, simple_version, sophie)
    one = queries_of(support, address(seance, "ordre-du-jour"))
    for rank in range(2):
        sittings.ready(alice, simple_version, sophie, name=f"Service {rank}")
    assert queries_of(support, address(seance, "ordre-du-jour")) == one


def test_the_lack_of_quorum_leads_to_a_second_call(convened, nine, simone, client_of):
    secretary = client_of(simone)
    sittings.roll(convened, nine, "P P P M1 E E A A A", secretary=simone)
    assert "Constater le défaut de quorum" in text_of(secretary.get(address(convened)))
    assert secretary.post(address(convened, "defaut-de-quorum")).status_code == 302
    assert "Prévoir la seconde séance" in text_of(secretary.get(address(convened)))
    form = {"starts_at": timezone.localtime().strftime("%Y-%m-%dT23:59"), "place": "Paris", "remote_link": ""}
    assert secretary.post(address(convened, "seconde-convocation"), form).status_code == 302
    assert Seance.objects.get(second_call_of=convened).state == SeanceState.PLANNED
