"""The digital service itself, which outlives its candidatures."""

from typing import ClassVar

from django.db import models

from accounts.models import Organisation


class Service(models.Model):
    """A product as citizens see it, under its commercial name. `declinations` lists "web", "ios", "android"."""

    organisation = models.ForeignKey(Organisation, models.RESTRICT, related_name="services")
    name = models.CharField("nom commercial", max_length=120)
    purpose = models.TextField("à quoi sert le service", max_length=500)
    declinations = models.JSONField("déclinaisons", default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "service"
        ordering = ("name", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("organisation", "name"),
                name="service_name_once_per_organisation",
                violation_error_message="Votre organisation a déjà un service de ce nom.",
            )
        ]

    def __str__(self) -> str:
        return self.name
