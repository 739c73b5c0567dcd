"""The commission's part: the secretary plans, convenes, calls the roll; members declare, then vote; the avis is given."""

from django.utils import timezone

from tests.trip.person import Person

URGENCY = "Déploiement national le mois prochain."


def plan_today(her: Person) -> None:
    her.opens("home")
    her.is_on("Commission de référencement")
    her.follows("Prévoir une séance")
    her.writes("Date et heure", f"{timezone.localtime():%Y-%m-%dT%H:%M}")
    her.writes("Lieu", "Salle Laennec, Paris")
    her.presses("Prévoir la séance")
    her.reads("L'ordre du jour est vide")


def convene(her: Person) -> None:
    """A séance of today: refused without the motive of its urgency."""
    _to_the_seance(her)
    her.follows("Convoquer les membres")
    her.presses("Envoyer les convocations")
    her.reads("cinq jours")
    her.writes("Motif de l'urgence", URGENCY)
    her.presses("Envoyer les convocations")
    her.reads("Membres convoqués")


def answer_the_convocation(them: Person, how: str) -> None:
    them.opens("home")
    them.follows("Répondre à la convocation")
    them.chooses(how, of="Votre participation")
    them.presses("Envoyer ma réponse")
    them.reads("Votre réponse est enregistrée")


def withdraw_from_the_item(them: Person, motive: str) -> None:
    _to_the_seance(them)
    them.follows("Me déporter")
    them.writes("Intérêt en cause", motive)
    them.presses("Me déporter")
    them.reads("Votre déport est enregistré")


def call_the_roll(her: Person, roll: dict[str, str], presiding: str) -> None:
    _to_the_seance(her)
    her.follows("Faire l'appel")
    for name, mode in roll.items():
        her.selects(mode, of=f"Participation — {name}")
    her.presses("Noter l'appel")
    her.reads("Appel noté.")
    her.follows("Ouvrir la séance")
    her.chooses(presiding, of="Présidence")
    her.presses("Ouvrir la séance")
    her.reads("La séance est ouverte.")


def put_to_the_vote(her: Person, reserve: str) -> None:
    her.presses("Passer au point 1")
    her.follows("Proposer un avis")
    her.chooses("Favorable avec réserves non suspensives", of="Avis proposé")
    her.page.get_by_role("group", name="Réserve 1").get_by_role("textbox", name="Réserve").fill(reserve)
    her.presses("Ouvrir le vote")
    her.reads("Vote ouvert : avis favorable avec réserves")


def vote(them: Person, choice: str) -> None:
    them.opens("home")
    them.follows("Rejoindre la séance")
    them.follows("Aller voter")
    them.chooses(choice, of="Votre vote")
    them.presses("Vérifier mon vote")
    them.presses(f"Voter {choice.lower()}")
    them.reads(f"Votre vote est enregistré : {choice.lower()}.")


def give_the_avis(her: Person) -> None:
    her.presses("Clore le vote")
    her.reads("Proposition adoptée")
    her.follows("Rendre l'avis")
    her.presses("Rendre l'avis")
    her.reads("Avis rendu")
    her.follows("Revenir à la séance")
    her.follows("Clore la séance")
    her.presses("Clore la séance")
    her.reads("La séance est close")


def _to_the_seance(them: Person) -> None:
    them.opens("home")
    them.page.locator("main").get_by_role("heading", level=3).get_by_role("link").first.click()
    them.looks()
