"""The list of the proofs of an organisation, with its filters, kept in the address of the page."""

from datetime import date, timedelta

import django_filters
from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.models import Organisation
from accounts.requests import SignedRequest
from questionnaires.models import Evidence, EvidenceRevision, EvidenceUse, ExpectedProof
from questionnaires.models.scanned import ScanState
from referencing.models import Service

Rows = models.QuerySet[Evidence]


def shelf(organisation: Organisation) -> Rows:
    """Return the proofs of an organisation, each with what a line shows of its latest revision. One query."""
    latest = EvidenceRevision.objects.filter(evidence=OuterRef("pk")).order_by("-number")
    shown = ("number", "expires_on", "scan", "size", "original_name", "address", "deposited_at")
    columns = {f"latest_{name}": Subquery(latest.values(name)[:1]) for name in shown}
    return (
        Evidence.objects.filter(organisation=organisation)
        .annotate(**columns, places=Count("revisions__uses", distinct=True))
        .order_by("title", "pk")
    )


class ShelfFilter(django_filters.FilterSet):
    """What an éditeur looks for among hundreds of proofs."""

    STATES = (
        ("used", "Donnée pour au moins un critère"),
        ("unused", "Pas encore utilisée"),
        *((state.value, f"Antivirus : {state.label}") for state in ScanState),
    )
    EXPIRIES = (
        ("past", "Expirée"),
        ("soon", "Expire bientôt"),
        ("later", "Expire plus tard"),
        ("never", "Sans date d'expiration"),
    )

    q = django_filters.CharFilter(method="search", label="Intitulé, nom de fichier, adresse ou empreinte")
    service = django_filters.ModelChoiceFilter(
        method="of_service", label="Service", queryset=Service.objects.none(), empty_label="Tous les services"
    )
    kind = django_filters.ChoiceFilter(
        choices=ExpectedProof.Kind.choices, label="Nature", empty_label="Toutes les natures"
    )
    state = django_filters.ChoiceFilter(method="in_state", choices=STATES, label="État", empty_label="Tous les états")
    expiry = django_filters.ChoiceFilter(
        method="expiring", choices=EXPIRIES, label="Expiration", empty_label="Toutes les dates"
    )

    class Meta:
        model = Evidence
        fields = ("q", "service", "kind", "state", "expiry")

    def search(self, rows: Rows, _name: str, value: str) -> Rows:
        revisions = EvidenceRevision.objects.filter(evidence=OuterRef("pk"))
        named = revisions.filter(
            Q(original_name__icontains=value) | Q(address__icontains=value) | Q(sha256__istartswith=value)
        )
        return rows.filter(Q(title__icontains=value) | Exists(named))

    def of_service(self, rows: Rows, _name: str, service: Service) -> Rows:
        uses = EvidenceUse.objects.filter(
            revision__evidence=OuterRef("pk"), answer__sheet__candidature__service=service
        )
        return rows.filter(Exists(uses))

    def in_state(self, rows: Rows, _name: str, value: str) -> Rows:
        if value in ("used", "unused"):
            return rows.filter(Q(places__gt=0) if value == "used" else Q(places=0))
        return rows.filter(Q(latest_scan=value))

    def expiring(self, rows: Rows, _name: str, value: str) -> Rows:
        return rows.filter(_between(value, timezone.localdate()))


def _between(value: str, today: date) -> Q:
    soon = today + timedelta(days=settings.PROCEDURE["proof_notice_days"])
    return {
        "past": Q(latest_expires_on__lt=today),
        "soon": Q(latest_expires_on__gte=today, latest_expires_on__lte=soon),
        "later": Q(latest_expires_on__gt=soon),
        "never": Q(latest_expires_on=None),
    }[value]


def shelf_filter(request: SignedRequest, organisation: Organisation) -> ShelfFilter:
    found = ShelfFilter(request.GET or None, queryset=shelf(organisation), request=request)
    found.form.fields["service"].queryset = organisation.services.all()
    return found
