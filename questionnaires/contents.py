"""Opening a file to see whether it is whole and what it claims to be. Each check raises FileRefused or Damaged."""

import codecs
import lzma
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO, cast

import pikepdf
from django.core.files import File
from PIL import Image, UnidentifiedImageError

MOST_PIXELS = 50_000_000
MOST_ENTRIES = 10_000
MOST_UNPACKED = 500 * 1024 * 1024
HIGHEST_RATIO = 100
SMALL = 10 * 1024 * 1024  # repetitive XML compresses a hundredfold; under this size it harms nobody
CHUNK = 1024 * 1024
ENCRYPTED = 0x1
# What the reading of a damaged archive may raise, from its table to its compressed bytes.
UNREADABLE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, EOFError, OSError, ValueError)
NESTED = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
NOT_PLAIN_TEXT = (b"%pdf-", b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class FileRefused(Exception):
    """The file cannot be a proof; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Damaged(Exception):
    """The file has the right first bytes, but does not open."""


def check_pdf(file: File, name: str) -> None:
    """Open it as a reader would: a slightly bent cross-reference table is mended, a lost page is not."""
    try:
        with pikepdf.open(_from_start(file)) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise _locked("Le PDF", name) from error
    except (pikepdf.PdfError, ValueError, OSError) as error:
        raise Damaged from error
    if not pages:
        raise Damaged


def check_png(file: File, name: str) -> None:
    with _image(file, name, "PNG") as image:
        image.verify()  # every chunk with its checksum, without decoding the pixels


def check_jpeg(file: File, name: str) -> None:
    with _image(file, name, "JPEG") as image:
        image.draft("L", (64, 64))  # reads the whole file while decoding an eighth of the pixels
        image.load()


def check_text(file: File, name: str) -> None:
    """Accept UTF-8, and the Windows code page that spreadsheets still export."""
    if not any(_decodes(file, encoding) for encoding in ("utf-8", "cp1252")):
        raise FileRefused(f"Le fichier « {name} » n'est pas un texte lisible : enregistrez-le en UTF-8.")


def check_docx(file: File, name: str) -> None:
    _check_office(file, name, "word/document.xml")


def check_xlsx(file: File, name: str) -> None:
    _check_office(file, name, "xl/workbook.xml")


def check_odt(file: File, name: str) -> None:
    _check_oasis(file, name, b"application/vnd.oasis.opendocument.text")


def check_ods(file: File, name: str) -> None:
    _check_oasis(file, name, b"application/vnd.oasis.opendocument.spreadsheet")


def check_zip(file: File, name: str) -> None:
    with _archive(file, name) as archive:
        if not archive.namelist():
            raise FileRefused(f"L'archive « {name} » est vide.")
        nested = [entry for entry in archive.namelist() if entry.lower().endswith(NESTED)]
        if nested:
            raise FileRefused(f"L'archive « {name} » en contient une autre (« {nested[0]} ») : déposez-la à part.")


def old_office(file: File, name: str, extension: str) -> FileRefused:
    """Return why an OLE file is not a docx or xlsx: encrypted by its author, or of the format before 2007."""
    file.seek(0)
    if "EncryptedPackage".encode("utf-16-le") in file.read(CHUNK):
        return _locked("Le document", name)
    return FileRefused(
        f"Le fichier « {name} » est d'un ancien format d'Office : enregistrez-le en {extension.upper()}."
    )


def _from_start(file: File) -> BinaryIO:
    if file.file is None:
        raise Damaged
    file.seek(0)
    return cast("BinaryIO", file.file)


def _locked(noun: str, name: str) -> FileRefused:
    return FileRefused(f"{noun} « {name} » est protégé par un mot de passe : déposez-en une version sans protection.")


@contextmanager
def _image(file: File, name: str, kind: str) -> Iterator[Image.Image]:
    try:
        with Image.open(_from_start(file), formats=[kind]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _too_many_pixels(name)
            yield image
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(name) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Damaged from error


def _too_many_pixels(name: str) -> FileRefused:
    return FileRefused(f"L'image « {name} » dépasse {MOST_PIXELS // 1_000_000} millions de pixels : réduisez-la.")


def _decodes(file: File, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        for chunk in file.chunks():
            if CONTROLS.search(chunk):
                return False
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _check_office(file: File, name: str, member: str) -> None:
    with _archive(file, name) as archive:
        members = archive.namelist()
        if "[Content_Types].xml" not in members or member not in members:
            raise _other_content(name)
        if any(entry.lower().endswith("vbaproject.bin") for entry in members):
            raise FileRefused(f"Le fichier « {name} » contient des macros : enregistrez-le sans elles.")


def _check_oasis(file: File, name: str, media_type: bytes) -> None:
    with _archive(file, name) as archive:
        members = archive.namelist()
        if "mimetype" not in members or "content.xml" not in members:
            raise _other_content(name)
        with archive.open("mimetype") as entry:
            if entry.read(200).strip() != media_type:
                raise _other_content(name)
        if "META-INF/manifest.xml" in members:
            with archive.open("META-INF/manifest.xml") as entry:
                if b"encryption-data" in entry.read(CHUNK):
                    raise _locked("Le document", name)


def _other_content(name: str) -> FileRefused:
    extension = PurePosixPath(name).suffix.removeprefix(".").upper()
    return FileRefused(f"Le contenu du fichier « {name} » n'est pas celui d'un fichier {extension}.")


@contextmanager
def _archive(file: File, name: str) -> Iterator[zipfile.ZipFile]:
    """Open an archive whose table of contents is reasonable and whose every entry unpacks to what it announces."""
    try:
        with zipfile.ZipFile(_from_start(file)) as archive:
            _check_entries(archive, name)
            if archive.testzip() is not None:
                raise Damaged
            yield archive
    except UNREADABLE as error:
        raise Damaged from error


def _check_entries(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise _locked("Le fichier", name)
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    bomb = len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED
    if bomb or (unpacked > SMALL and unpacked / packed > HIGHEST_RATIO):
        raise FileRefused(f"Le fichier « {name} » se décompresse en un volume démesuré : il est refusé par précaution.")
    for entry in entries:
        if stat.S_ISLNK(entry.external_attr >> 16) or _escapes(entry.filename):
            raise FileRefused(f"Le fichier « {name} » contient une entrée qui sort de l'archive : il est refusé.")


def _escapes(entry: str) -> bool:
    path = PurePosixPath(entry.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or entry[1:2] == ":"
