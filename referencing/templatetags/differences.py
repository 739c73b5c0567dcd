"""A difference in words: nothing is said by colour alone."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from questionnaires.models import Answer, ExpectedProof
from questionnaires.words import Kind, Piece
from questionnaires.words import shortened as shorten

register = template.Library()

# What a screen reader says around a change; seen, it is struck or underlined.
SPOKEN = {Kind.REMOVED: ("del", "retiré : "), Kind.ADDED: ("ins", "ajouté : ")}


@register.filter
def answer_name(value: str) -> str:
    """Name an answer: `"met"` → « Conforme », nothing → « Pas de réponse »."""
    return str(Answer.Value(value).label) if value in Answer.Value.values else "Pas de réponse"


@register.filter
def proof_kind_name(value: str) -> str:
    return str(ExpectedProof.Kind(value).label) if value in ExpectedProof.Kind.values else value


@register.filter
def shortened(pieces: Sequence[Piece]) -> Sequence[Piece]:
    return shorten(tuple(pieces))


@register.filter
def marked(pieces: Sequence[Piece]) -> SafeString:
    """Write the pieces of a text, each change marked for the eye and for the ear."""
    return format_html_join("", "{}", ((_marked(piece.kind, piece.text),) for piece in pieces))


@register.simple_tag
def removed(text: str) -> SafeString:
    return _marked(Kind.REMOVED, text)


@register.simple_tag
def added(text: str) -> SafeString:
    return _marked(Kind.ADDED, text)


def _marked(kind: Kind, text: str) -> SafeString:
    if kind == Kind.SAME:
        return format_html("{}", text)
    tag, spoken = SPOKEN[kind]
    return format_html(
        '<{tag} class="house-{tag}"><span class="fr-sr-only">[{spoken}</span>{text}<span class="fr-sr-only">]</span></{tag}>',
        tag=tag,
        spoken=spoken,
        text=text,
    )
