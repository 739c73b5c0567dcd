"""The public simulator: its answers stay in a signed cookie of the visitor until they become a draft.

No row is written for somebody who only wants to know. The cookie outlives the session, so that the answers follow
through the opening of an account, the confirmation of an address and the registration of an organisation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from accounts.models import Organisation, User
from questionnaires import sheets
from questionnaires.models import Version
from questionnaires.simulating import Simulation
from referencing.models import Candidature, Service
from referencing.opening import open_for

COOKIE, SALT = "simulation", "referencing.simulation"
DAYS = 30
# A form of the solution, as the orientation names it → the declination of the service.
DECLINATIONS = {"site": "web", "ios": "ios", "android": "android"}


@dataclass(frozen=True)
class Found:
    """A simulation under way. `moved` says that its version closed meanwhile: the answers went to the newest one."""

    simulation: Simulation
    moved: bool = False


def newest() -> Simulation | None:
    """Return a blank simulation on the newest open version, None when no version is open."""
    version = Version.objects.open_for_filing().first()
    return Simulation.on(version) if version else None


def is_kept(request: HttpRequest) -> bool:
    """Whether the visitor has answers that may be taken up again. No query."""
    return bool(_kept(request).get("given"))


def find(request: HttpRequest) -> Found | None:
    """Return the simulation of the visitor; None when there is none, when it expired or was tampered with."""
    kept = _kept(request)
    if not kept:
        return None
    versions = list(Version.objects.open_for_filing())
    same = next((version for version in versions if version.code == kept["version"]), None)
    version = same or next(iter(versions), None)
    if version is None:
        return None
    return Found(Simulation.on(version).answered(kept["given"]), moved=same is None)


def keep(response: HttpResponse, simulation: Simulation) -> HttpResponse:
    content = {"version": simulation.version.code, "given": simulation.given}
    response.set_cookie(
        COOKIE,
        signing.dumps(content, salt=SALT, compress=True),
        max_age=DAYS * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def declinations_of(simulation: Simulation) -> list[str]:
    """Return the declinations of the service that its orientation already names."""
    forms = simulation.given.get("type_solution", [])
    return [DECLINATIONS[form] for form in forms if form in DECLINATIONS] if isinstance(forms, list) else []


@transaction.atomic
def begin(
    simulation: Simulation,
    *,
    actor: User,
    organisation: Organisation,
    service: Service | None = None,
    name: str = "",
    purpose: str = "",
    declinations: list[str] | None = None,
) -> Candidature:
    """Open a draft with the answers of a simulation. Raises `sheets.OrientationRefused` when they break a rule."""
    candidature = open_for(
        actor=actor,
        organisation=organisation,
        version=simulation.version,
        service=service,
        name=name,
        purpose=purpose,
        declinations=declinations,
    )
    sheets.answer_orientation(candidature.sheet, simulation.given, actor)
    return candidature


def _kept(request: HttpRequest) -> Mapping[str, Any]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=DAYS * 24 * 3600)
    except signing.BadSignature:
        return {}
    return found if isinstance(found, dict) else {}
