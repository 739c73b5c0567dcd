"""A service of the catalogue: what the public reads, and what the State checked. Copied from acts, never typed."""

from typing import ClassVar

import django_fsm as fsm
from django.db import models
from django.urls import reverse

from catalogue.lifecycle import EntryLifecycle
from catalogue.models.fiche import PublicFields, known_economic_model
from catalogue.queries import EntryQuerySet
from catalogue.vocabulary import Region, Status, Thematic
from kit.constraints import one_of
from referencing.models import Act, Candidature, Service


class Entry(EntryLifecycle, PublicFields):
    """One page of the catalogue per service; a renewal rewrites it only once published itself.

    `act` is the fiche it was copied from. `checked` lists {"title", "count"}: the criteria that the experts examined,
    by questionnaire.
    """

    service = models.OneToOneField(Service, models.RESTRICT, related_name="entry")
    candidature = models.ForeignKey(Candidature, models.RESTRICT, related_name="entries")
    act = models.ForeignKey(Act, models.RESTRICT, related_name="+")
    slug = models.SlugField("adresse", max_length=80, unique=True)
    status = fsm.FSMField("statut", max_length=15, choices=Status.choices, default=Status.PRESERIE, editable=False)
    search_text = models.TextField(help_text="Tout ce qui se cherche, sans accents (catalogue/search.py).")
    exchanges_data = models.BooleanField("échange des données avec Mon espace santé", default=False)
    referential = models.CharField("référentiel appliqué", max_length=200)
    checked = models.JSONField("critères examinés", default=list)
    opinion_on = models.DateField("avis rendu le")
    decided_on = models.DateField("décision signée le")
    ends_on = models.DateField("convention jusqu'au")
    published_at = models.DateTimeField("publié la première fois le")
    updated_at = models.DateTimeField("mis à jour le")

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "service du catalogue"
        ordering = ("name", "pk")
        indexes: ClassVar = [models.Index(fields=("status", "name"), name="entry_in_sight")]
        constraints: ClassVar = [
            one_of("status", Status, "entry_status_known"),
            known_economic_model("entry_economic_model_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalogue:entry", args=[self.slug])

    @property
    def is_suspended(self) -> bool:
        return self.status == Status.SUSPENDUE


class TagAxis(models.TextChoices):
    THEMATIC = "thematic", "thématique"
    REGION = "region", "région"


class EntryTag(models.Model):
    """A thématique or a region of an entry: rows, so that the database filters and counts."""

    Axis = TagAxis

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="tags")
    axis = models.CharField(max_length=8, choices=TagAxis)
    code = models.CharField(max_length=20)

    class Meta:
        verbose_name = "étiquette"
        ordering = ("axis", "pk")
        indexes: ClassVar = [models.Index(fields=("axis", "code"), name="tag_by_code")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("entry", "axis", "code"), name="tag_once"),
            models.CheckConstraint(
                condition=models.Q(axis="thematic", code__in=sorted(Thematic.values))
                | models.Q(axis="region", code__in=sorted(Region.values)),
                name="tag_code_known",
            ),
        ]

    def __str__(self) -> str:
        return self.code
