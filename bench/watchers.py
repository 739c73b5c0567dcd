"""The people whose pages are measured: their own candidatures are played through the services, as people use them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from accounts.services import give_role
from bench import fulltrack
from questionnaires import sheets
from questionnaires.loader import load
from questionnaires.models import Version
from referencing import filing
from referencing.models import Candidature
from tests import cast, play

SIMPLIFIED = settings.BASE_DIR / "questionnaires" / "referentials" / "simplifie-2025"


@dataclass(frozen=True)
class Watchers:
    """Who looks, and what they look at. `filed` is the snapshot of a whole sheet."""

    version: Version
    editor: User
    support: User
    expert: User
    draft: Candidature
    admitted: Candidature
    filed: dict[str, Any]

    def pages(self) -> Iterator[tuple[str, Client, str]]:
        """Yield (what is measured, a client signed in, the address)."""
        support, editor, expert = _client(self.support), _client(self.editor), _client(self.expert)
        page, draft = (f"/candidatures/{one.reference}/" for one in (self.admitted, self.draft))
        yield "Support's work list", support, "/instruction/"
        yield "Support's work list, one stage", support, "/instruction/?stage=submitted"
        yield "Support's work list, search of a name (no target)", support, "/instruction/?q=glyco"
        yield "A candidature under evaluation, seen by support", support, page
        yield "A candidature under evaluation, seen by the éditeur", editor, page
        yield "A draft ready to file, seen by the éditeur", editor, draft
        yield "Home of an éditeur (4 candidatures)", editor, "/mes-candidatures/"
        yield "Home of an expert (12 files to judge)", expert, "/evaluations/"


def gather() -> Watchers:
    """Make the people, and the four candidatures of the éditeur on the simplified référentiel."""
    version = load(SIMPLIFIED)
    editor, support = cast.alice(cast.glyco()), cast.staff(Role.SUPPORT, "sophie", "Sophie Bernard")
    drafts = [_answered(editor, version, f"Glyco {number}") for number in range(4)]
    filed = [filing.submit(one, actor=editor) for one in drafts[1:]]
    admitted = filing.admit(filed[0], actor=support)
    return Watchers(
        version=version,
        editor=editor,
        support=support,
        expert=cast.staff(Role.EXPERT, "emile", "Émile Roux"),
        draft=drafts[0],
        admitted=admitted,
        filed=sheets.snapshot(admitted.sheet),
    )


def complete_draft() -> tuple[Candidature, User]:
    """Return a draft of the simplified référentiel that may be filed at once, and who may."""
    editor = cast.alice(cast.glyco())
    return _answered(editor, load(SIMPLIFIED), "Glyco"), editor


def other_experts(number: int) -> list[User]:
    people = [User(email=f"e{rank}@foule.example", full_name=f"Expert {rank}", password="!") for rank in range(number)]
    for person in User.objects.bulk_create(people):
        give_role(person, Role.EXPERT)
    return people


def _answered(editor: User, version: Version, name: str) -> Candidature:
    candidature = play.draft(editor, version, facts=fulltrack.facts_for(version), name=name)
    fulltrack.answer(candidature, editor, proofs=5)
    play.unit_tested(candidature, editor)
    return candidature


def _client(user: User) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    return client
