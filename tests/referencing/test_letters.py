"""Each letter: to whom, and what it says. Nobody else is written to, and twice is once."""

from collections.abc import Callable

import pytest
from django.conf import settings

from accounts.roles import Role
from accounts.services import leave
from journal.models import Event
from kit.templatetags.french import long_date
from referencing import access, filing, letters
from referencing.door import move
from referencing.models import Candidature
from tests import play
from tests.referencing.post import ITEMS, RESERVES, SOON, TEAM, House, body, react, to

CASES: dict[str, tuple[Callable[[House], Candidature], dict[str, set[str]]]] = {
    "candidature.submit": (House.submitted, {"filing": TEAM, "filing_to_examine": {"sophie"}}),
    "candidature.declare_incomplete": (House.incomplete, {"incomplete": TEAM}),
    "candidature.declare_inadmissible": (
        lambda h: filing.declare_inadmissible(h.submitted(), grounds="Hors du champ.", actor=h.people["sophie"]),
        {"inadmissible": TEAM},
    ),
    "candidature.admit": (House.assigned, {"admitted": TEAM}),
    "candidature.request_complements": (House.asked, {"complements": TEAM}),
    "candidature.extension_asked": (
        lambda h: h.more_time_asked().candidature,
        {"extension_asked": {"sophie", "emile"}},
    ),
    "candidature.extend_deadline": (House.more_time_granted, {"extended": TEAM}),
    "candidature.extension_refused": (House.more_time_refused, {"extension_refused": TEAM}),
    "candidature.return_complements": (
        House.returned,
        {"complements_received": TEAM, "complements_returned": {"emile", "eva", "sophie"}},
    ),
    "candidature.conclude_evaluation": (House.evaluated, {"evaluated": TEAM, "evaluated_to_schedule": {"sophie"}}),
    "candidature.schedule": (House.in_commission, {"scheduled": TEAM}),
    "candidature.adjourn": (
        lambda h: move(
            h.in_commission(), "adjourn", actor=h.people["simone"], payload={"motive": "Quorum non atteint."}
        ),
        {"adjourned": TEAM, "adjourned_to_schedule": {"sophie"}},
    ),
    "candidature.give_opinion": (House.opined, {"opinion": TEAM, "opinion_to_decide": {"marc", "mona"}}),
    "candidature.accept": (
        lambda h: play.decided(h.opined(), "accept", h.ministry),
        {"accepted": TEAM, "accepted_to_sign": {"sophie"}},
    ),
    "candidature.reject": (lambda h: play.decided(h.opined(), "reject", h.ministry), {"rejected": TEAM}),
    "candidature.publish": (House.published, {"published": TEAM}),
    "candidature.withdraw": (
        lambda h: h.withdrawn(h.assigned()),
        {"withdrawn": TEAM, "withdrawn_told": {"sophie", "emile", "eva"}},
    ),
}


@pytest.mark.parametrize("kind", CASES)
def test_the_right_people_are_written_to_once(house, kind):
    play_to_the_event, expected = CASES[kind]
    candidature = play_to_the_event(house)
    written = react(kind)
    assert to(written) == expected
    assert react(kind) == written
    for letter in written.values():
        assert candidature.reference in letter.title
        assert f"Bonjour {letter.recipient.full_name}," in letter.body
        assert settings.OPERATOR["email"] in letter.body
        assert letter.url.startswith(f"/candidatures/{candidature.reference}/")
        assert "{" not in letter.title + letter.body


def test_every_letter_of_the_hall_is_proven_here():
    asked = {path for paths in settings.REACTIONS.values() for path in paths if path.startswith("referencing.letters.")}
    proven = {path for kind in CASES for path in settings.REACTIONS[kind]} | {
        "referencing.letters.remind",
        "referencing.letters.tell_expired",
    }
    assert asked <= proven


# --- What they say --------------------------------------------------------------------------


def test_the_receipt_carries_the_mentions_of_the_law(house, settings):
    settings.OPERATOR = {**settings.OPERATOR, "address": "1 rue de l'Exemple, 75000 Paris"}
    house.submitted()
    text = body("candidature.submit", "filing")
    event = Event.objects.get(kind="candidature.submit")
    month = 1 + (event.at.month + 1) % 12
    silent_on = event.at.date().replace(year=event.at.year + (event.at.month + 2 > 12), month=month)
    for mention in (
        f"a été reçue par voie électronique le {long_date(event.at)}".replace("\u00a0", " "),
        "art. L. 112-11 et R. 112-11-1",
        f"Service chargé de votre dossier : {settings.OPERATOR['service']}",
        "Adresse postale : 1 rue de l'Exemple, 75000 Paris",
        f"Adresse électronique : {settings.OPERATOR['email']}",
        f"Téléphone : {settings.OPERATOR['phone']}",
        f"décision implicite de rejet. Sans décision expresse le {long_date(silent_on)}".replace("\u00a0", " "),
        "vous disposez d'un délai de 2 mois à compter de la décision, expresse ou implicite",
        "un recours contentieux devant le tribunal administratif compétent",
    ):
        assert mention in text, mention


