"""Opening a PDF as others do: poppler for the words, qpdf for the syntax, pikepdf for the structure."""

import io
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf

from referencing.models import Document


def bytes_of(document: Document) -> bytes:
    with document.file.open("rb") as stream:
        return bytes(stream.read())


def plain(text: str) -> str:
    """One space between words, whatever the breaks and the unbreakable spaces."""
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " ")).strip()


def letters(text: str) -> str:
    """The text without any space: a press may break a line after a slash or a hyphen."""
    return re.sub(r"\s", "", text)


def words_of(pdf: bytes) -> str:
    """Return the text of every page, in reading order."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return plain(done.stdout.decode())


def complaints_of_qpdf(pdf: bytes, folder: Path) -> str:
    """Return what `qpdf --check` finds wrong, empty when nothing."""
    path = folder / "checked.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@contextmanager
def opened(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        yield document


def structure(element: Any) -> Iterator[Any]:
    """Walk the tags of a document, the root first."""
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from structure(kid)
