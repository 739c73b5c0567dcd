"""Lists of candidatures: the éditeur's cards, the ministry's pile. Read only, constant queries."""

from dataclasses import dataclass

from django.db.models import Count, Q

from accounts.models import User
from questionnaires.models import Answer
from referencing import access
from referencing.assignments import Mine, left_to
from referencing.models import Candidature
from referencing.queries import CandidatureQuerySet
from referencing.stages import MINISTRY_READS, OPEN, Stage
from referencing.works import AWAITED, YOURS

# Answers set aside with their criterion are not counted.
GIVEN = ~Q(sheet__answers__value="") & ~Q(sheet__answers__standing=Answer.Standing.ASIDE)


@dataclass(frozen=True)
class Card:
    """A candidature as its team sees it: whose turn it is, what for, and how many answers are given."""

    candidature: Candidature
    awaited_by: str
    awaited: str
    ours: str
    mine: Mine | None = None

    @property
    def is_ours(self) -> bool:
        return bool(self.ours)


def cards_of(user: User) -> list[Card]:
    """Return the candidatures of the person's organisations, those waiting for them first."""
    rows = access.visible_to(user).filter(service__organisation__memberships__user=user).with_names().soonest_first()
    rows = rows.annotate(answers=Count("sheet__answers", filter=GIVEN))
    found = list(rows.select_related("sheet"))
    left = left_to(user, found)
    cards = [
        Card(row, *AWAITED.get(Stage(row.stage), ("", "")), YOURS.get(Stage(row.stage), ""), left.get(row.pk))
        for row in found
    ]
    return sorted(cards, key=lambda card: (not card.is_ours, card.candidature.stage not in OPEN))


def to_decide(user: User) -> CandidatureQuerySet:
    """Return the files on which the ministry has to decide, with their draft decision."""
    rows = access.visible_to(user).at(Stage.OPINION_GIVEN).with_names().select_related("decision__prepared_by")
    return rows.soonest_first()


def decided(user: User) -> CandidatureQuerySet:
    rows = access.visible_to(user).at(*[s for s in MINISTRY_READS if s != Stage.OPINION_GIVEN]).with_names()
    return rows.select_related("decision").order_by("-stage_since", "-pk")
