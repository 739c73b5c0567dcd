"""The lists of criteria that people ask for: what must be seen again, what has no answer, no proof, or was asked for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models

from questionnaires.models import Answer
from questionnaires.sheets.overview import Item


class Filter(models.TextChoices):
    """A list, as the address of the page names it."""

    REVIEW = "a-revoir", "À revoir"
    UNANSWERED = "sans-reponse", "Sans réponse"
    NO_PROOF = "preuve-manquante", "Preuve manquante"
    ASKED = "complement-demande", "Complément demandé"


def _is_unanswered(item: Item) -> bool:
    return not (item.answer and item.answer.value)


def _lacks_proof(item: Item) -> bool:
    said = item.answer.value if item.answer else ""
    return said == Answer.Value.MET and bool(item.matching.lacking)


KEEPS: dict[Filter, Callable[[Item], bool]] = {
    Filter.REVIEW: lambda item: bool(item.answer and item.answer.mark == Answer.Mark.REVIEW),
    Filter.UNANSWERED: _is_unanswered,
    Filter.NO_PROOF: _lacks_proof,
    Filter.ASKED: lambda item: item.reopened,
}
# What the éditeur's people say to one another is theirs.
TEAM_ONLY = frozenset({Filter.REVIEW})


@dataclass(frozen=True)
class Choice:
    """One list on offer: how many criteria it holds, and whether it is the one on the page."""

    value: str
    label: str
    number: int
    is_current: bool


def filter_named(name: str, *, team: bool) -> Filter | None:
    """Return the list that an address asks for, None for everything: an unknown name, or a list for the team alone."""
    found = Filter(name) if name in Filter.values else None
    return None if found in TEAM_ONLY and not team else found


def kept(items: Iterable[Item], chosen: Filter | None) -> list[Item]:
    """Return the criteria asked of the service, among those of the list chosen."""
    asked = [item for item in items if item.verdict.applies and item.criterion.section.questionnaire.is_answered]
    return [item for item in asked if KEEPS[chosen](item)] if chosen else asked


def choices(items: Iterable[Item], chosen: Filter | None, *, team: bool) -> list[Choice]:
    """Return the lists on offer, « Tous » first; an empty one is left out unless it is the one on the page."""
    whole = list(items)
    offered = [one for one in Filter if team or one not in TEAM_ONLY]
    counted = [(one, len(kept(whole, one))) for one in offered]
    return [
        Choice("", "Tous", len(kept(whole, None)), chosen is None),
        *(
            Choice(one.value, str(one.label), number, one == chosen)
            for one, number in counted
            if number or one == chosen
        ),
    ]
