"""Comparing a file with the papers on file, without keeping it: its hash is taken while it arrives."""

import hashlib
import io
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from referencing.models import Document


class Hashed(UploadedFile):
    """What is left of a file once it has been read: its name, its size (bytes) and its hash."""

    def __init__(self, name: str, size: int, sha256: str) -> None:
        super().__init__(io.BytesIO(), name, size=size)
        self.sha256 = sha256


class HashingHandler(FileUploadHandler):
    """Reads an upload block by block and stores nothing: this page is open to all."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.digest = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.digest.update(raw_data)

    def file_complete(self, file_size: int) -> Hashed:
        return Hashed(self.file_name or "", file_size, self.digest.hexdigest())


def paper_with(sha256: str) -> Document | None:
    """Return the paper on file whose bytes are these, or None."""
    return Document.objects.filter(sha256=sha256).select_related("candidature").order_by("made_at").first()
