"""Gestures around a request for complements: what is asked with a model joined, more time, and its answer."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import Role
from demonstration.stories import Story
from demonstration.troupe import Troupe
from evaluation import complements, drafting
from evaluation.grid import grid
from referencing import extensions
from referencing.models import Candidature
from referencing.working_days import next_working_day

MODEL = (
    "Modèle de synthèse signée\n\nObjet de la pièce :\nPérimètre (sites, applications, versions) :\n"
    "Dates de réalisation :\nNom, qualité et signature de la personne responsable :\n"
)
WHY = "La personne qui doit signer la pièce est absente jusqu'à la fin du mois."
MORE_DAYS = 14


def ask(troupe: Troupe, story: Story) -> None:
    """The lead prepares the request, joins a model, reads it and sends it."""
    candidature, lead = troupe.of(story), troupe.playing(Role.EXPERT)
    draft = drafting.save(
        candidature,
        deadline=complements.default_deadline(),
        message="Votre dossier est clair ; il manque de quoi conclure sur les points ci-dessous.\n"
        "Le modèle joint montre ce qui convainc.",
        edition=0,
        joined=[SimpleUploadedFile("modele-de-synthese.txt", MODEL.encode())],
        actor=lead,
    )
    complements.send_complement_request(candidature, drafting.request_of(grid(candidature), draft), actor=lead)


def ask_for_time(troupe: Troupe, story: Story) -> None:
    extensions.ask(troupe.of(story), until=_later(troupe.of(story)), motive=WHY, actor=troupe.editor(story))


def give_time(troupe: Troupe, story: Story) -> None:
    candidature = troupe.of(story)
    asked = extensions.pending(candidature)
    if asked is not None:
        support = troupe.playing(Role.SUPPORT)
        extensions.grant(candidature, until=asked.until, answer="Délai accordé.", actor=support, asked=asked)


def _later(candidature: Candidature) -> date:
    """Two weeks after the deadline given."""
    given = candidature.deadline or complements.default_deadline()
    return next_working_day(given + timedelta(days=MORE_DAYS))
