"""The éditrice's part: her account, the orientation, the answers and their proofs, the dépôt, the complement."""

from tests.cast import PASSWORD
from tests.trip.person import Person
from tests.trip.proofs import ADDED, GIVEN


def sign_in(her: Person, email: str) -> None:
    her.opens("home")
    her.follows("Se connecter", within="header")
    her.writes("Courriel", email)
    her.writes("Mot de passe", PASSWORD)
    her.presses("Se connecter")
    her.is_on("Mes candidatures")


def open_a_candidature(her: Person) -> str:
    """Return its reference."""
    her.follows("Nouvelle candidature")
    her.presses("Ouvrir le brouillon")
    her.reads("Indiquez le nom commercial du service.")
    her.writes("Nom commercial", "Glyco")
    her.writes("À quoi sert le service", "Un carnet de glycémie, à montrer à son médecin.")
    her.ticks("Application iOS")
    her.presses("Ouvrir le brouillon")
    her.is_on("Questionnaire d'orientation")
    return her.page.url.split("/candidatures/")[1].split("/")[0]


def answer_the_orientation(her: Person) -> None:
    her.ticks("Application iOS")
    her.chooses("Oui", of="Le service traite-t-il des données de santé ?")
    her.presses("Enregistrer et continuer")
    her.chooses("Oui", of="Un tiers héberge-t-il les données ?")
    her.presses("Enregistrer et continuer")
    her.chooses("Non", of="Le service est-il un dispositif médical ?")
    her.chooses("Non", of="Le service permet-il des téléconsultations ?")
    her.presses("Enregistrer et continuer")
    for api in ("Mesures", "Documents", "Agenda"):
        her.chooses("Non", of=f"Le service utilisera-t-il l'API {api} ?")
    her.presses("Enregistrer et voir le résultat")
    her.is_on("Résultat de l'orientation")
    her.reads("7 critères s'appliquent")


def answer_the_criteria(her: Person, reference: str) -> None:
    """Follow each questionnaire from its first criterion to its last, proofs first."""
    her.follows("Répondre aux questionnaires")
    for section, codes in {
        "Dossier administratif": ("ADM-02", "ADM-04"),
        "Gouvernance": ("SEC-GOV-01", "SEC-GOV-02", "SEC-GOV-07", "URB-HEB-01", "RGPD-FIN-04"),
    }.items():
        her.follows(section)
        her.follows(codes[0])
        for code in codes:
            _answer(her, code)
        her.opens("referencing:answers", reference)


def _answer(her: Person, code: str) -> None:
    if code in GIVEN:
        name, content = GIVEN[code]
        her.gives(name, content, as_="Nouveau fichier")
        her.writes("Où regarder", "p. 1")
        her.presses("Joindre la preuve")
        her.reads(f"jointe à {code}.")
    her.chooses("Conforme", of="Réponse")
    her.writes("Explication", f"En place : voir {code}.")
    her.presses("Enregistrer et passer au suivant")
    her.reads(f"Réponse à {code} enregistrée.")


def file_it(her: Person) -> None:
    her.follows("Vérifier avant de déposer")
    her.reads("Tout est prêt")
    her.presses("Déposer la candidature")
    her.reads("Cochez l'attestation sur l'honneur pour déposer.")
    her.ticks("J'atteste sur l'honneur")
    her.presses("Déposer la candidature")
    her.is_on("Candidature déposée")


def fetch_the_receipt(her: Person) -> bytes:
    her.page.reload()
    return her.downloads("Accusé de réception")


def answer_the_complement(her: Person, expected: str) -> None:
    code, name, content = ADDED
    her.opens("home")
    her.reads("répondez à la demande de compléments")
    her.follows("Glyco")
    her.follows("Compléments demandés : à faire")
    her.reads("0 sur 1")
    her.reads(expected)
    her.follows(code)
    her.reads(expected)
    her.gives(name, content, as_="Nouveau fichier")
    her.presses("Joindre la preuve")
    her.writes("Explication", "La lettre est maintenant signée.")
    her.presses("Enregistrer la réponse")
    her.opens("home")
    her.follows("Glyco")
    her.follows("Renvoyer les compléments")
    her.reads("1 sur 1")
    her.ticks("J'atteste sur l'honneur")
    her.presses("Renvoyer les compléments")


def write_the_fiche(her: Person) -> None:
    her.opens("home")
    her.follows("Glyco")
    her.follows("Fiche du catalogue")
    her.writes("En une phrase", "Suivez votre glycémie au quotidien.")
    her.writes("Présentation", "Un carnet pour les personnes diabétiques.\n\nIl se remplit en deux gestes.")
    her.ticks("Prévention ou information de santé")
    her.chooses("Gratuit", of="Prix pour l'usager")
    her.writes("Site web", "https://glyco.example.fr/")
    her.writes("Conditions générales", "https://glyco.example.fr/cgu")
    her.presses("Enregistrer et voir l'aperçu")
    her.reads("Aperçu de la fiche")


def deposit_the_unit_tests(her: Person, content: bytes) -> None:
    her.follows("Tests techniques")
    her.presses("Déposer : tests unitaires")
    her.reads("Joignez le fichier du rapport.")
    her.ticks("Mesures")
    her.writes("Bilan", "42 tests, 42 réussis.")
    her.gives("tests-unitaires.pdf", content, as_="Rapport de tests unitaires")
    her.presses("Déposer : tests unitaires")
    her.reads("rapport déposé.")


def add_a_proof(her: Person, section: str, code: str, content: bytes) -> None:
    her.follows(section)
    her.follows(code)
    her.gives("piece-manquante.pdf", content, as_="Nouveau fichier")
    her.presses("Joindre la preuve")
    her.reads(f"jointe à {code}.")
