"""What the antivirus has yet to read. The file's row is the work queue, as a delivery is that of the outbox.

Every room that keeps files (`ScannedFile`) is read from here, each in its turn. A file waits as « pending », or as
« error » after an attempt without an answer, until it is found safe or infected. What was deposited while no antivirus
was set is read too, as soon as there is one.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta
from time import monotonic

from django.apps import apps
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone

from journal import outbox
from journal.record import record
from questionnaires import antivirus
from questionnaires.models import ScannedFile

BELL = "questionnaires.tasks.scan_waiting"
LEASE = timedelta(seconds=600)
# After the first failure, the second… ; then every hour, for as long as it takes: nothing is served meanwhile.
BACKOFF = tuple(timedelta(seconds=seconds) for seconds in (15, 60, 300, 1800, 3600))
Scan = ScannedFile.Scan
QUARANTINE = "quarantaine/"

logger = logging.getLogger(__name__)


def first_state() -> str:
    """Return the state of what is deposited now."""
    return Scan.PENDING if settings.CLAMD_SOCKET else Scan.DISABLED


def ring() -> None:
    """Tell the workers that a file waits for the antivirus; the sweep finds it anyway."""
    if settings.CLAMD_SOCKET:
        outbox.ring(BELL)


def waiting() -> Iterator[ScannedFile]:
    """The files that the antivirus should read now, room by room, the oldest first; at most ten of each."""
    ripe = models.Q(scan_next_at=None) | models.Q(scan_next_at__lte=timezone.now())
    for kept in (model for model in apps.get_models() if issubclass(model, ScannedFile)):
        rows = kept._default_manager.filter(ripe, scan__in=(Scan.PENDING, Scan.ERROR, Scan.DISABLED))
        yield from rows.order_by("pk")[:10]


def scan_waiting(*, seconds: float = 60) -> int:
    """Have the antivirus read what waits, one file at a time; return how many were read. Does nothing without one."""
    stop = monotonic() + seconds
    read = 0
    while settings.CLAMD_SOCKET and monotonic() < stop and (kept := _claim()):
        _read(kept)
        read += 1
    return read


def _claim() -> ScannedFile | None:
    """Take the first file that waits, or None. Two workers never hold the same one (compare-and-swap)."""
    for file in waiting():
        mine = _rows(file).filter(scan_attempts=file.scan_attempts)
        file.scan_attempts += 1
        if mine.update(scan_attempts=file.scan_attempts, scan_next_at=timezone.now() + LEASE):
            return file
    return None


def _read(kept: ScannedFile) -> None:
    try:
        with kept.file.open("rb") as content:
            judgement = antivirus.scan(content.file, settings.CLAMD_SOCKET)
    except (antivirus.Unreachable, OSError) as error:
        _postpone(kept, str(error))
        return
    if judgement.is_safe:
        _settle(kept, Scan.SAFE)
    else:
        _quarantine(kept, judgement.virus)


def _postpone(kept: ScannedFile, why: str) -> None:
    wait = BACKOFF[min(kept.scan_attempts, len(BACKOFF)) - 1]
    _mine(kept).update(scan=Scan.ERROR, scan_detail=why[:200], scan_next_at=timezone.now() + wait)
    logger.warning("antivirus : le fichier %s n'a pas été lu (essai %s) : %s", kept.sha256, kept.scan_attempts, why)


def _settle(kept: ScannedFile, state: str, *, detail: str = "", **fields: object) -> bool:
    """Close an attempt, unless it outlived its lease and another worker has begun the next."""
    now = timezone.now()
    return bool(_mine(kept).update(scan=state, scan_detail=detail[:200], scanned_at=now, scan_next_at=None, **fields))


def _mine(kept: ScannedFile) -> models.QuerySet[ScannedFile]:
    same = _rows(kept).filter(scan_attempts=kept.scan_attempts)
    return same.exclude(scan__in=(Scan.SAFE, Scan.INFECTED))


def _rows(kept: ScannedFile) -> models.QuerySet[ScannedFile]:
    return type(kept)._default_manager.filter(pk=kept.pk)


def _quarantine(kept: ScannedFile, virus: str) -> None:
    """Put an infected file aside, where nothing serves it, and say so; the bytes stay, for whoever investigates."""
    known = str(kept.file.name)
    with kept.file.open("rb") as content:
        aside = default_storage.save(QUARANTINE + known.rpartition("/")[2], File(content))
    with transaction.atomic():
        if not _settle(kept, Scan.INFECTED, detail=virus, file=aside):
            transaction.on_commit(lambda: default_storage.delete(aside))
            return
        kind, subject, data = kept.infection()
        record(kind, subject, actor=None, data=data | {"sha256": kept.sha256, "virus": virus[:200]})
        transaction.on_commit(lambda: default_storage.delete(known))
    logger.error("antivirus : le fichier %s contient %s, mis en quarantaine", kept.sha256, virus)
