"""The pages of support and of an éditeur among 100, then 20,000 candidatures."""

from datetime import timedelta
from itertools import cycle

from bench import ground

SIZES = (100, 20_000)
TIMES = 25
OWN = 5  # candidatures of the éditeur whose home is measured, whatever the crowd
BATCH = 2_000
HEADER = "| page | à 100 (ms) | à 20 000 (ms) | rapport |\n|---|---|---|---|"


def run() -> str:
    """Return the measures as a Markdown table: medians of the answer, template included."""
    from questionnaires.loader import load
    from tests import cast

    version = load(ground.SMALL)
    people = _people(cast)
    found: dict[str, list[float]] = {}
    present = 0
    for size in SIZES:
        _crowd(version, size - present)
        present = size
        _analyse()
        for name, (client, address) in _pages(people, version).items():
            assert client.get(address).status_code == 200, address
            durations = ground.milliseconds(lambda c=client, a=address: c.get(a).getvalue(), TIMES)  # type: ignore[misc]
            found.setdefault(name, []).append(ground.median(durations))
    return "\n".join([HEADER, *(f"| {name} | {a:.0f} | {b:.0f} | {b / a:.2f} |" for name, (a, b) in found.items())])


def _people(cast: object) -> dict[str, object]:
    from accounts.models import Organisation, User
    from accounts.roles import Role
    from tests import cast as players

    glyco = Organisation.objects.filter(siren="732829320").first() or players.glyco()
    alice = User.objects.filter(email="alice@exemple.fr").first() or players.alice(glyco)
    return {"alice": alice, "sophie": players.staff(Role.SUPPORT, "sophie.mesure", "Sophie Mesure")}


def _pages(people: dict, version: object) -> dict[str, tuple]:
    from django.test import Client

    from referencing.models import Candidature
    from tests import play

    mine = Candidature.objects.filter(service__organisation__memberships__user=people["alice"], stage="submitted")
    while mine.count() < OWN:
        play.submitted(people["alice"], version, name=f"Mesure {mine.count()}")
    support, editor = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
    support.force_login(people["sophie"])
    editor.force_login(people["alice"])
    page = f"/candidatures/{mine.first().reference}/"
    return {
        "instruction (support)": (support, "/instruction/"),
        "instruction filtrée (support)": (support, "/instruction/?stage=submitted&q=service"),
        "une candidature (support)": (support, page),
        "une candidature (éditeur)": (editor, page),
        "mes candidatures (éditeur)": (editor, "/mes-candidatures/"),
    }


def _crowd(version: object, number: int) -> None:
    """Add candidatures of many éditeurs at all stages, with the rights of their teams, by bulk inserts."""
    from django.utils import timezone

    from questionnaires.models import Sheet
    from referencing.models import Candidature, Service
    from referencing.stages import Stage

    now = timezone.now()
    organisations, stages = cycle(_organisations(max(1, number // 50))), cycle(Stage)
    start = Candidature.objects.count()
    for first in range(start, start + number, BATCH):
        last = min(first + BATCH, start + number)
        owners = [next(organisations) for _ in range(first, last)]
        services = Service.objects.bulk_create(
            [Service(organisation=o, name=f"Service {i}", purpose="Mesure.") for i, o in enumerate(owners, first)]
        )
        sheets = Sheet.objects.bulk_create([Sheet(version=version) for _ in owners])
        rows = Candidature.objects.bulk_create(
            [
                Candidature(
                    reference=f"MES-1999-{i:05d}",
                    service=service,
                    sheet=sheet,
                    stage=next(stages),
                    stage_since=now,
                    deadline=timezone.localdate() + timedelta(days=i % 90 - 20),
                    opened_by_id=_anybody(),
                    opened_at=now - timedelta(days=i % 400),
                    submitted_at=now,
                )
                for i, (service, sheet) in enumerate(zip(services, sheets, strict=True), first)
            ]
        )
        _give_rights(rows, owners)


def _organisations(number: int) -> list:
    from accounts.services import create_organisation
    from accounts.siren import is_siren

    known = int(_highest_siren())
    found = []
    while len(found) < number:
        known += 1
        if is_siren(str(known)):
            found.append(create_organisation(f"Éditeur {known}", str(known)))
    return found


def _highest_siren() -> str:
    from accounts.models import Organisation

    last = Organisation.objects.filter(siren__startswith="1").order_by("-siren").first()
    return last.siren if last else "100000000"


def _anybody() -> int:
    from accounts.models import User

    return User.objects.values_list("pk", flat=True).order_by("pk")[0]


def _give_rights(rows: list, owners: list) -> None:
    from django.contrib.auth.models import Permission

    from accounts.roles import Role
    from referencing.models import CandidatureGroupPermission
    from referencing.rights import rights_of

    permissions = {p.codename: p for p in Permission.objects.filter(content_type__app_label="referencing")}
    CandidatureGroupPermission.objects.bulk_create(
        [
            CandidatureGroupPermission(content_object=row, group=group, permission=permissions[right])
            for row, owner in zip(rows, owners, strict=True)
            for role, group in ((Role.EDITOR, owner.members_group), (Role.MANDATED, owner.mandated_group))
            for right in rights_of(role)
        ]
    )


def _analyse() -> None:
    """Let the planner know the new sizes, as a database in service does by itself."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
