"""Who follows a file, said at the top of its pages to the agents of support and to the auditor."""

from typing import Any

from django import template

from accounts.models import User
from accounts.roles import Role
from referencing import access, claims, entrusting
from referencing.models import Candidature

register = template.Library()


@register.inclusion_tag("referencing/parts/followed.html", takes_context=True)
def followed(context: template.Context, candidature: Candidature) -> dict[str, Any]:
    """Draw nothing, at no cost, for anybody else: the éditeur does not read which agent follows what."""
    user = context.get("user")
    roles = access.global_roles(user) if user else []
    shown = candidature.submitted_at is not None and (Role.SUPPORT in roles or Role.AUDITOR in roles)
    return {
        "shown": shown,
        "claim": claims.claim_of(candidature) if shown else None,
        "may_claim": Role.SUPPORT in roles,
        "candidature": candidature,
        "user": user,
    }


@register.inclusion_tag("referencing/parts/drafts_waiting.html")
def drafts_waiting(user: User) -> dict[str, Any]:
    """Show the drafts that support offers to a person. One query."""
    return {"drafts": entrusting.waiting_for(user)}
