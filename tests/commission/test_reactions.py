"""What leaves after the events: convocations, procès-verbal, agenda cleared of what was withdrawn."""

import hashlib
import io

import pytest
from pypdf import PdfReader

from commission import agenda, conclusions, reactions, recusals, seances
from commission import sittings as services
from commission.kinds import ItemState
from commission.models import Minutes
from journal.models import Event, Letter
from referencing import filing
from tests import sittings

RESERVE = {"text": "Publier le schéma des données.", "suspensive": False, "deadline": "2027-01-31"}


def event_of(seance, kind) -> Event:
    return Event.objects.about(seance.subject).get(kind=kind)


# --- Convocation ----------------------------------------------------------------------------


def test_every_member_receives_the_convocation_with_the_agenda(convened, nine, evaluated, drain):
    drain()
    letters = Letter.objects.filter(kind="convocation")
    assert sorted(letter.recipient_id for letter in letters) == sorted(member.user_id for member in nine)
    letter = letters[0]
    assert letter.title.startswith("Convocation à la commission de référencement du ")
    assert f"1. Glyco, Glyco SAS ({evaluated.reference}) — rapporteur : Émile Roux" in letter.body
    assert "Lieu : Salle Laennec, Paris" in letter.body
    assert "Convocation en urgence (art. R. 133-8) : Déploiement national imminent." in letter.body
    assert "aucun quorum" not in letter.body
    assert letter.url.endswith(f"/seances/{convened.number}/")


def test_a_convocation_is_written_once(convened, drain):
    drain()
    reactions.send_convocations(event_of(convened, "seance.convened").seq)
    assert Letter.objects.filter(kind="convocation").count() == 9


def test_a_second_convocation_says_that_no_quorum_is_asked(convened, nine, evaluated, sophie, simone, drain):
    sittings.roll(convened, nine, "P P P M1 E E A A A", secretary=simone)
    first = services.close_without_quorum(convened, actor=simone)
    second = sittings.planned(simone, second_call_of=first)
    agenda.put_on_agenda(second, evaluated, actor=sophie)
    seances.convene(second, actor=simone, urgency_motive="Seconde convocation.")
    drain()
    letter = Letter.objects.filter(kind="convocation", subject_ref=second.subject)[0]
    assert letter.title.startswith("Seconde convocation à la commission")
    assert "porte sur le même ordre du jour : aucun quorum ne sera exigé" in letter.body


# --- Procès-verbal ----------------------------------------------------------------------------


