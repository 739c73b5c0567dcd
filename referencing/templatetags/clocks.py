"""The clocks of a candidature for templates: whose turn it is, and how long each step usually takes."""

from django import template

from referencing.durations import Usual, usual
from referencing.models import Candidature
from referencing.turns import Turn, turn_of

register = template.Library()


@register.simple_tag
def whose_turn(candidature: Candidature) -> Turn | None:
    return turn_of(candidature)


@register.simple_tag
def usual_durations() -> Usual | None:
    return usual()
