"""What any page may show of the teams of the person who reads it."""

from typing import Any

from django import template

from accounts.models import User
from teams.invitations import waiting_for
from teams.nudges import nudges_for
from teams.tokens import token_of

register = template.Library()


@register.inclusion_tag("teams/parts/waiting.html")
def invitations_waiting(user: User) -> dict[str, Any]:
    """Show the invitations that wait for a person, whether or not they kept the e-mail. One query."""
    return {"waiting": [(invitation, token_of(invitation.public_id)) for invitation in waiting_for(user)]}


@register.inclusion_tag("teams/parts/nudges.html")
def nudges(user: User) -> dict[str, Any]:
    """Show the advice that the person did not set aside. One query."""
    return {"nudges": nudges_for(user)}
