"""Filters of the desk. They live in the address of the page: a list can be kept, sent and named."""

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from evaluation.domains import Domain
from evaluation.models import Assignment
from questionnaires.models import Version
from referencing import claims
from referencing.models import Candidature, Claim
from referencing.queries import CandidatureQuerySet
from referencing.stages import Stage
from referencing.tracks import Track

NOBODY, ME = "personne", "moi"
# Whom a file waits for, and the stages at which it does.
WAITS_FOR: dict[str, tuple[str, tuple[Stage, ...]]] = {
    "support": ("Le support", (Stage.SUBMITTED, Stage.EVALUATED, Stage.ACCEPTED)),
    "editeur": ("L'éditeur", (Stage.INCOMPLETE, Stage.COMPLEMENTS_REQUESTED)),
    "experts": ("Les experts", (Stage.IN_EVALUATION,)),
    "commission": ("La commission", (Stage.IN_COMMISSION,)),
    "ministere": ("Le ministère", (Stage.OPINION_GIVEN,)),
}


def _day(label: str, **asked: str) -> django_filters.DateFilter:
    return django_filters.DateFilter(label=label, widget=forms.DateInput(attrs={"type": "date"}), **asked)


def _midnight(day: date) -> datetime:
    """When a day begins here. A moment is compared with it as it is stored: converting each row reads no index."""
    return timezone.make_aware(datetime.combine(day, time.min))


class DeskFilter(django_filters.FilterSet):
    """A value that is not understood is said beside its field, kept, and filters nothing."""

    q = django_filters.CharFilter(method="search", label="Référence, service ou éditeur")
    editor = django_filters.CharFilter(method="of_editor", label="Éditeur (nom ou SIREN)")
    stage = django_filters.MultipleChoiceFilter(
        choices=[c for c in Stage.choices if c[0] != Stage.DRAFT],
        label="Étape",
        widget=forms.CheckboxSelectMultiple,
        distinct=False,  # a candidature has one stage: nothing to make unique, and an index to read in its order
    )
    waits = django_filters.ChoiceFilter(
        method="waiting",
        label="Qui doit agir",
        empty_label="Tout le monde",
        choices=[(code, label) for code, (label, _) in WAITS_FOR.items()],
    )
    track = django_filters.ChoiceFilter(choices=Track.choices, label="Parcours", empty_label="Tous les parcours")
    holder = django_filters.ChoiceFilter(method="followed_by", label="En charge", empty_label="N'importe qui")
    expert = django_filters.ChoiceFilter(method="judged_by", label="Expert affecté", empty_label="N'importe lequel")
    domain = django_filters.ChoiceFilter(
        method="entrusted", choices=Domain.choices, label="Domaine confié", empty_label="N'importe lequel"
    )
    version = django_filters.ChoiceFilter(
        field_name="sheet__version__code", label="Version du référentiel", empty_label="Toutes les versions"
    )
    filed_from = _day("Déposée à partir du", method="filed_since")
    filed_to = _day("Déposée jusqu'au", method="filed_until")
    due_from = _day("Échéance à partir du", field_name="deadline", lookup_expr="gte")
    due_to = _day("Échéance jusqu'au", field_name="deadline", lookup_expr="lte")
    open = django_filters.BooleanFilter(method="only_open", label="En cours seulement", widget=forms.CheckboxInput)
    late = django_filters.BooleanFilter(method="only_late", label="En retard seulement", widget=forms.CheckboxInput)

    class Meta:
        model = Candidature
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agents = [(str(agent.pk), str(agent)) for agent in claims.agents()]
        self.filters["holder"].extra["choices"] = [(ME, "Moi"), (NOBODY, "Personne"), *agents]
        self.filters["expert"].extra["choices"] = [(str(one.pk), str(one)) for one in experts()]
        self.filters["version"].extra["choices"] = list(Version.objects.values_list("code", "title"))
        self.form.optional_fields = ()  # a filter left empty is no field left out

    def search(self, queryset: CandidatureQuerySet, _name: str, value: str) -> CandidatureQuerySet:
        return queryset.named(value)

    def of_editor(self, queryset: CandidatureQuerySet, _name: str, value: str) -> CandidatureQuerySet:
        return queryset.of_editor(value)

    def waiting(self, queryset: CandidatureQuerySet, _name: str, value: str) -> CandidatureQuerySet:
        return queryset.at(*WAITS_FOR[value][1])

    def followed_by(self, queryset: CandidatureQuerySet, _name: str, value: str) -> CandidatureQuerySet:
        if value == NOBODY:
            return queryset.exclude(pk__in=Claim.objects.values("candidature"))
        return queryset.filter(claim__holder=self.request.user.pk if value == ME else int(value))

    def judged_by(self, queryset: CandidatureQuerySet, _name: str, value: str) -> CandidatureQuerySet:
        return queryset.filter(pk__in=Assignment.objects.active().filter(expert=int(value)).values("candidature"))

    def entrusted(self, queryset: CandidatureQuerySet, _name: str, value: str) -> CandidatureQuerySet:
        """Keep the files of which an expert was given this domain by name; JSON is searched as text on both databases."""
        holding = Assignment.objects.active().filter(domains__icontains=f'"{value}"')
        return queryset.filter(pk__in=holding.values("candidature"))

    def filed_since(self, queryset: CandidatureQuerySet, _name: str, value: date) -> CandidatureQuerySet:
        return queryset.filter(submitted_at__gte=_midnight(value))

    def filed_until(self, queryset: CandidatureQuerySet, _name: str, value: date) -> CandidatureQuerySet:
        return queryset.filter(submitted_at__lt=_midnight(value + timedelta(days=1)))

    def only_open(self, queryset: CandidatureQuerySet, _name: str, value: bool) -> CandidatureQuerySet:
        return queryset.open() if value else queryset

    def only_late(self, queryset: CandidatureQuerySet, _name: str, value: bool) -> CandidatureQuerySet:
        return queryset.late(timezone.localdate()) if value else queryset


def experts() -> QuerySet[User]:
    return User.objects.filter(is_active=True, groups__name=Role.EXPERT.value)
