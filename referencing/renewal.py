"""Taking up a former candidature: renewal, major modification, sister product. The former one never changes.

What was filed is carried (its latest snapshot), never what the experts or the commission said of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from questionnaires import sheets
from questionnaires.carrying import Plan, Rules, carry
from questionnaires.models import Certificate, Sheet, Version
from questionnaires.sheets import inheriting
from questionnaires.sheets.covering import holding_with
from referencing import acts
from referencing.calendar import add_months
from referencing.kinds import ActKind
from referencing.models import Candidature, Service
from referencing.opening import open_candidature
from referencing.origins import SAME_SERVICE, Motive
from referencing.stages import Stage

HELP = {
    Motive.RENEWAL: "La convention approche de sa fin : le même service demande à rester au catalogue.",
    Motive.CHANGE: "Le service a changé assez pour être évalué de nouveau : nouvelles données, nouvelles fonctions.",
    Motive.SISTER: "Un autre service de votre organisation ressemble à celui-ci : ses réponses servent de départ.",
}


class CannotTakeUp(Exception):
    """The candidature cannot be taken up for this motive; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Way:
    """One of the three ways to take up a candidature; `refusal` says why it is closed now, "" when it is open."""

    motive: Motive
    help: str
    refusal: str


@dataclass(frozen=True)
class TakenUp:
    """What a new candidature would start with: a sheet not saved yet, the plan of its answers, its certificates."""

    sheet: Sheet
    plan: Plan
    certificates: list[Certificate]


@dataclass(frozen=True)
class NewService:
    """The sister product, when the organisation has no service of that name yet."""

    name: str
    purpose: str
    declinations: list[str]


def ways(candidature: Candidature) -> list[Way]:
    return [Way(motive, HELP[motive], refusal(candidature, motive)) for motive in Motive]


def refusal(candidature: Candidature, motive: Motive) -> str:
    """Return why a candidature cannot be taken up for a motive now, "" when it can."""
    if motive == Motive.SISTER:
        return "" if acts.filed_sheets(candidature) else "Cette candidature n'a pas encore été déposée."
    if candidature.stage != Stage.PUBLISHED:
        return "Le service n'est pas publié au catalogue : cette candidature suit encore son cours, ou s'est arrêtée."
    others = Candidature.objects.filter(service=candidature.service_id)
    if running := others.open().filter(motive__in=SAME_SERVICE).first():
        return f"Une reprise est déjà ouverte pour ce service : {running.reference}. Terminez-la, ou retirez-la."
    if later := others.at(Stage.PUBLISHED).filter(stage_since__gt=candidature.stage_since).first():
        return f"Ce service a été publié de nouveau depuis, avec {later.reference} : reprenez celle-là."
    return ""


def convention_end(candidature: Candidature) -> date | None:
    """Return the last day of the convention, None while it is not signed."""
    payload = acts.latest(candidature, ActKind.CONVENTION)
    return date.fromisoformat(payload["ends_on"]) if payload else None


def prepare(candidature: Candidature, motive: Motive, version: Version) -> TakenUp:
    """Work out what would be carried to a version; nothing is written. Raises CannotTakeUp without a dépôt."""
    filed = next(iter(acts.filed_sheets(candidature)), None)
    if filed is None:
        raise CannotTakeUp("Cette candidature n'a pas encore été déposée.")
    sheet = inheriting.orient_as(Sheet(version=version), candidature.sheet.given)
    certificates = _certificates(candidature, motive, version)
    today = timezone.localdate()
    targets = inheriting.targets_of(version, sheet.facts, holding_with(sheet.facts, certificates, today))
    plan = carry(
        inheriting.former_answers(filed),
        targets,
        inheriting.lineage_to(filed["version"]["code"], version.code),
        Rules(
            today=today,
            oldest_proof=add_months(today, -settings.PROCEDURE["carried_proof_months"]),
            other_service=motive == Motive.SISTER,
        ),
    )
    return TakenUp(sheet, plan, certificates)


@transaction.atomic
def take_up(
    candidature: Candidature,
    motive: Motive,
    version: Version,
    *,
    actor: User,
    service: Service | NewService | None = None,
) -> Candidature:
    """Open a candidature filled with the answers of a former one. `service` is the sister product.

    The caller has checked that `actor` may answer `candidature`. Raises CannotTakeUp.
    """
    Service.objects.select_for_update(of=("self",)).get(pk=candidature.service_id)  # two at once: one is told
    if sentence := refusal(candidature, motive):
        raise CannotTakeUp(sentence)
    if not version.is_open:
        raise CannotTakeUp("Ce référentiel n'est plus ouvert aux nouvelles candidatures.")
    taken = prepare(candidature, motive, version)
    taken.sheet.oriented_by = actor
    taken.sheet.save()
    inheriting.inherit(
        taken.sheet, taken.plan, origin=candidature.reference, user=actor, certificates=taken.certificates
    )
    return open_candidature(
        _service(candidature, motive, service), version, actor, sheet=taken.sheet, origin=candidature, motive=motive
    )


def sister_services(candidature: Candidature) -> Iterable[Service]:
    """Return the other services of the organisation."""
    return Service.objects.filter(organisation=candidature.organisation).exclude(pk=candidature.service_id)


def _certificates(candidature: Candidature, motive: Motive, version: Version) -> list[Certificate]:
    """The certificate of a product says nothing of its sister."""
    if motive == Motive.SISTER:
        return []
    return inheriting.certificates_for(version, sheets.certificates_of(candidature.sheet))


def _service(candidature: Candidature, motive: Motive, sister: Service | NewService | None) -> Service:
    if motive != Motive.SISTER:
        return candidature.service
    if isinstance(sister, Service):
        if sister.organisation_id != candidature.organisation.pk or sister.pk == candidature.service_id:
            raise CannotTakeUp("Choisissez un autre service de la même organisation.")
        return sister
    if sister is None:
        raise CannotTakeUp("Dites quel est l'autre service.")
    fields: dict[str, Any] = {"name": sister.name, "purpose": sister.purpose, "declinations": sister.declinations}
    return Service.objects.create(organisation=candidature.organisation, **fields)
