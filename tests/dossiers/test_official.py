"""The papers one signs or is notified, and the mentions that the law asks of each."""

from django.utils import timezone

from accounts.models import User
from dossiers import reactions
from kit.templatetags.french import long_date, long_moment
from questionnaires.models import Version
from referencing.calendar import add_months
from referencing.door import move
from referencing.kinds import DocumentKind
from referencing.models import Candidature, Document
from tests import play
from tests.dossiers.reading import bytes_of, letters, plain, words_of
from tests.dossiers.steps import event_of, paper_of
from tests.evaluation import steps

RESERVES = (
    {"id": "r1", "text": "Mettre à jour la politique de sécurité.", "suspensive": False, "deadline": "2026-09-30"},
    {"id": "r2", "text": "Corriger les contrastes.", "suspensive": False, "deadline": None},
)
TALLY = {"votes_for": 5, "votes_against": 2, "abstentions": 1, "silent": 0, "by": "majority", "sentence": "Adoptée."}

RECEIPT = """
Guichet de référencement (démonstration) Cellule référencement — GIE SESAM-Vitale 1 rue de l'Exemple, 75000 Paris
contact@example.fr 01 00 00 00 00
Glyco SAS À l'attention de Alice Martin 12 rue des Lilas, 69003 Lyon SIREN 732 829 320 Le {day}
Accusé de réception électronique Demande de référencement au catalogue de services de Mon espace santé
Votre demande, adressée par voie électronique, a été reçue le {moment}. Le présent document en accuse réception, en
application des articles L. 112-11 et R. 112-11-1 du code des relations entre le public et l'administration.
Votre demande Référence {reference} Service Glyco Éditeur Glyco SAS, SIREN 732 829 320 Parcours Référencement simple
Déposée par Alice Martin, directrice des produits Référentiel Petit référentiel complet
Contenu {criteria} critères applicables, 1 fichier joint
Service chargé de votre dossier
Désignation Cellule référencement — GIE SESAM-Vitale (Guichet de référencement (démonstration))
Adresse postale 1 rue de l'Exemple, 75000 Paris Adresse électronique contact@example.fr Téléphone 01 00 00 00 00
Si vous ne recevez pas de réponse
Votre demande est susceptible de donner lieu à une décision implicite de rejet. À défaut de décision expresse le
{silence}, et sous réserve qu'elle soit complète, elle sera réputée rejetée.
Si des pièces manquent, elles vous seront demandées avec un délai pour les fournir ; le délai ci-dessus en tient alors
compte (article L. 114-5 du même code).
"""
REMEDIES = """
Dans un délai de 2 mois à compter de {start}, vous pouvez former :
un recours gracieux, adressé à l'auteur de la décision, au service désigné sur ce document ;
un recours hiérarchique, adressé au ministre chargé de la santé ;
un recours contentieux devant le tribunal administratif compétent, par courrier ou par l'application Télérecours citoyens
(www.telerecours.fr).
"""


def printed(candidature: Candidature, reaction: str, event_kind: str, kind: DocumentKind) -> str:
    """Print a paper by its reaction and return its words."""
    getattr(reactions, reaction)(event_of(candidature, event_kind).seq)
    return words_of(bytes_of(paper_of(candidature, kind)))


def holds(words: str, text: str) -> bool:
    """Say whether a paper holds a text, whatever the breaks and the bullets."""
    return letters(plain(text)) in letters(words.replace("•", ""))


def test_the_receipt_carries_every_mention_of_the_law(full_version: Version, alice: User):
    candidature = play.submitted(alice, full_version)
    words = printed(candidature, "print_receipt", "candidature.submit", DocumentKind.RECEIPT)
    received = timezone.localtime(candidature.submitted_at)
    golden = RECEIPT.format(
        reference=candidature.reference,
        day=long_date(received),
        moment=long_moment(received),
        silence=long_date(add_months(received.date(), 2)),
        criteria=sum(len(part["criteria"]) for part in candidature.acts.get().payload["sheet"]["questionnaires"]),
    )
    assert letters(words).startswith(letters(plain(golden)))
    assert holds(words, REMEDIES.format(start="la décision, expresse ou implicite"))
    assert holds(words, f"/candidatures/{candidature.reference}/")
    document = paper_of(candidature, DocumentKind.RECEIPT)
    assert document.audience == Document.Audience.EDITOR
    assert document.title == f"Accusé de réception {candidature.reference}"


def test_silence_may_mean_acceptance(full_version: Version, alice: User, settings):
    settings.PROCEDURE = {**settings.PROCEDURE, "silence_means": "acceptation", "silence_months": 4}
    candidature = play.submitted(alice, full_version)
    words = printed(candidature, "print_receipt", "candidature.submit", DocumentKind.RECEIPT)
    day = long_date(add_months(timezone.localdate(candidature.submitted_at), 4))
    assert holds(words, "susceptible de donner lieu à une décision implicite d'acceptation")
    assert holds(words, f"À défaut de décision expresse le {day}")
    assert holds(words, "l'attestation prévue à l'article L. 232-3")


