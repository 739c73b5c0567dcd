"""Sealing: the printed dossier, the proofs it quotes and a manifest, in one PDF that anyone can take apart and check."""

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import pikepdf

from dossiers.append import Enclosure, append_files
from dossiers.contents import Dossier
from dossiers.pieces import MANIFEST, Piece

MANIFEST_FORMAT = "referencement-manifeste/1"


@dataclass(frozen=True)
class Attachment:
    """A file found in a PDF. `relationship` is what PDF/A-3 calls it: "Supplement" for a proof, "Data" for the manifest."""

    name: str
    sha256: str
    size: int
    description: str
    relationship: str


def seal(base: bytes, pieces: Sequence[Piece], manifest: dict[str, Any], target: IO[bytes], *, at: datetime) -> None:
    """Write to `target` the printed dossier with each attached piece and the manifest.

    Holds the printed pages and one block of a file at a time. Raises `append.Altered` when a file of the vault is not
    the one that was deposited.
    """
    described = json.dumps({**manifest, "files": [_described(piece) for piece in pieces]}, ensure_ascii=False, indent=2)
    enclosures = [_manifest_file(described.encode()), *(_proof(piece) for piece in pieces if piece.is_attached)]
    append_files(base, enclosures, target, at=at.astimezone(UTC))


def manifest(dossier: Dossier) -> dict[str, Any]:
    """Return what the manifest says of the dossier itself; `seal` adds the files.

    {format, reference, round, referential: {code, title, content_sha256}, journal_head: "seq:hash", sealed_at}.
    """
    return {
        "format": MANIFEST_FORMAT,
        "reference": dossier.candidature.reference,
        "round": dossier.round,
        "referential": dict(dossier.referential),
        "journal_head": f"{dossier.event.seq}:{dossier.event.hash}",
        "sealed_at": dossier.event.at.isoformat(),
    }


def inspect(pdf: bytes | Path) -> list[Attachment]:
    """Return the files enclosed in a PDF, by name, each with the sha-256 of its bytes.

    Raises `pikepdf.PdfError` when it is not a PDF.
    """
    with pikepdf.open(io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf) as document:
        names: Any = document.Root.get("/Names", {})
        tree = pikepdf.NameTree(names["/EmbeddedFiles"]) if "/EmbeddedFiles" in names else {}
        return sorted((_found(specification) for specification in tree.values()), key=lambda found: found.name)


def _found(specification: Any) -> Attachment:
    content = specification.EF.F.read_bytes()
    return Attachment(
        name=str(specification.UF),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        description=str(specification.Desc),
        relationship=str(specification.AFRelationship).removeprefix("/"),
    )


def _described(piece: Piece) -> dict[str, Any]:
    return {
        "name": piece.name,
        "original_name": piece.original_name,
        "title": piece.title,
        "sha256": piece.sha256,
        "size": piece.size,
        "media_type": piece.media_type,
        "criteria": list(piece.criteria),
        "fate": piece.fate.value,
    }


def _manifest_file(content: bytes) -> Enclosure:
    return Enclosure(
        name=MANIFEST,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        media_type="application/json",
        description="Manifeste des pièces du dossier",
        relationship="Data",
        opener=lambda: io.BytesIO(content),
    )


def _proof(piece: Piece) -> Enclosure:
    return Enclosure(
        name=piece.name,
        sha256=piece.sha256,
        size=piece.size,
        media_type=piece.media_type,
        description=f"{piece.title} — critères {', '.join(piece.criteria)} — sha-256 {piece.sha256}",
        relationship="Supplement",
        opener=lambda: piece.source.storage.open(piece.source.name, "rb"),
    )
