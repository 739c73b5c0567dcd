"""Opens the sealed dossier as anybody could: its text, its attachments, its structure."""

import hashlib
import io
import subprocess
from pathlib import Path

import pikepdf

from dossiers.seal import inspect
from questionnaires import sheets
from referencing.models import Candidature
from tests.trip.proofs import ADDED, GIVEN


def uploaded() -> set[str]:
    """Return the sha-256 of every file deposited during the trip."""
    contents = [content for _, content in GIVEN.values()] + [ADDED[2]]
    return {hashlib.sha256(content).hexdigest() for content in contents}


def check(pdf: bytes, candidature: Candidature, folder: Path) -> None:
    file = folder / "dossier.pdf"
    file.write_bytes(pdf)
    report = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
    assert (report.returncode, report.stderr) == (0, ""), report.stdout
    assert {found.sha256 for found in inspect(pdf) if found.relationship == "Supplement"} == uploaded()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == "fr-FR"
        assert bool(document.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in document.Root
        assert candidature.reference in str(document.docinfo["/Title"])
    text = squeezed(subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout)
    asked = [item.criterion for item in sheets.overview(candidature.sheet).items if item.verdict.applies]
    assert [criterion.code for criterion in asked if squeezed(criterion.text) not in text] == []


def squeezed(text: str) -> str:
    """Return a text without what typesetting changes: spaces, line breaks, hyphens at their ends."""
    return "".join(text.split()).replace("-", "").replace("\xad", "")
