"""The vocabulary of lists of the catalogue."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from catalogue.search import fold
from catalogue.vocabulary import IN_SIGHT, Device

if TYPE_CHECKING:
    from catalogue.models import Entry  # noqa: F401 named as text below: the model imports this module


class EntryQuerySet(models.QuerySet["Entry"]):
    def in_sight(self) -> "EntryQuerySet":
        """What the public may read: the start of every public list and page."""
        return self.filter(status__in=IN_SIGHT)

    def with_words(self) -> "EntryQuerySet":
        """Bring what a card or a page shows, in two queries."""
        return self.select_related("service__organisation").prefetch_related("tags")

    def matching(self, words: str) -> "EntryQuerySet":
        """Keep the entries where each word is found, in the name, the texts or the name of the éditeur."""
        found = self
        for word in fold(words).split():
            found = found.filter(search_text__contains=word)
        return found

    def tagged(self, axis: str, code: str) -> "EntryQuerySet":
        return self.filter(tags__axis=axis, tags__code=code)

    def offered_in(self, region: str) -> "EntryQuerySet":
        """Keep what is offered in a region, by name or because it is offered everywhere."""
        regional = self.model.objects.filter(tags__axis="region").values("pk")
        here = self.model.objects.tagged("region", region).values("pk")
        return self.filter(Q(pk__in=here) | ~Q(pk__in=regional))

    def used_on(self, device: str) -> "EntryQuerySet":
        return self.exclude(**{f"{Device(device).value}_url": ""})
