"""Keeping a paper: file first, row after. A file without its row is served to nobody; a row always has a whole file.

The row is unique by event and kind, so making a paper twice changes nothing, and two workers at once keep one.
"""

import hashlib
import tempfile
from collections.abc import Callable
from contextlib import suppress
from typing import IO

from django.core.files import File
from django.core.files.storage import Storage
from django.db import IntegrityError, transaction

from dossiers.papers import Paper
from journal.models import Event
from referencing.models import Candidature, Document

BLOCK = 1024 * 1024
# Bytes of a paper held in memory before they go to a temporary file.
IN_MEMORY = 8 * BLOCK


class BadWriting(OSError):
    """The storage gave back other bytes than those it was given."""


def kept(event: Event, kind: str) -> Document | None:
    return Document.objects.filter(event=event, kind=kind).first()


def keep(
    paper: Paper,
    candidature: Candidature,
    event: Event,
    *,
    pages: int,
    write: Callable[[IO[bytes]], None],
    also: Callable[[Document], None] | None = None,
) -> Document | None:
    """Store what `write` writes, then the row of the document and, in the same transaction, what `also` files.

    Returns None when another worker kept the paper first: its own file is thrown away. Must run outside a transaction,
    for files do not roll back. Raises `BadWriting` when the storage does not give back what it was given.
    """
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as content:
        write(content)
        size, sha256 = content.tell(), _digest(content)
        document = Document(
            candidature=candidature,
            event=event,
            kind=paper.kind,
            audience=paper.audience,
            title=paper.title,
            sha256=sha256,
            size=size,
            pages=pages,
        )
        document.file.save("", File(content), save=False)
    storage, name = document.file.storage, str(document.file.name)
    try:
        _check(storage, name, sha256)
        with transaction.atomic():
            document.save(force_insert=True)
            if also:
                also(document)
    except IntegrityError:
        storage.delete(name)
        if kept(event, paper.kind):
            return None
        raise
    except Exception:
        with suppress(OSError):
            storage.delete(name)
        raise
    return document


def _check(storage: Storage, name: str, sha256: str) -> None:
    """Read the file back: a full disk or a cut connection must be known now, not on the day it is opened."""
    with storage.open(name, "rb") as stream:
        if _digest(stream) != sha256:
            raise BadWriting("Le stockage n'a pas rendu le document tel qu'il l'a reçu.")


def _digest(stream: IO[bytes]) -> str:
    """Return the sha-256 of a stream, read from its beginning; leaves it there."""
    digest = hashlib.sha256()
    stream.seek(0)
    while block := stream.read(BLOCK):
        digest.update(block)
    stream.seek(0)
    return digest.hexdigest()
