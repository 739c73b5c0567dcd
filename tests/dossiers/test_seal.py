"""Sealing: files go in byte for byte, come out byte for byte, and the PDF stays a PDF."""

import hashlib
import io
import json
import resource
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from dossiers import press, seal
from dossiers.append import Altered, Enclosure, append_files
from dossiers.pieces import MANIFEST, Piece, gather
from tests.dossiers.reading import complaints_of_qpdf, opened, words_of

AT = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
PAGE = '<!DOCTYPE html><html lang="fr-FR"><head><title>Essai</title></head><body><h1>Dossier</h1></body></html>'
HOSTILE = '../../\u202egpj.exe\r\n"<script>.pdf'


class Stored:
    """What a `FieldFile` is for the press: a name in a storage."""

    def __init__(self, storage: FileSystemStorage, name: str, content: bytes) -> None:
        self.storage = storage
        self.name = storage.save(name, io.BytesIO(content))


@pytest.fixture(scope="module")
def base() -> bytes:
    return press.print_page(PAGE)


@pytest.fixture
def storage(tmp_path: Path) -> FileSystemStorage:
    return FileSystemStorage(location=tmp_path / "files")


def piece(storage: FileSystemStorage, content: bytes, *, name: str, criterion: str = "ADM-01") -> Piece:
    return Piece(
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        original_name=name,
        title="Preuve « à conviction »",
        media_type="application/pdf",
        criteria=(criterion,),
        source=Stored(storage, f"f{len(content)}", content),
    )


def sealed(base: bytes, pieces: list[Piece]) -> bytes:
    target = io.BytesIO()
    seal.seal(base, pieces, {"reference": "MES-2026-0001"}, target, at=AT)
    return target.getvalue()


def test_files_come_out_as_they_went_in(base: bytes, storage: FileSystemStorage, tmp_path: Path):
    contents = {
        "une.pdf": b"%PDF-1.4 endstream endobj trailer",
        "deux.csv": b"a;b\r",
        "trois.bin": bytes(range(256)) * 9000,
    }
    pieces = gather([piece(storage, content, name=name) for name, content in contents.items()], limit=10**9)
    pdf = sealed(base, pieces)
    assert complaints_of_qpdf(pdf, tmp_path) == ""
    path, out = tmp_path / "sealed.pdf", tmp_path / "out"
    out.mkdir()
    path.write_bytes(pdf)
    subprocess.run(["pdfdetach", "-saveall", "-o", str(out), str(path)], check=True)
    extracted = {file.name: file.read_bytes() for file in out.iterdir()}
    manifest = json.loads(extracted.pop(MANIFEST))
    assert extracted == {f"ADM-01 - {name}": content for name, content in contents.items()}
    assert manifest["reference"] == "MES-2026-0001"
    assert [(one["name"], one["sha256"], one["size"], one["criteria"]) for one in manifest["files"]] == [
        (f"ADM-01 - {name}", hashlib.sha256(content).hexdigest(), len(content), ["ADM-01"])
        for name, content in contents.items()
    ]


def test_each_file_says_what_it_proves(base: bytes, storage: FileSystemStorage):
    pieces = gather([piece(storage, b"xyz", name="une.pdf")], limit=10**9)
    found = seal.inspect(sealed(base, pieces))
    assert [(one.name, one.relationship) for one in found] == [("ADM-01 - une.pdf", "Supplement"), (MANIFEST, "Data")]
    assert found[0].sha256 == pieces[0].sha256
    assert found[0].description == f"Preuve « à conviction » — critères ADM-01 — sha-256 {pieces[0].sha256}"


def test_the_catalogue_declares_every_file_and_keeps_its_tags(base: bytes, storage: FileSystemStorage):
    pdf = sealed(base, gather([piece(storage, b"xyz", name="une.pdf")], limit=10**9))
    assert pdf.startswith(base)
    with opened(pdf) as document:
        assert [str(one.UF) for one in document.Root.AF] == [MANIFEST, "ADM-01 - une.pdf"]
        assert str(document.Root.AF[1].EF.F.Subtype) == "/application/pdf"
        assert str(document.Root.StructTreeRoot.Type) == "/StructTreeRoot"
        assert str(document.Root.Lang) == "fr-FR"
        first, second = document.trailer.ID
    with opened(base) as document:
        assert bytes(document.trailer.ID[0]) == bytes(first)
        assert bytes(document.trailer.ID[1]) != bytes(second)
    assert "Dossier" in words_of(pdf)


def test_a_hostile_name_is_only_a_name(base: bytes, storage: FileSystemStorage, tmp_path: Path):
    pdf = sealed(base, gather([piece(storage, b"xyz", name=HOSTILE)], limit=10**9))
    assert [one.name for one in seal.inspect(pdf)] == ["ADM-01 - gpj.exe script.pdf", MANIFEST]
    assert complaints_of_qpdf(pdf, tmp_path) == ""


def test_files_kept_apart_or_refused_are_listed_but_not_enclosed(base: bytes, storage: FileSystemStorage):
    big, small = piece(storage, b"x" * 100, name="grand.pdf"), piece(storage, b"y", name="petit.pdf")
    pdf = sealed(base, gather([big, small], limit=10))
    assert [one.name for one in seal.inspect(pdf)] == ["ADM-01 - petit.pdf", MANIFEST]
    with opened(pdf) as document:
        manifest = json.loads(document.attachments[MANIFEST].get_file().read_bytes())
    assert [(one["name"], one["fate"]) for one in manifest["files"]] == [
        ("ADM-01 - grand.pdf", "apart"),
        ("ADM-01 - petit.pdf", "attached"),
    ]


def test_a_dossier_without_proof_holds_its_manifest(base: bytes, tmp_path: Path):
    pdf = sealed(base, [])
    assert [one.name for one in seal.inspect(pdf)] == [MANIFEST]
    assert complaints_of_qpdf(pdf, tmp_path) == ""


@pytest.mark.parametrize("content", [b"autre contenu", b"xyzz", b"xy"])
def test_a_file_that_changed_stops_the_sealing(content: bytes, base: bytes, storage: FileSystemStorage):
    one = gather([piece(storage, b"xyz", name="une.pdf")], limit=10**9)[0]
    Path(storage.path(one.source.name)).write_bytes(content)
    with pytest.raises(Altered, match=r"« ADM-01 - une\.pdf » a changé depuis son dépôt"):
        sealed(base, [one])


def test_sealing_twice_gives_the_same_bytes(base: bytes, storage: FileSystemStorage):
    pieces = gather([piece(storage, b"xyz", name="une.pdf")], limit=10**9)
    assert sealed(base, pieces) == sealed(base, pieces)


def test_inspecting_a_plain_pdf_finds_nothing(base: bytes):
    assert seal.inspect(base) == []


class Zeros(io.RawIOBase):
    """A file of so many zeros that nobody has to hold."""

    def __init__(self, size: int) -> None:
        self.left = size

    def read(self, size: int = -1) -> bytes:
        given = min(size, self.left)
        self.left -= given
        return bytes(given)


def test_a_large_file_is_never_held_whole(base: bytes, tmp_path: Path):
    size, digest = 128 * 1024 * 1024, hashlib.sha256()
    for _ in range(128):
        digest.update(bytes(1024 * 1024))
    large = Enclosure(
        "gros.bin", digest.hexdigest(), size, "application/octet-stream", "gros", "Supplement", lambda: Zeros(size)
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with (tmp_path / "gros.pdf").open("wb") as target:
        append_files(base, [large], target, at=AT)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert (tmp_path / "gros.pdf").stat().st_size > size
    assert grown < 64 * 1024  # kilobytes
