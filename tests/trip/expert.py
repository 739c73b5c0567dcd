"""The experts' part: verdicts beside the proofs, the complement, the report."""

from tests.trip.person import Person


def accept(them: Person) -> None:
    """Declare no interest with the éditeur: only then does the file open."""
    them.opens("home")
    them.follows("Répondre")
    them.ticks("Je déclare n'avoir")
    them.presses("Accepter et ouvrir le dossier")
    them.is_on("Grille d'évaluation")


def judge_everything(them: Person, *, complement_on: str, expected: str) -> None:
    """Judge from the first criterion to the last, each « Conforme » but one."""
    them.opens("home")
    them.is_on("Mes évaluations")
    them.follows("Glyco")
    them.follows("Juger le prochain critère")
    while "/evaluation/" in them.page.url and not them.page.url.endswith("/evaluation/"):
        if them.page.url.endswith(f"/{complement_on}/"):
            _ask(them, expected)
        else:
            them.chooses("Conforme", of="Verdict")
        them.presses("Enregistrer et passer au suivant à juger")
    them.reads("Tous les critères qui vous sont confiés sont jugés.")


def _ask(them: Person, expected: str) -> None:
    them.chooses("Complément demandé", of="Verdict")
    them.presses("Enregistrer et passer au suivant à juger")
    them.is_on("SEC-GOV-02")
    them.writes("Motif", "La lettre n'est pas signée.")
    them.writes("Complément attendu", expected)


def request_the_complement(them: Person, expected: str) -> None:
    them.follows("Compléments")
    them.reads("1 complément demandé")
    them.reads(expected)
    them.writes("Message à l'éditeur", "Une pièce suffit.")
    them.presses("Relire comme l'éditeur avant d'envoyer")
    them.reads("Une pièce suffit.")
    them.reads(expected)
    them.presses("Envoyer la demande de compléments")
    them.reads("Compléments demandés")


def judge_again(them: Person, code: str) -> None:
    them.opens("home")
    them.follows("Glyco")
    them.follows("Juger le prochain critère")
    them.is_on(code)
    them.reads("La lettre est maintenant signée.")
    them.chooses("Réserve mineure", of="Verdict")
    them.writes("Motif", "Signée, mais datée d'il y a deux ans.")
    them.presses("Enregistrer et passer au suivant à juger")
    them.reads("Tous les critères qui vous sont confiés sont jugés.")


def hand_in_the_report(them: Person) -> None:
    them.follows("Rapport")
    them.writes("Synthèse", "Le service répond aux exigences, sous une réserve mineure.")
    them.writes("Recommandation", "Avis favorable avec réserves.")
    them.presses("Enregistrer et vérifier avant de remettre")
    them.is_on("Vérifiez le rapport avant de le remettre")
    them.presses("Remettre le rapport d'évaluation")
    them.reads("Évaluée")
    them.leaves()
