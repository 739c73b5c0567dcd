"""Words of the procedure for templates."""

from datetime import date

from django import template

from referencing.kinds import Opinion
from referencing.stages import Stage

register = template.Library()


@register.filter
def stage_name(value: str) -> str:
    """Name a stage: `"submitted"` → « Recevabilité à examiner »."""
    return str(Stage(value).label) if value in Stage.values else str(value)


@register.filter
def opinion_name(value: str) -> str:
    return str(Opinion(value).label) if value in Opinion.values else str(value)


@register.filter
def iso_day(value: str) -> date | None:
    """Read a date kept as text in an act."""
    return date.fromisoformat(value) if value else None
