"""What one may choose in the public catalogue; every choice is in the address of the page."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Count

from catalogue.models import Entry, EntryTag
from catalogue.queries import EntryQuerySet
from catalogue.vocabulary import IN_SIGHT, Device, EconomicModel, Region, Thematic
from kit.forms import HouseBoundField

YES_NO = (("oui", "Avec échange de données"), ("non", "Sans échange de données"))


def _select(label: str, choices: object, method: str, everything: str) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(label=label, choices=choices, method=method, empty_label=everything)


class FilterBoundField(HouseBoundField):
    """No filter is ever required: saying so of each one would be noise."""

    @property
    def is_optional(self) -> bool:
        return False


class FilterForm(forms.Form):
    bound_field_class = FilterBoundField


class CatalogueFilter(django_filters.FilterSet):
    """Search and filters of the catalogue. A value that does not exist is said, and filters nothing."""

    q = django_filters.CharFilter(
        label="Rechercher un service", method="search", max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    thematique = _select("Thématique", Thematic.choices, "by_thematic", "Toutes")
    prix = _select("Prix", EconomicModel.choices, "by_price", "Tous")
    echange = _select("Échange de données", YES_NO, "by_exchange", "Avec ou sans")
    appareil = _select("Appareil", Device.choices, "by_device", "Tous")
    region = _select("Région", Region.choices, "by_region", "Toute la France")

    class Meta:
        model = Entry
        form = FilterForm
        fields = ("q", "thematique", "prix", "echange", "appareil", "region")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.fields["thematique"].choices = counted_thematics()

    def search(self, rows: EntryQuerySet, _name: str, value: str) -> EntryQuerySet:
        return rows.matching(value)

    def by_thematic(self, rows: EntryQuerySet, _name: str, value: str) -> EntryQuerySet:
        return rows.tagged(EntryTag.Axis.THEMATIC, value)

    def by_price(self, rows: EntryQuerySet, _name: str, value: str) -> EntryQuerySet:
        return rows.filter(economic_model=value)

    def by_exchange(self, rows: EntryQuerySet, _name: str, value: str) -> EntryQuerySet:
        return rows.filter(exchanges_data=value == "oui")

    def by_device(self, rows: EntryQuerySet, _name: str, value: str) -> EntryQuerySet:
        return rows.used_on(value)

    def by_region(self, rows: EntryQuerySet, _name: str, value: str) -> EntryQuerySet:
        return rows.offered_in(value)

    def chosen(self) -> list[tuple[str, str]]:
        """Return the filters in force: words to show, query of the same page without it."""
        if not (self.is_bound and self.form.is_valid()):
            return []
        return [(self._words(name), self._without(name)) for name, value in self.form.cleaned_data.items() if value]

    def _words(self, name: str) -> str:
        value = self.form.cleaned_data[name]
        return f"« {value} »" if name == "q" else str(dict(self.filters[name].extra["choices"])[value])

    def _without(self, name: str) -> str:
        kept = self.data.copy()
        kept.pop(name)
        kept.pop("page", None)
        return "?" + kept.urlencode()


def counted_thematics() -> list[tuple[str, str]]:
    """Return the thématiques, each with its number of services in sight, in one query: « Bien-être (3) »."""
    tags = EntryTag.objects.filter(axis=EntryTag.Axis.THEMATIC, entry__status__in=IN_SIGHT)
    numbers = dict(tags.order_by().values_list("code").annotate(Count("pk")))
    return [(one.value, f"{one.label} ({numbers.get(one.value, 0)})") for one in Thematic]
