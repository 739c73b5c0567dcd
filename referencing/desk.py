"""Lists of candidatures: the éditeur's cards, support's desk, the ministry's pile. Read only, constant queries."""

from dataclasses import dataclass
from datetime import date

import django_filters
from django import forms
from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import User
from accounts.requests import SignedRequest
from questionnaires.models import Answer
from referencing import access
from referencing.assignments import Mine, left_to
from referencing.models import Candidature
from referencing.queries import CandidatureQuerySet
from referencing.stages import MINISTRY_READS, OPEN, Stage
from referencing.tracks import Track
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


class DeskFilter(django_filters.FilterSet):
    """Filters of the desk, kept in the address of the page."""

    q = django_filters.CharFilter(method="search", label="Référence, service ou éditeur")
    stage = django_filters.MultipleChoiceFilter(
        choices=[c for c in Stage.choices if c[0] != Stage.DRAFT],
        label="Étape",
        widget=forms.CheckboxSelectMultiple,
        distinct=False,  # a candidature has one stage: nothing to make unique, and an index to read in its order
    )
    track = django_filters.ChoiceFilter(choices=Track.choices, label="Parcours", empty_label="Tous les parcours")
    late = django_filters.BooleanFilter(method="only_late", label="En retard seulement", widget=forms.CheckboxInput)

    class Meta:
        model = Candidature
        fields = ("q", "stage", "track", "late")

    def search(self, queryset: CandidatureQuerySet, _name: str, value: str) -> CandidatureQuerySet:
        return queryset.filter(
            Q(reference__icontains=value)
            | Q(service__name__icontains=value)
            | Q(service__organisation__name__icontains=value)
        )

    def only_late(self, queryset: CandidatureQuerySet, _name: str, value: bool) -> CandidatureQuerySet:
        return queryset.late(timezone.localdate()) if value else queryset


def desk_filter(request: SignedRequest) -> DeskFilter:
    rows = access.visible_to(request.user).with_names().soonest_first()
    return DeskFilter(request.GET or None, queryset=rows, request=request)


@dataclass(frozen=True)
class Counter:
    """A figure of the desk that is also a link to the list behind it."""

    label: str
    number: int
    query: str


def counters(user: User, today: date) -> list[Counter]:
    """Return what waits, in one query that reads an index of the open files only: each figure counts some of them."""
    kinds = {
        "admit": (Q(stage=Stage.SUBMITTED), "À déclarer recevables", "stage=submitted"),
        "evaluated": (Q(stage=Stage.EVALUATED), "À inscrire en commission", "stage=evaluated"),
        "accepted": (Q(stage=Stage.ACCEPTED), "Conventions à signer", "stage=accepted"),
        "editor": (
            Q(stage__in=[Stage.INCOMPLETE, Stage.COMPLEMENTS_REQUESTED]),
            "En attente de l'éditeur",
            "stage=incomplete&stage=complements_requested",
        ),
        "late": (Q(stage__in=OPEN, deadline__lt=today), "En retard", "late=on"),
    }
    numbers = (
        access.visible_to(user).open().aggregate(**{key: Count("stage", filter=q) for key, (q, _, _) in kinds.items()})
    )
    return [Counter(label, numbers[key], query) for key, (_, label, query) in kinds.items()]


def to_decide(user: User) -> CandidatureQuerySet:
    """Return the files on which the ministry has to decide, with their draft decision."""
    rows = access.visible_to(user).at(Stage.OPINION_GIVEN).with_names().select_related("decision__prepared_by")
    return rows.soonest_first()


def decided(user: User) -> CandidatureQuerySet:
    rows = access.visible_to(user).at(*[s for s in MINISTRY_READS if s != Stage.OPINION_GIVEN]).with_names()
    return rows.select_related("decision").order_by("-stage_since", "-pk")
