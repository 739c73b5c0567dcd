"""What people do during a séance: vote, call the roll, see the others' doings without reloading."""

import pytest

from commission import voting
from commission.kinds import Choice, Mode
from commission.models import Ballot, Poll
from tests import sittings
from tests.commission.reading import address, of_item, roll_form, text_of


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


def test_a_ballot_never_goes_to_a_scrutin_opened_after_it_was_confirmed(item, poll, nine, simone, client_of):
    member, path = client_of(nine[1].user), of_item(item, "voter", nine[1].pk)
    asked = text_of(member.get(f"{path}?choice=for"))
    assert f'name="poll" value="{poll.pk}"' in asked
    voting.close_poll(poll, actor=simone)
    voting.open_poll(item, proposition="unfavourable", actor=simone)
    response = member.post(path, {"choice": "for", "poll": poll.pk})
    assert response.status_code == 422
    assert "Le vote est clos : votre bulletin n'a pas été enregistré." in text_of(response)
    assert Ballot.objects.count() == 0


# --- Closing the vote --------------------------------------------------------------------------


def test_closing_a_vote_names_the_voices_awaited_and_writes_nothing_yet(item, poll, nine, simone, client_of):
    for rank in (0, 1, 2, 3):
        voting.cast(poll, nine[rank], Choice.FOR, actor=nine[rank].user)
    secretary = client_of(simone)
    assert f'href="{of_item(item, "clore-le-vote")}">Clore le vote</a>' in text_of(secretary.get(of_item(item)))
    asked = secretary.get(of_item(item, "clore-le-vote"))
    assert [str(member) for member in asked.context["page"].awaited] == ["Elsa Membre", "Farid Membre", "Gaëlle Membre"]
    assert "3 voix sont encore attendues</strong> :" in text_of(asked)
    assert "<li>Gaëlle Membre</li>" in text_of(asked)
    assert f'name="poll" value="{poll.pk}"' in text_of(asked)
    poll.refresh_from_db()
    assert poll.is_open


def test_a_vote_where_everybody_voted_is_closed_after_a_word(item, poll, nine, simone, client_of):
    for member, voice in ((0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 0)):
        voting.cast(poll, nine[member], Choice.FOR, actor=nine[voice].user)
    secretary, path = client_of(simone), of_item(item, "clore-le-vote")
    assert "Toutes les voix sont exprimées." in text_of(secretary.get(path))
    assert secretary.post(path, {"poll": poll.pk}).status_code == 302
    poll.refresh_from_db()
    assert poll.is_adopted
    assert "Ce vote est déjà clos." in text_of(secretary.get(path))


def test_a_screen_left_open_does_not_close_the_next_scrutin(item, poll, simone, client_of):
    voting.close_poll(poll, actor=simone)
    following = voting.open_poll(item, proposition="unfavourable", actor=simone)
    response = client_of(simone).post(of_item(item, "clore-le-vote"), {"poll": poll.pk})
    assert response.status_code == 422
    assert "Ce vote est déjà clos." in text_of(response)
    following.refresh_from_db()
    assert following.is_open
