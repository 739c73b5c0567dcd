"""Opening a candidature: a reference, a sheet pinned to a version, the rights of the team."""

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from journal.record import record
from questionnaires import sheets
from questionnaires.models import Sheet, Version
from referencing import access
from referencing.models import Candidature, Counter, Service


def next_reference() -> str:
    """Return the next public reference, e.g. "MES-2026-0007". The format is ours: the official one is unknown."""
    year = timezone.localdate().year
    Counter.objects.get_or_create(name=f"MES-{year}")
    counter = Counter.objects.select_for_update(of=("self",)).get(name=f"MES-{year}")
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"MES-{year}-{counter.last:04d}"


@transaction.atomic
def open_candidature(
    service: Service,
    version: Version,
    actor: User,
    *,
    sheet: Sheet | None = None,
    origin: Candidature | None = None,
    motive: str = "",
    for_the_team: bool = True,
) -> Candidature:
    """Create a draft for a service. The caller has checked that `actor` belongs to the organisation.

    `sheet` is one already filled with the answers of `origin`, for a `motive` of referencing/origins.py. A draft that
    is not `for_the_team` yet is in the hands of support (referencing/entrusting.py).
    """
    now = timezone.now()
    data = {"version": 0, "referential": version.code}
    if origin:
        data |= {"origin": origin.reference, "motive": motive}
    candidature = Candidature.objects.create(
        reference=next_reference(),
        service=service,
        sheet=sheet or sheets.open_sheet(version),
        origin=origin,
        motive=motive,
        opened_by=actor,
        opened_at=now,
        stage_since=now,
    )
    if for_the_team:
        access.open_to_team(candidature)
    else:
        access.lend_to_support(candidature)
        data |= {"on_behalf": True}
    record("candidature.opened", candidature.reference, actor=actor, data=data)
    return candidature


@transaction.atomic
def open_for(
    *,
    actor: User,
    organisation: Organisation,
    version: Version,
    service: Service | None = None,
    name: str = "",
    purpose: str = "",
    declinations: list[str] | None = None,
    for_the_team: bool = True,
) -> Candidature:
    """Open a candidature for an existing service, or for a new one described by its name, purpose and declinations."""
    if service is None:
        service = Service.objects.create(
            organisation=organisation, name=name, purpose=purpose, declinations=declinations or []
        )
    return open_candidature(service, version, actor, for_the_team=for_the_team)