def test_the_receipt_follows_the_setting_on_silence(house, settings):
    settings.PROCEDURE = {**settings.PROCEDURE, "silence_means": "acceptation"}
    house.submitted()
    text = body("candidature.submit", "filing")
    assert "décision implicite d'acceptation" in text
    assert "l'attestation prévue à l'article L. 232-3" in text
    assert "rejet" not in text.split("Pour contester")[0]


def test_missing_pieces_are_listed_with_their_text_and_their_date(house):
    house.incomplete()
    text = body("candidature.declare_incomplete", "incomplete")
    assert "- Extrait Kbis (critère ADM-01)\n- Mandat signé\n" in text
    assert f"avant le {long_date(SOON)}".replace("\u00a0", " ") in text
    assert "art. L. 114-5" in text


def test_complements_are_asked_criterion_by_criterion(house):
    payload = {"items": ITEMS, "deadline": SOON.isoformat(), "message": "Bonjour, il nous manque une pièce."}
    move(house.assigned(), "request_complements", actor=house.people["emile"], payload=payload)
    text = body("candidature.request_complements", "complements")
    assert (
        "compléments sur 1 critère :\n\n- SEC-GOV-01 : La politique signée.\n\nBonjour, il nous manque une pièce.\n"
        in text
    )
    assert f"avant le {long_date(SOON)}".replace("\u00a0", " ") in text


def test_an_inadmissibility_says_why_and_how_to_contest(house):
    filing.declare_inadmissible(house.submitted(), grounds="Hors du champ.", actor=house.people["sophie"])
    text = body("candidature.declare_inadmissible", "inadmissible")
    assert "pour les motifs suivants :\n\nHors du champ.\n" in text
    assert "un recours gracieux" in text


def test_the_avis_and_its_reserves_are_told(house):
    house.opined(opinion="favourable_suspensive", reserves=RESERVES)
    text = body("candidature.give_opinion", "opinion")
    assert "Son avis : favorable avec réserves suspensives." in text
    assert "- Publier le schéma. (non suspensive, à lever avant le dimanche 31 janvier 2027)" in text
    assert "- Renouveler le certificat. (suspensive : la décision attend sa levée)" in text
    assert "Cet avis n'est pas une décision." in text
    assert "avec 2 réserves" in body("candidature.give_opinion", "opinion_to_decide", "marc")


def test_an_unfavourable_avis_says_what_it_forbids(house):
    house.opined(opinion="unfavourable")
    text = body("candidature.give_opinion", "opinion")
    assert "ne peut pas accepter un service dont l'avis est défavorable" in text
    assert "Réserves" not in text


def test_a_refusal_carries_its_grounds_and_remedies(house):
    play.decided(house.opined(), "reject", house.ministry)
    text = body("candidature.reject", "rejected")
    assert "Motifs de droit :\n\nArticles R. 1111-37 et R. 1111-38" in text
    assert "Motifs de fait :\n\nLe rapport et l'avis" in text
    assert "2 mois à compter de la notification de la décision" in text


def test_a_draft_withdrawn_is_told_to_its_team_alone(house):
    house.withdrawn(play.draft(house.people["alice"], house.version))
    assert to(react("candidature.withdraw")) == {"withdrawn": TEAM}


def test_whoever_left_the_team_is_written_to_no_more(house):
    house.submitted()
    leave(house.people["bob"].memberships.get())
    assert to(react("candidature.submit"))["filing"] == {"alice"}


def test_a_file_taken_back_from_an_expert_is_told_to_them_no_more(house):
    candidature = house.assigned()
    access.revoke(house.people["eva"], candidature, Role.EXPERT)
    house.withdrawn(candidature)
    assert to(react("candidature.withdraw"))["withdrawn_told"] == {"sophie", "emile"}


def test_a_letter_needs_an_event_about_a_candidature(house):
    with pytest.raises(Event.DoesNotExist):
        letters.tell_admitted(999)
