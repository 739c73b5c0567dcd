"""What any page may show of the thread: how many messages wait, and the last ones of a candidature."""

from typing import Any

from django import template

from accounts.models import User
from conversation.inbox import Panel, Waiting, panel_for, waiting_for
from conversation.reading import signature
from referencing.models import Candidature

register = template.Library()


@register.inclusion_tag("conversation/parts/waiting.html")
def messages_waiting(user: User) -> dict[str, Waiting]:
    """Show what waits for a person in their threads, nothing when nothing does."""
    return {"waiting": waiting_for(user)}


@register.simple_tag
def conversation_of(candidature: Candidature, user: User) -> Panel:
    return panel_for(candidature, user)


@register.inclusion_tag("conversation/parts/panel.html")
def conversation_panel(candidature: Candidature, panel: Panel) -> dict[str, Any]:
    """Show the last messages of a candidature to the two sides, and the notes to those who keep them."""
    side = panel.side
    latest = [(message, signature(message, side)) for message in panel.latest] if side else []
    return {"candidature": candidature, "panel": panel, "latest": latest}
