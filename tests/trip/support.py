"""Support's part: recevabilité, experts, ordre du jour, convention, publication."""

from tests.trip.person import Person


def find_it_on_the_desk(them: Person) -> None:
    them.opens("home")
    them.is_on("Instruction des candidatures")
    them.follows("Glyco")
    them.follows("Examiner la recevabilité")


def admit(them: Person) -> None:
    them.follows("Continuer : Déclarer recevable")
    them.presses("Déclarer recevable")
    them.reads("En évaluation")


def declare_incomplete(them: Person, missing: str) -> None:
    them.follows("Continuer : Demander les pièces manquantes")
    them.presses("Demander les pièces manquantes")
    them.writes("Pièces manquantes", missing)
    them.presses("Demander les pièces manquantes")


def assign(them: Person, lead: str, other: str, domain: str) -> None:
    """One who leads and may judge everything; another entrusted with one domain. Both are asked."""
    them.follows("Affecter les experts")
    them.selects(f"{lead} (0 à juger ailleurs)", of="Coordonne l'évaluation")
    them.selects(f"{other} (0 à juger ailleurs)", of="Expert", group=domain)
    them.presses("Enregistrer la répartition")
    them.reads("Répartition enregistrée.")
    them.reads("Réponse attendue")


def put_on_the_agenda(them: Person, service: str, rapporteur: str) -> None:
    them.opens("instruction:desk")
    them.follows(service)
    them.follows("Inscrire à l'ordre du jour")
    them.writes("Rapporteur", rapporteur)
    them.presses("Inscrire à l'ordre du jour")
    them.reads("est à l'ordre du jour de la séance")


def record_the_convention(them: Person, reference: str) -> None:
    them.opens("referencing:show", reference)
    them.follows("Convention et signatures")
    them.presses("Enregistrer les termes")
    for party, name in (
        ("Éditeur", "Alice Martin"),
        ("Ministre chargé de la santé", "Mona Faure"),
        ("Caisse nationale de l'assurance maladie", "Paul Tissot"),
    ):
        them.chooses(party, of="Partie")
        them.writes("Signataire", name)
        them.writes("Qualité", "représentant la partie")
        them.presses("Enregistrer la signature")
    them.reads("Les trois parties ont signé.")


def publish(them: Person, reference: str) -> None:
    them.opens("referencing:show", reference)
    them.follows("Publier au catalogue")
    them.presses("Publier au catalogue")
    them.reads("Relisez la fiche, puis cochez la case pour publier.")
    them.ticks("J'ai relu la fiche")
    them.presses("Publier au catalogue")
    them.is_on("Service publié")


def fetch_the_dossier(them: Person, reference: str) -> bytes:
    them.opens("dossiers:papers", reference)
    return them.downloads("Télécharger Dossier")