def read(minutes: Minutes) -> str:
    """The words of the paper, spaces undone."""
    with minutes.file.open("rb") as stream:
        pages = PdfReader(io.BytesIO(stream.read())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def closed(item, running, nine, simone):
    recusals.declare_recusal(item, nine[4], motive="Un intérêt très privé.", actor=nine[4].user)
    sittings.voted(item, "PCCC-CP", secretary=simone, proposition="unfavourable")
    sittings.voted(item, "PPPP-PP", secretary=simone, proposition="favourable_reserves", reserves=(RESERVE,))
    sittings.concluded(item, secretary=simone)
    conclusions.record_dissent(item, actor=nine[1].user, statement="Le coût n'est pas connu.")
    sittings.roll(running, nine, "P P P P P E M1 D A", secretary=simone)
    return services.close_seance(running, actor=simone)


def test_the_minutes_bear_what_the_code_asks(closed, nine, evaluated, drain):
    drain()
    text = read(closed.minutes)
    for member in nine[:6]:
        assert f"{member} {member.title}".split(" — ")[0] in text
    for words in (
        f"Séance n° {closed.number}",
        "Présidence Agnès Membre",
        "Secrétariat Simone Girard, secrétaire de séance",
        "Quorum atteint : 7 membres présents ou représentés sur 9 ; il en faut 5.",
        "Absents ou excusés : Inès Membre.",
        f"Candidature {evaluated.reference}.",
        "Déport : Elsa Membre.",
        "Proposition 1 : avis défavorable",
        "Proposition rejetée : 2 pour, 4 contre, 0 abstention.",
        "Proposition 2 : avis favorable avec réserves non suspensives",
        "Proposition adoptée : 6 pour, 0 contre, 0 abstention.",
        "Publier le schéma des données. (non suspensive, à lever avant le dimanche 31 janvier 2027)",
        "La commission rend un avis favorable avec réserves non suspensives.",
        "il est fait mention du désaccord de Brice Membre avec l'avis rendu : « Le coût n'est pas connu. »",
    ):
        assert words in text


def test_the_minutes_name_whoever_left_before_the_end(closed, nine, drain):
    drain()
    assert closed.presences.get(member=nine[5]).left_at is not None
    text = read(closed.minutes)
    assert "A quitté la séance à" in text
    assert ", arrivé à " in text


def test_the_minutes_keep_the_interests_of_members_private(closed, drain):
    drain()
    assert "très privé" not in read(closed.minutes)


def test_the_minutes_are_made_once_and_known_by_their_hash(closed, drain):
    drain()
    before = Minutes.objects.get()
    reactions.print_minutes(event_of(closed, "seance.closed").seq)
    after = Minutes.objects.get()
    with after.file.open("rb") as stream:
        content = stream.read()
    assert (after.pk, after.file.name) == (before.pk, before.file.name)
    assert (after.sha256, after.size) == (hashlib.sha256(content).hexdigest(), len(content))


def test_the_minutes_are_a_tagged_pdf_with_a_title(closed, drain):
    drain()
    with closed.minutes.file.open("rb") as stream:
        reader = PdfReader(io.BytesIO(stream.read()))
    assert reader.metadata.title == f"Procès-verbal de la séance n° {closed.number}"
    assert reader.trailer["/Root"]["/Lang"] == "fr-FR"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_minutes_are_read_by_the_members_and_by_nobody_else(closed, nine, alice, simone, client_of, drain):
    path = f"/seances/{closed.number}/proces-verbal/"
    assert client_of(simone).get(path).status_code == 404
    drain()
    for user in (simone, nine[0].user, nine[4].user):
        response = client_of(user).get(path)
        assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
        assert response.getvalue().startswith(b"%PDF-")
    assert client_of(alice).get(path).status_code == 404
    page = client_of(nine[0].user).get(f"/seances/{closed.number}/").content.decode()
    assert closed.minutes.sha256[:16] in page


def test_a_seance_without_quorum_has_its_minutes_too(convened, nine, simone, drain):
    sittings.roll(convened, nine, "P P P M1 E E A A A", secretary=simone)
    services.close_without_quorum(convened, actor=simone)
    drain()
    text = read(Minutes.objects.get())
    assert "la commission n'a pas délibéré sur les points ajournés pour ce motif" in text
    assert "Quorum non atteint : 4 membres présents ou représentés sur 9 ; il en faut 5." in text
    assert "L'examen est ajourné." in text


# --- Withdrawal -----------------------------------------------------------------------------


def test_a_candidature_withdrawn_leaves_the_agenda_by_itself(item, evaluated, alice, drain):
    evaluated.refresh_from_db()
    filing.withdraw(evaluated, actor=alice, motive="Nous arrêtons.")
    drain()
    item.refresh_from_db()
    assert (item.state, item.motive) == (ItemState.ADJOURNED, agenda.WITHDRAWN)


def withdraw(candidature, alice) -> Event:
    candidature.refresh_from_db()
    filing.withdraw(candidature, actor=alice, motive="Nous arrêtons.")
    return Event.objects.about(candidature.reference).get(kind="candidature.withdraw")


def test_whoever_received_the_agenda_is_told_once_that_an_item_left_it(convened, evaluated, nine, alice, simone, drain):
    event = withdraw(evaluated, alice)
    drain()
    reactions.take_off_agenda(event.seq)
    letters = Letter.objects.filter(kind="item_withdrawn")
    told = [simone.pk, *(member.user_id for member in nine)]
    assert sorted(letter.recipient_id for letter in letters) == sorted(told)
    letter = letters[0]
    assert letter.title == (f"Séance n° {convened.number} : candidature {evaluated.reference} retirée par l'éditeur")
    assert f"Le point 1 de l'ordre du jour de la séance n° {convened.number}" in letter.body
    assert letter.url == f"/seances/{convened.number}/"


def test_members_are_told_even_if_the_reaction_stopped_half_way(convened, evaluated, alice):
    event = withdraw(evaluated, alice)
    agenda.drop(convened.items.get())
    reactions.take_off_agenda(event.seq)
    assert Letter.objects.filter(kind="item_withdrawn").count() == 10


def test_nobody_is_told_of_an_agenda_that_was_never_sent(nine, evaluated, alice, sophie, simone, drain):
    agenda.put_on_agenda(sittings.planned(simone), evaluated, actor=sophie)
    withdraw(evaluated, alice)
    drain()
    assert not Letter.objects.filter(kind="item_withdrawn").exists()
