"""Gestures of support at its desk: files taken in charge, a list under a name, a draft for an éditeur who asked for help."""

from django.http import QueryDict

from accounts.roles import Role
from demonstration.stories import Story
from demonstration.troupe import Troupe
from instruction import saved
from questionnaires.models import Version
from referencing import claims, entrusting


def follow(troupe: Troupe, story: Story) -> None:
    claims.take(troupe.of(story), actor=troupe.playing(Role.SUPPORT))


def follow_as_head(troupe: Troupe, story: Story) -> None:
    claims.take(troupe.of(story), actor=troupe.playing(Role.SUPPORT, 1))


def keep_views(troupe: Troupe) -> None:
    sophie, head = troupe.playing(Role.SUPPORT), troupe.playing(Role.SUPPORT, 1)
    saved.save(head, "En retard", QueryDict("late=on"), shared=True)
    saved.save(head, "Chez l'éditeur", QueryDict("waits=editeur&sort=deadline"), shared=True)
    saved.save(sophie, "Mes dossiers en cours", QueryDict("holder=moi&open=on"), shared=False)


def prepare_a_draft(troupe: Troupe, story: Story) -> None:
    """Begin a candidature for a company that asked for help, and send it the link."""
    support = troupe.playing(Role.SUPPORT)
    entrusted = entrusting.prepare(
        story.company.siren,
        story.company.name,
        troupe.editor(story).email,
        version=Version.objects.get(code=story.version),
        name=f"{story.name} Pro",
        purpose="La suite du service pour les équipes : le support commence ce dossier, l'éditeur le reprendra.",
        declinations=["web"],
        actor=support,
    )
    entrusting.offer(entrusted, actor=support)
