"""The pages of the commission, role by role: what each one sees, may do, and is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from commission import recusals
from commission.forms import ConvocationForm
from commission.kinds import ItemState, SeanceState
from commission.models import Seance
from referencing import door
from referencing.stages import Stage
from tests import play, sittings
from tests.commission.reading import address, of_item, roll_form, text_of

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
OF_ITEM_SECRETARY_ONLY = ["ajourner", "proposer", "clore-le-vote", "rendre-l-avis"]


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


def test_a_seance_is_held_from_its_date_to_its_close(evaluated, nine, sophie, simone, client_of):
    secretary, support = client_of(simone), client_of(sophie)
    form = {"starts_at": timezone.localtime().strftime("%Y-%m-%dT23:59"), "place": "Paris", "remote_link": ""}
    assert secretary.post("/seances/nouvelle/", form).status_code == 302
    seance = Seance.objects.get()
    assert evaluated.service.name in text_of(support.get(address(seance, "ordre-du-jour")))
    put = f"/candidatures/{evaluated.reference}/commission/inscrire/"
    assert "Inscrire à l'ordre du jour" in text_of(support.get(f"{put}?seance={seance.number}"))
    inscription = {"seance": seance.pk, "rapporteur": "Émile Roux", "seen": evaluated.version}
    assert support.post(put, inscription).status_code == 302
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


def test_the_convocation_asks_for_an_urgency_by_the_delay_of_the_procedure(settings):
    settings.PROCEDURE = {**settings.PROCEDURE, "convocation_days": 8}
    help_text = ConvocationForm().fields["urgency_motive"].help_text
    wanted = "À écrire seulement si la séance se tient dans moins de 8 jours ; il figure sur la convocation."
    assert help_text.replace("\u00a0", " ") == wanted


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


def test_the_lack_of_quorum_leads_to_a_second_call(convened, nine, simone, client_of):
    secretary = client_of(simone)
    sittings.roll(convened, nine, "P P P M1 E E A A A", secretary=simone)
    assert "Constater le défaut de quorum" in text_of(secretary.get(address(convened)))
    assert secretary.post(address(convened, "defaut-de-quorum")).status_code == 302
    assert "Prévoir la seconde séance" in text_of(secretary.get(address(convened)))
    form = {"starts_at": timezone.localtime().strftime("%Y-%m-%dT23:59"), "place": "Paris", "remote_link": ""}
    assert secretary.post(address(convened, "seconde-convocation"), form).status_code == 302
    assert Seance.objects.get(second_call_of=convened).state == SeanceState.PLANNED
