"""A draft changes version of the référentiel, when its éditeur accepts the simulation; it may change its mind."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from journal.record import record
from questionnaires import sheets
from questionnaires.models import Version
from questionnaires.upgrade import Simulation
from referencing.locking import locked_with_sheet
from referencing.models import Candidature, Upgrade
from referencing.stages import Stage


class UpgradeRefused(Exception):
    """The draft cannot change version now; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Outdated(Exception):
    """The sheet changed since the simulation was drawn: another one must be read before it is accepted."""


def targets(candidature: Candidature) -> list[Version]:
    """Return the versions that a draft may go to: those open, but its own."""
    return list(Version.objects.open_for_filing().exclude(pk=candidature.sheet.version_id))


@transaction.atomic
def accept(candidature: Candidature, version: Version, *, drawn: str, actor: User) -> Simulation:
    """Put a draft on another version, as the simulation marked `drawn` said. The former sheet is frozen and kept.

    Raises UpgradeRefused when the candidature is no draft or the version not open, Outdated when anything in the
    sheet changed since.
    """
    locked = _locked_draft(candidature)
    sheet = locked.sheet
    if not version.is_open or version.pk == sheet.version_id:
        raise UpgradeRefused(f"La version « {version.title} » ne peut pas être choisie pour cette candidature.")
    if sheets.drawn_on(sheet, version) != drawn:
        raise Outdated
    simulation = sheets.simulate_upgrade(sheet, version)
    upgraded = sheets.open_upgraded(sheet, version, simulation, actor)
    sheets.freeze(sheet)
    locked.sheet = upgraded
    locked.save(update_fields=["sheet"])
    Upgrade.objects.create(candidature=locked, former=sheet, sheet=upgraded, accepted_by=actor)
    _tell(locked, "candidature.upgraded", sheet.version, version, actor, **_counts(simulation))
    return simulation


@transaction.atomic
def undo(candidature: Candidature, upgrade: Upgrade, *, actor: User) -> None:
    """Go back to the former sheet, as it was; what was answered since stays readable in the other one.

    Raises UpgradeRefused when the candidature is no draft, or when it is not the latest change any more.
    """
    locked = _locked_draft(candidature)
    row = Upgrade.objects.select_related("former__version", "sheet__version").get(pk=upgrade.pk)
    if row.undone_at is not None or row.sheet_id != locked.sheet_id:
        raise UpgradeRefused("Ce changement de version n'est plus le dernier : rien à annuler.")
    sheets.freeze(row.sheet)
    sheets.reopen_all(row.former)
    locked.sheet = row.former
    locked.save(update_fields=["sheet"])
    row.undone_by, row.undone_at = actor, timezone.now()
    row.save(update_fields=["undone_by", "undone_at"])
    _tell(locked, "candidature.upgrade_undone", row.sheet.version, row.former.version, actor)


def _locked_draft(candidature: Candidature) -> Candidature:
    locked = locked_with_sheet(candidature)
    if locked.stage != Stage.DRAFT:
        raise UpgradeRefused(
            "La candidature est déposée : elle reste jusqu'au bout sur la version du référentiel de son dépôt."
        )
    return locked


def _counts(simulation: Simulation) -> dict[str, Any]:
    return {"counts": {str(outcome.value): number for outcome, number in simulation.counts.items()}}


def _tell(candidature: Candidature, kind: str, left: Version, taken: Version, actor: User, **more: Any) -> None:
    data = {"left": left.code, "taken": taken.code, "content_sha256": taken.content_sha256, **more}
    record(kind, candidature.reference, actor=actor, data=data)
