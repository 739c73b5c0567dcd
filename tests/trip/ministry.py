"""The ministry's part: one person writes the decision, another signs it."""

from tests.trip.person import Person


def prepare(them: Person) -> None:
    them.opens("home")
    them.is_on("Décisions")
    them.follows("Glyco")
    them.chooses("Référencer le service", of="Sens de la décision")
    them.writes("Motifs de droit", "Articles R. 1111-37 et R. 1111-38 du code de la santé publique.")
    them.writes("Motifs de fait", "Le rapport et l'avis établissent la conformité du service.")
    them.presses("Enregistrer le projet de décision")
    them.reads("Vous avez préparé ce projet : une autre personne doit le signer.")
    them.leaves()


def sign(them: Person) -> None:
    them.opens("home")
    them.follows("Glyco")
    them.presses("Signer la décision de référencement")
    them.reads("Décision signée ; elle est notifiée à l'éditeur.")
    them.leaves()
