"""Adding files to the end of a PDF: an incremental update, written block by block, whatever the size of the files.

WeasyPrint and pikepdf hold every attachment in memory (half a gigabyte for half a gigabyte); this holds one block.
The bytes of the first printing are left as they are; PDF/A-3 asks for /AF and /AFRelationship, which are written here.
"""

import hashlib
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

import pikepdf

BLOCK = 1024 * 1024


class Altered(ValueError):
    """The bytes of a file are not those that were expected: the dossier must not be sealed with them."""


@dataclass(frozen=True)
class Enclosure:
    """A file to enclose. `opener` returns it open for reading; `relationship` is "Supplement" or "Data"."""

    name: str
    sha256: str
    size: int
    media_type: str
    description: str
    relationship: str
    opener: Any


def append_files(base: bytes, enclosures: Iterable[Enclosure], target: IO[bytes], *, at: datetime) -> None:
    """Write `base` to `target` with the files enclosed, in their order.

    `base` must have a classic table of objects (dossiers.press writes one). `at` dates the files inside the PDF.
    Raises `Altered` when a file has not the size or the sha-256 announced; what was written must then be thrown away.
    """
    with pikepdf.open(io.BytesIO(base)) as document:
        writer = _Writer(target, base, document)
        for enclosure in enclosures:
            writer.enclose(enclosure, at)
        writer.close()


class _Writer:
    """The new objects of the update and where each one starts."""

    def __init__(self, target: IO[bytes], base: bytes, document: pikepdf.Pdf) -> None:
        self.target = target
        self.document = document
        self.previous = int(re.findall(rb"startxref\s+(\d+)", base)[-1])
        self.next_number = int(document.trailer.Size)
        self.offsets: dict[int, int] = {}
        self.position = 0
        self.names: list[tuple[bytes, int]] = []
        self.digest = hashlib.sha256(base)
        self._write(base if base.endswith(b"\n") else base + b"\n")

    def enclose(self, enclosure: Enclosure, at: datetime) -> None:
        date = _text(at.strftime("D:%Y%m%d%H%M%S+00'00'"), plain=True)
        content = self._begin(self._new_number())
        self._write(
            b"<< /Type /EmbeddedFile /Subtype %b /Length %d /Params << /Size %d /ModDate %b >> >>\nstream\n"
            % (_name(enclosure.media_type), enclosure.size, enclosure.size, date)
        )
        self._copy(enclosure)
        self._write(b"\nendstream\nendobj\n")
        specification = self._begin(self._new_number())
        name = _text(enclosure.name)
        self._write(
            b"<< /Type /Filespec /F %b /UF %b /Desc %b /AFRelationship /%b /EF << /F %d 0 R /UF %d 0 R >> >>\nendobj\n"
            % (name, name, _text(enclosure.description), enclosure.relationship.encode(), content, content)
        )
        self.names.append((b"\xfe\xff" + enclosure.name.encode("utf-16-be"), specification))

    def close(self) -> None:
        """Write the catalogue again with the files in it, then the table of the new objects."""
        tree = self._begin(self._new_number())
        entries = b" ".join(b"<%b> %d 0 R" % (key.hex().encode(), number) for key, number in sorted(self.names))
        self._write(b"<< /Names [ %b ] >>\nendobj\n" % entries)
        root = self._begin(int(self.document.Root.objgen[0]))
        files = b" ".join(b"%d 0 R" % number for _, number in self.names)
        root_entries: Any = self.document.Root
        names: Any = self.document.Root.get("/Names", {})
        self._write(
            b"<< %b /Names << %b /EmbeddedFiles %d 0 R >> /AF [ %b ] >>\nendobj\n"
            % (_entries(root_entries, {"/Names", "/AF"}), _entries(names, {"/EmbeddedFiles"}), tree, files)
        )
        self._write_table(root)

    def _write_table(self, root: int) -> None:
        start = self.position
        self._write(b"xref\n")
        for number, offset in sorted(self.offsets.items()):
            self._write(b"%d 1\n%010d 00000 n \n" % (number, offset))
        trailer = self.document.trailer
        first, second = bytes(trailer.ID[0]).hex(), self.digest.hexdigest()[:32]
        info = b"/Info %d 0 R" % trailer.Info.objgen[0] if "/Info" in trailer else b""
        self._write(
            b"trailer\n<< /Size %d /Root %d 0 R %b /ID [ <%b> <%b> ] /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
            % (self.next_number, root, info, first.encode(), second.encode(), self.previous, start)
        )

    def _copy(self, enclosure: Enclosure) -> None:
        digest, size = hashlib.sha256(), 0
        with enclosure.opener() as stream:
            while block := stream.read(BLOCK):
                digest.update(block)
                size += len(block)
                self._write(block)
        if (size, digest.hexdigest()) != (enclosure.size, enclosure.sha256):
            raise Altered(f"« {enclosure.name} » a changé depuis son dépôt : le dossier n'est pas scellé.")
        self.digest.update(digest.digest())

    def _new_number(self) -> int:
        self.next_number += 1
        return self.next_number - 1

    def _begin(self, number: int) -> int:
        self.offsets[number] = self.position
        self._write(b"%d 0 obj\n" % number)
        return number

    def _write(self, content: bytes) -> None:
        self.target.write(content)
        self.position += len(content)


def _entries(dictionary: Mapping[str, Any], without: set[str]) -> bytes:
    """Return the entries of a dictionary of the PDF, as written in it; indirect ones stay references."""
    return b" ".join(
        pikepdf.Name(key).unparse() + b" " + value.unparse() for key, value in dictionary.items() if key not in without
    )


def _text(text: str, *, plain: bool = False) -> bytes:
    """A text string of a PDF, in hexadecimal: nothing in it can end it early."""
    encoded = text.encode("ascii") if plain else b"\xfe\xff" + text.encode("utf-16-be")
    return b"<%b>" % encoded.hex().encode()


def _name(media_type: str) -> bytes:
    """A media type as a name of a PDF, « /application#2Fpdf »; an unreadable one is told as bytes."""
    known = media_type if re.fullmatch(r"[a-z0-9.+-]+/[a-z0-9.+-]+", media_type) else "application/octet-stream"
    return b"/" + known.replace("/", "#2F").encode()
