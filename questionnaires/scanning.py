"""What the antivirus has yet to read. The revision is the work queue, as a delivery is that of the outbox.

A revision waits as « pending », or as « error » after an attempt without an answer, until it is found safe or infected.
What was deposited while no antivirus was set is read too, as soon as there is one.
"""

import logging
from datetime import timedelta
from time import monotonic

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone

from journal import outbox
from journal.record import record
from questionnaires import antivirus
from questionnaires.models import EvidenceRevision

INFECTED = "evidence.infected"
BELL = "questionnaires.tasks.scan_waiting"
LEASE = timedelta(seconds=600)
# After the first failure, the second… ; then every hour, for as long as it takes: nothing is served meanwhile.
BACKOFF = tuple(timedelta(seconds=seconds) for seconds in (15, 60, 300, 1800, 3600))
Scan = EvidenceRevision.Scan
QUARANTINE = "quarantaine/"

logger = logging.getLogger(__name__)


def first_state() -> str:
    """Return the state of what is deposited now."""
    return Scan.PENDING if settings.CLAMD_SOCKET else Scan.DISABLED


def ring() -> None:
    """Tell the workers that a file waits for the antivirus; the sweep finds it anyway."""
    if settings.CLAMD_SOCKET:
        outbox.ring(BELL)


def waiting() -> models.QuerySet[EvidenceRevision]:
    """The revisions that the antivirus should read now, the oldest first."""
    ripe = models.Q(scan_next_at=None) | models.Q(scan_next_at__lte=timezone.now())
    return EvidenceRevision.objects.filter(ripe, scan__in=(Scan.PENDING, Scan.ERROR, Scan.DISABLED)).order_by("pk")


def scan_waiting(*, seconds: float = 60) -> int:
    """Have the antivirus read what waits, one file at a time; return how many were read. Does nothing without one."""
    stop = monotonic() + seconds
    read = 0
    while settings.CLAMD_SOCKET and monotonic() < stop and (revision := _claim()):
        _read(revision)
        read += 1
    return read


def _claim() -> EvidenceRevision | None:
    """Take the first revision that waits, or None. Two workers never hold the same one (compare-and-swap)."""
    for revision in waiting()[:10]:
        mine = EvidenceRevision.objects.filter(pk=revision.pk, scan_attempts=revision.scan_attempts)
        revision.scan_attempts += 1
        if mine.update(scan_attempts=revision.scan_attempts, scan_next_at=timezone.now() + LEASE):
            return revision
    return None


def _read(revision: EvidenceRevision) -> None:
    try:
        with revision.file.open("rb") as content:
            judgement = antivirus.scan(content.file, settings.CLAMD_SOCKET)
    except (antivirus.Unreachable, OSError) as error:
        _postpone(revision, str(error))
        return
    if judgement.is_safe:
        _settle(revision, Scan.SAFE)
    else:
        _quarantine(revision, judgement.virus)


def _postpone(revision: EvidenceRevision, why: str) -> None:
    wait = BACKOFF[min(revision.scan_attempts, len(BACKOFF)) - 1]
    _mine(revision).update(scan=Scan.ERROR, scan_detail=why[:200], scan_next_at=timezone.now() + wait)
    logger.warning(
        "antivirus : la révision %s n'a pas été lue (essai %s) : %s", revision.pk, revision.scan_attempts, why
    )


def _settle(revision: EvidenceRevision, state: str, *, detail: str = "", **fields: object) -> bool:
    """Close an attempt, unless it outlived its lease and another worker has begun the next."""
    now = timezone.now()
    return bool(
        _mine(revision).update(scan=state, scan_detail=detail[:200], scanned_at=now, scan_next_at=None, **fields)
    )


def _mine(revision: EvidenceRevision) -> models.QuerySet[EvidenceRevision]:
    same = EvidenceRevision.objects.filter(pk=revision.pk, scan_attempts=revision.scan_attempts)
    return same.exclude(scan__in=(Scan.SAFE, Scan.INFECTED))


def _quarantine(revision: EvidenceRevision, virus: str) -> None:
    """Put an infected file aside, where nothing serves it, and say so; the bytes stay, for whoever investigates."""
    known = str(revision.file.name)
    with revision.file.open("rb") as content:
        aside = default_storage.save(QUARANTINE + known.rpartition("/")[2], File(content))
    with transaction.atomic():
        if not _settle(revision, Scan.INFECTED, detail=virus, file=aside):
            transaction.on_commit(lambda: default_storage.delete(aside))
            return
        data = {
            "revision": str(revision.public_id),
            "organisation": revision.evidence.organisation.siren,
            "sha256": revision.sha256,
            "virus": virus[:200],
        }
        record(INFECTED, f"preuve-{revision.evidence_id}", actor=None, data=data)
        transaction.on_commit(lambda: default_storage.delete(known))
    logger.error("antivirus : la révision %s contient %s, mise en quarantaine", revision.pk, virus)
