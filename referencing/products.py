"""The services of an éditeur: each with its candidatures, and what may be started on it now."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import models
from django.urls import reverse

from accounts.models import User
from referencing import access
from referencing.models import Candidature, Service
from referencing.stages import OPEN, Stage
from referencing.works import YOURS

DECLINATIONS = {"web": "site web", "ios": "application iOS", "android": "application Android"}


@dataclass(frozen=True)
class Start:
    """Something that a person may begin, or go on with, on a service."""

    label: str
    url: str
    why: str


@dataclass(frozen=True)
class Product:
    """A service as its team sees it; its candidatures are all of them, the newest first."""

    service: Service
    candidatures: list[Candidature]

    @property
    def declinations(self) -> list[str]:
        return [DECLINATIONS.get(code, code) for code in self.service.declinations]

    @property
    def running(self) -> list[Candidature]:
        return [row for row in self.candidatures if row.stage in OPEN]

    @property
    def is_published(self) -> bool:
        return any(row.stage == Stage.PUBLISHED for row in self.candidatures)

    @property
    def starts(self) -> list[Start]:
        return starts_for(self)


def services_of(user: User) -> models.QuerySet[Service]:
    """Return the services of the organisations of a person."""
    return Service.objects.filter(organisation__memberships__user=user).select_related("organisation")


def products_of(user: User) -> list[Product]:
    """Return every service with its candidatures, in two queries besides those of the rights."""
    services = list(services_of(user))
    rows: dict[int, list[Candidature]] = defaultdict(list)
    for row in access.visible_to(user).filter(service__in=services).order_by("-opened_at", "-pk"):
        rows[row.service_id].append(row)
    return [Product(service, rows[service.pk]) for service in services]


def product(user: User, service: Service) -> Product:
    rows = access.visible_to(user).filter(service=service).select_related("sheet__version")
    return Product(service, list(rows.order_by("-opened_at", "-pk")))


def starts_for(product: Product) -> list[Start]:
    """Return what may be begun, in the order one would choose."""
    found = [
        Start(
            f"Poursuivre {row.reference}",
            reverse("referencing:show", args=[row.reference]),
            f"À vous : {YOURS[Stage(row.stage)]}.",
        )
        for row in product.running
        if Stage(row.stage) in YOURS
    ]
    if not product.running and not product.is_published:
        address = f"{reverse('referencing:start')}?service={product.service.pk}"
        why = "Le service est déjà décrit : il vous restera l'orientation." if product.candidatures else ""
        found.append(Start("Ouvrir une candidature pour ce service", address, why))
    published = next((row for row in product.candidatures if row.stage == Stage.PUBLISHED), None)
    if published and not product.running:
        address = reverse("referencing:renew", args=[published.reference])
        why = "Ses réponses et ses preuves sont reprises ; la fiche du catalogue ne change pas d'ici là."
        found.append(Start("Renouveler ou faire évoluer ce service", address, why))
    return found
