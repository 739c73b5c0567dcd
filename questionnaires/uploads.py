"""Receiving big files in several times, as tus 1.0.0 asks: what has arrived stays, what was cut starts again there.

The bytes of each request are kept apart and the offset advances under the lock of the row: of two requests that
continue the same file at once, one is refused and its bytes are thrown away.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Protocol

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.http import UnreadablePostError
from django.utils import timezone

from accounts.models import Organisation, User
from kit.templatetags.french import filesize_fr
from questionnaires import vault
from questionnaires.contents import FileRefused
from questionnaires.filetypes import TYPES, clean_name
from questionnaires.models import Upload, UploadPart

BLOCK = 1024 * 1024
DIGESTS = ("sha1", "sha256")


class Misplaced(Exception):
    """These bytes do not follow those that have arrived: somebody sent them already, or some are missing."""


class Corrupted(Exception):
    """The bytes received do not match the sum announced: none is kept."""


class Stream(Protocol):
    """The body of a request."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Checksum:
    """The sum announced for one request: `algorithm` is in DIGESTS, `value` its raw bytes."""

    algorithm: str
    value: bytes


def announce(organisation: Organisation, user: User, *, name: str, length: int) -> Upload:
    """Open a file to receive. Raises FileRefused, with one sentence, on what is known before any byte arrives."""
    name = clean_name(name)
    if PurePosixPath(name).suffix.removeprefix(".").lower() not in TYPES:
        accepted = ", ".join(known.upper() for known in TYPES)
        raise FileRefused(f"Le fichier « {name} » n'est pas d'un format accepté ({accepted}).")
    if length == 0:
        raise FileRefused(f"Le fichier « {name} » est vide.")
    if length > settings.EVIDENCE_MAX_BYTES:
        weight, limit = filesize_fr(length), filesize_fr(settings.EVIDENCE_MAX_BYTES)
        raise FileRefused(f"Le fichier « {name} » pèse {weight} : la limite est de {limit}.")
    with transaction.atomic():
        Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        vault.check_room(organisation, length, name)
        return Upload.objects.create(
            organisation=organisation, user=user, name=name, length=length, expires_at=_expiry(timezone.now())
        )


def append(upload: Upload, stream: Stream, *, offset: int, most: int, checksum: Checksum | None = None) -> Upload:
    """Keep what one request brings, as far as it goes: a cut connection keeps what was received, unless a sum is given.

    `most` is how many bytes the request announces. Raises Misplaced when `offset` is not where the file stands,
    Corrupted when the bytes do not match the sum.
    """
    if upload.offset != offset:
        raise Misplaced
    received = TemporaryUploadedFile("morceau", "application/octet-stream", 0, None)
    with received:
        digest = hashlib.new(checksum.algorithm, usedforsecurity=False) if checksum else None
        size = _receive(stream, received, most, digest)
        if checksum and digest and not hmac.compare_digest(digest.digest(), checksum.value):
            raise Corrupted
        return _keep(upload, received, offset, size) if size else upload


def terminate(upload: Upload) -> None:
    """Forget a file, with what has arrived of it."""
    with transaction.atomic():
        locked = Upload.objects.select_for_update(of=("self",)).filter(pk=upload.pk).first()
        if locked is None:
            return
        names = [str(part.file.name) for part in locked.parts.all()]
        locked.delete()
        transaction.on_commit(lambda: _erase(names))


def assembled(upload: Upload) -> TemporaryUploadedFile:
    """Return the whole file, its cursor at the start. The caller closes it, which erases it."""
    whole = TemporaryUploadedFile(upload.name, "application/octet-stream", upload.length, None)
    for part in upload.parts.all():
        with part.file.open("rb") as content:
            while block := content.read(BLOCK):
                whole.write(block)
    whole.flush()
    whole.seek(0)
    return whole


def arrived(organisation: Organisation, user: User, keys: Iterable[str]) -> list[Upload]:
    """Return the whole files of a person that bear these keys; those that expired are not among them."""
    known = {
        str(upload.public_id): upload
        for upload in Upload.objects.of(organisation, user).arrived().alive(timezone.now())
    }
    return [known[key] for key in dict.fromkeys(keys) if key in known]


def sweep(now: datetime) -> int:
    """Erase the files that nobody finished in time; return how many. Twice changes nothing."""
    expired = list(Upload.objects.filter(expires_at__lte=now))
    for upload in expired:
        terminate(upload)
    return len(expired)


def _receive(stream: Stream, target: TemporaryUploadedFile, most: int, digest: "hashlib._Hash | None") -> int:
    size = 0
    try:
        while size < most and (block := stream.read(min(BLOCK, most - size))):
            target.write(block)
            if digest:
                digest.update(block)
            size += len(block)
    except (UnreadablePostError, OSError):
        pass  # the connection was cut: what came before is good
    target.flush()
    target.size = size
    target.seek(0)
    return size


def _keep(upload: Upload, received: TemporaryUploadedFile, offset: int, size: int) -> Upload:
    part = UploadPart(upload=upload, start=offset, size=size)
    part.file.save("", received, save=False)
    try:
        return _advance(upload, part)
    except BaseException:
        part.file.delete(save=False)
        raise


@transaction.atomic
def _advance(upload: Upload, part: UploadPart) -> Upload:
    """Let a part count, unless another came first at the same place, or the file was given up meanwhile."""
    locked = Upload.objects.select_for_update(of=("self",)).filter(pk=upload.pk).first()
    if locked is None or locked.offset != part.start:
        raise Misplaced
    part.save()
    locked.offset = part.start + part.size
    locked.expires_at = _expiry(timezone.now())
    locked.save(update_fields=["offset", "expires_at"])
    return locked


def _erase(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


def _expiry(now: datetime) -> datetime:
    return now + timedelta(hours=settings.UPLOAD_HOURS)