def test_complements_have_a_receipt_of_their_own(full_version: Version, alice: User, sophie: User, emile: User):
    candidature = play.assigned(alice, full_version, sophie, emile)
    steps.ask(candidature, "ADM-02", emile)
    candidature = steps.send(candidature, sophie)
    steps.rewrite(candidature, "ADM-02", alice, "Le formulaire est maintenant signé.")
    candidature = steps.give_back(candidature, alice)
    words = printed(candidature, "print_receipt", "candidature.return_complements", DocumentKind.RECEIPT)
    assert holds(words, "Compléments à une demande de référencement")
    assert holds(words, f"Ils complètent votre demande reçue le {long_date(candidature.submitted_at)}.")
    assert holds(words, "Cette date tient compte du temps pendant lequel votre réponse était attendue.")


def test_the_avis_tells_its_value_its_reserves_and_its_votes_without_a_name(
    full_version: Version, alice: User, sophie: User, emile: User, simone: User, members: list[User]
):
    candidature = play.in_commission(alice, full_version, sophie, emile)
    payload = {"opinion": "favourable_reserves", "reserves": list(RESERVES), "tally": TALLY, "seance": "2026-02"}
    move(candidature, "give_opinion", actor=simone, payload={**payload, "date": "2026-03-03"})
    words = printed(candidature, "print_opinion", "candidature.give_opinion", DocumentKind.OPINION)
    assert holds(words, "Séance n° 2026-02 du mardi 3 mars 2026")
    assert holds(words, "a délibéré et rend l'avis suivant : Favorable avec réserves non suspensives")
    assert holds(words, "Mettre à jour la politique de sécurité. Non suspensive mercredi 30 septembre 2026")
    assert holds(words, "Corriger les contrastes. Non suspensive —")
    assert holds(words, "Pour Contre Abstentions Sans vote 5 2 1 0")
    assert holds(words, "Pour la commission, Simone Girard secrétaire de séance")
    assert [str(member) for member in members if str(member) in words] == []


def test_the_decision_is_grounded_signed_and_open_to_remedies(
    full_version: Version,
    alice: User,
    sophie: User,
    emile: User,
    simone: User,
    marc: User,
    mona: User,
):
    candidature = play.accepted(alice, full_version, sophie, emile, simone, (marc, mona))
    words = printed(candidature, "print_decision", "candidature.accept", DocumentKind.DECISION)
    assert holds(words, "Décision de référencement Service « Glyco »")
    assert holds(words, "Vu l'avis « favorable » rendu par la commission de référencement")
    assert holds(words, "Motifs de droit Articles R. 1111-37 et R. 1111-38 du code de la santé publique.")
    assert holds(words, "Motifs de fait Le rapport et l'avis établissent la conformité du service.")
    assert holds(words, "Pour le ministre et par délégation, Mona Faure déléguée ministérielle")
    assert holds(words, REMEDIES.format(start="la notification de la présente décision"))
    assert "Marc" not in words


def test_a_refusal_says_no_and_why(
    full_version: Version, alice: User, sophie: User, emile: User, simone: User, marc: User, mona: User
):
    given = play.opinion_given(alice, full_version, sophie, emile, simone, opinion="unfavourable")
    candidature = play.decided(given, "reject", (marc, mona))
    words = printed(candidature, "print_decision", "candidature.reject", DocumentKind.DECISION)
    assert holds(words, "Décision de refus de référencement")
    assert holds(words, "présentée par Glyco SAS (SIREN 732 829 320), est rejetée.")
    assert holds(words, "Motifs de droit")
    assert holds(words, REMEDIES.format(start="la notification de la présente décision"))
    assert "Marc" not in words


def test_the_convention_says_who_for_how_long_and_how_it_ends(
    full_version: Version, alice: User, sophie: User, emile: User, simone: User, marc: User, mona: User
):
    candidature = play.accepted(alice, full_version, sophie, emile, simone, (marc, mona))
    play.agreed(candidature, sophie)
    words = printed(candidature, "print_convention", "act.convention", DocumentKind.CONVENTION)
    today = timezone.localdate()
    assert holds(
        words,
        f"La convention prend effet le {long_date(today)} et s'achève le {long_date(add_months(today, 12))}, "
        "soit une durée de 12 mois.",
    )
    assert holds(words, "Le service n'échange aucune donnée avec Mon espace santé.")
    assert holds(words, "Article 5 — Retrait")
    for party in ("Éditeur", "Ministre chargé de la santé", "Caisse nationale de l'assurance maladie"):
        assert holds(words, f"{party} Camille Roy représentante {long_date(today)}")
