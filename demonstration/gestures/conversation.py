"""What éditeurs and the support write to one another, what the house notes for itself, and the texts it starts from."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.core.files.base import ContentFile

from accounts.models import User
from accounts.roles import Role
from conversation import notes, templating, thread
from conversation.models import MessageTemplate, Side
from demonstration.stories import Story
from demonstration.troupe import Troupe
from referencing.models import Candidature

TEXTS = Path(__file__).parent.parent / "texts" / "conversation.yaml"


@cache
def texts() -> dict[str, Any]:
    return dict(yaml.safe_load(TEXTS.read_text(encoding="utf-8")))


def write_templates(troupe: Troupe) -> None:
    """Keep the ready-made texts of the support."""
    for template in texts()["templates"]:
        templating.save(None, **template, is_offered=True, edition=0, actor=troupe.playing(Role.SUPPORT))


def write_next(troupe: Troupe, story: Story) -> None:
    """Write the next message of the thread; answering says that one has read what came before."""
    candidature = troupe.of(story)
    ours = candidature.messages.order_by("-pk")
    written = texts()["messages"][story.key][ours.count()]
    author = _author(troupe, story, written["by"])
    last = ours.first()
    name, content = written.get("file", ("", ""))
    thread.say(
        candidature,
        _text(written, candidature),
        author=author,
        side=Side.EDITOR if written["by"] == "editor" else Side.SUPPORT,
        files=[ContentFile(content.encode(), name=name)] if name else (),
        seen=last.pk if last else 0,
    )


def note_down(troupe: Troupe, story: Story) -> None:
    """Keep the internal notes of a file."""
    for written in texts()["notes"][story.key]:
        notes.note_down(troupe.of(story), written["text"], author=_author(troupe, story, written["by"]))


def _author(troupe: Troupe, story: Story, by: str) -> User:
    return troupe.editor(story) if by == "editor" else troupe.people[by]


def _text(written: dict[str, Any], candidature: Candidature) -> str:
    if "text" in written:
        return str(written["text"])
    return templating.filled_for(MessageTemplate.objects.get(title=written["from"]), candidature).text
