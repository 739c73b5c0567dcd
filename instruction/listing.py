"""The list of the desk: what is read, in which order, and the figures above it. Constant queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OrderBy, Prefetch, Q
from django.http import QueryDict

from accounts.models import User
from accounts.requests import SignedRequest
from evaluation.models import Assignment
from instruction.filters import DeskFilter
from referencing import access
from referencing.queries import CandidatureQuerySet
from referencing.stages import OPEN, Stage

Order = tuple[str | OrderBy, ...]
# Column → how it is sorted. The number makes every order total: a page never shows twice what another showed.
ORDERS: dict[str, Order] = {
    "deadline": (F("deadline").asc(nulls_last=True), "stage_since", "pk"),
    "-deadline": (F("deadline").desc(nulls_last=True), "-stage_since", "-pk"),
    "service": ("service__name", "pk"),
    "-service": ("-service__name", "-pk"),
    "editor": ("service__organisation__name", "pk"),
    "-editor": ("-service__organisation__name", "-pk"),
    "stage": ("stage", "deadline", "pk"),
    "-stage": ("-stage", "-deadline", "-pk"),
    "filed": ("submitted_at", "pk"),
    "-filed": ("-submitted_at", "-pk"),
}
FIRST = "deadline"


@dataclass(frozen=True)
class Column:
    """A heading of the table. `sort` is what its link asks for, "" when the column is not sorted."""

    label: str
    sort: str = ""
    state: str = ""  # value of aria-sort


def read(request: SignedRequest, query: QueryDict | None = None) -> DeskFilter:
    """Return the filters of an address, on the files that the person may read. A draft is nobody's but its team's."""
    asked = request.GET if query is None else query
    rows = access.visible_to(request.user).filed()
    rows = rows.order_by(*ORDERS[order_of(asked)])
    return DeskFilter(asked or None, queryset=rows, request=request)


def active(found: DeskFilter) -> list[str]:
    """Return the names of the filters that narrow the list, in the order of the form."""
    said = found.form.cleaned_data if found.is_bound and found.form.is_valid() else {}
    return [str(found.form.fields[name].label) for name, value in said.items() if value]


def order_of(query: QueryDict) -> str:
    asked = query.get("sort", FIRST)
    return asked if asked in ORDERS else FIRST


def with_line(rows: CandidatureQuerySet) -> CandidatureQuerySet:
    """Bring what a line shows: names, who follows it, who judges it. One query more."""
    judges = Prefetch("assignments", Assignment.objects.active().select_related("expert"))
    return rows.select_related("service__organisation", "claim__holder").prefetch_related(judges)


def columns(query: QueryDict) -> list[Column]:
    order = order_of(query)
    named = (
        ("Candidature", "service"),
        ("Éditeur", "editor"),
        ("Étape", "stage"),
        ("Déposée le", "filed"),
        ("Échéance", "deadline"),
        ("En charge", ""),
        ("Experts", ""),
    )
    return [_column(label, key, order) for label, key in named]


def _column(label: str, key: str, order: str) -> Column:
    if key and order == key:
        return Column(label, f"-{key}", "ascending")
    return Column(label, key, "descending" if key and order == f"-{key}" else "")


@dataclass(frozen=True)
class Counter:
    """A figure of the desk that is also a link to the list behind it."""

    label: str
    number: int
    query: str


def counters(user: User, today: date) -> list[Counter]:
    """Return what waits, in one query that reads an index of the open files only: each figure counts some of them."""
    kinds = {
        "mine": (Q(claim__holder=user), "En charge de moi", "holder=moi&open=on"),
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
    rows = access.visible_to(user).filed().open()
    numbers = rows.aggregate(**{key: Count("stage", filter=q) for key, (q, _, _) in kinds.items()})
    return [Counter(label, numbers[key], query) for key, (_, label, query) in kinds.items()]


def canonical(query: QueryDict) -> str:
    """Write the filters and the order of an address in one way only, without what does not change the list.

    Two addresses that show the same list give the same text: it is what a saved view keeps.
    """
    kept = QueryDict(mutable=True)
    for name in sorted({*DeskFilter.base_filters, "sort"}):
        values = _said(name, query.getlist(name))
        if values:
            kept.setlist(name, values)
    return kept.urlencode()


def _said(name: str, values: Iterable[str]) -> list[str]:
    found = sorted({value.strip()[:100] for value in values if value.strip()})
    return [] if name == "sort" and found in ([], [FIRST]) else found
