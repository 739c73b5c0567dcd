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
    her.reads("sauf urgence")
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
    them.leaves()


def call_the_roll(her: Person, roll: dict[str, str], *, presiding: str) -> None:
    """`roll` gives by name how each takes part; a mandate is written « → name of its holder »."""
    _to_the_seance(her)
    her.follows("Faire l'appel")
    for name, mode in roll.items():
        holder = mode.removeprefix("→ ")
        her.selects("A donné mandat" if holder != mode else mode, of=f"Participation — {name}")
        if holder != mode:
            her.selects(holder, of=f"Mandat donné à — {name}")
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


def vote(them: Person, choice: str, *, mandate: tuple[str, str] | None = None) -> None:
    """Vote, then for the member who gave them a mandate: (name, choice)."""
    them.opens("home")
    them.follows("Rejoindre la séance")
    them.follows("Aller voter")
    them.chooses(choice, of="Votre vote")
    them.presses("Vérifier mon vote")
    _confirm(them, choice)
    if mandate:
        absent, theirs = mandate
        them.chooses(theirs, of=f"Le vote de {absent}")
        them.presses(f"Vérifier le vote de {absent}")
        them.reads(f"Vous votez pour {absent}.")
        _confirm(them, theirs)
    them.leaves()


def _confirm(them: Person, choice: str) -> None:
    them.is_on("Confirmez-vous ce vote ?")
    them.presses(f"Voter {choice.lower()}")
    them.reads(f"Vote enregistré : {choice.lower()}.")


def give_the_avis(her: Person, *, silent: int) -> None:
    her.follows("Clore le vote")
    her.reads(f"{silent} voix sont encore attendues")
    her.presses("Clore le vote")
    her.reads("Proposition adoptée")
    her.follows("Rendre l'avis")
    her.presses("Rendre l'avis")
    her.reads("Avis rendu")
    her.follows("Revenir à la séance")
    her.follows("Clore la séance")
    her.presses("Clore la séance")
    her.reads("La séance est close")
    her.leaves()


def _to_the_seance(them: Person) -> None:
    them.opens("home")
    them.follows("à", within="main h3")
