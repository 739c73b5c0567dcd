"""Which files may become proofs. A file is refused with one sentence; an accepted one is known by its SHA-256.

The content must be what the extension says; nothing here trusts the media type that the browser announces.
"""

import hashlib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

import puremagic
from django.core.files import File

from kit.templatetags.french import filesize_fr
from questionnaires import contents, videos
from questionnaires.contents import Damaged, FileRefused

# The industry's harmless test string, in two halves so that this source is not itself taken for a virus.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LONGEST_NAME = 150


@dataclass(frozen=True)
class FileType:
    """`signatures` are the first bytes possible, none for a text; `check` opens the file and raises when it cannot."""

    media_type: str
    signatures: tuple[bytes, ...]
    check: Callable[[File, str], None]


ZIP = (b"PK\x03\x04", b"PK\x05\x06")
MP4 = tuple(bytes((0, 0, 0, length)) + b"ftyp" for length in range(16, 256, 4))  # a box says its length first
OFFICE = "application/vnd.openxmlformats-officedocument"
OASIS = "application/vnd.oasis.opendocument"
JPEG = FileType("image/jpeg", (b"\xff\xd8\xff",), contents.check_jpeg)
TYPES = {
    "pdf": FileType("application/pdf", (b"%PDF-",), contents.check_pdf),
    "png": FileType("image/png", (b"\x89PNG\r\n\x1a\n",), contents.check_png),
    "jpg": JPEG,
    "jpeg": JPEG,
    "docx": FileType(f"{OFFICE}.wordprocessingml.document", ZIP, contents.check_docx),
    "xlsx": FileType(f"{OFFICE}.spreadsheetml.sheet", ZIP, contents.check_xlsx),
    "odt": FileType(f"{OASIS}.text", ZIP, contents.check_odt),
    "ods": FileType(f"{OASIS}.spreadsheet", ZIP, contents.check_ods),
    "csv": FileType("text/csv", (), contents.check_text),
    "txt": FileType("text/plain", (), contents.check_text),
    "zip": FileType("application/zip", ZIP, contents.check_zip),
    "mp4": FileType("video/mp4", MP4, videos.check_mp4),
    "webm": FileType("video/webm", (b"\x1aE\xdf\xa3",), videos.check_webm),
}
ACCEPT = ",".join(f".{extension}" for extension in TYPES)


@dataclass(frozen=True)
class Examined:
    """An accepted file: its cleaned name, what it is, its size in bytes and the SHA-256 of its bytes (hexadecimal)."""

    name: str
    media_type: str
    size: int
    sha256: str


def examine(file: File, *, max_bytes: int) -> Examined:
    """Read a file by chunks and say what it is; its cursor is back at the start afterwards.

    Raises FileRefused with one French sentence.
    """
    name = clean_name(file.name or "")
    extension = PurePosixPath(name).suffix.removeprefix(".").lower()
    kind = TYPES.get(extension)
    if kind is None:
        accepted = ", ".join(known.upper() for known in TYPES)
        raise FileRefused(f"Le fichier « {name} » n'est pas d'un format accepté ({accepted}).")
    try:
        size, sha256 = _digest(file, name, max_bytes)
        _check_signature(file, name, extension, kind)
        kind.check(file, name)
    except Damaged as damage:
        raise FileRefused(
            f"Le fichier « {name} » est endommagé : il ne s'ouvre pas. Exportez-le de nouveau."
        ) from damage
    finally:
        file.seek(0)
    return Examined(name, kind.media_type, size, sha256)


def clean_name(name: str) -> str:
    """Return a name that is only a name: no folder, no control nor invisible character, at most 150 characters."""
    base = unicodedata.normalize("NFC", name.replace("\\", "/")).rsplit("/", 1)[-1]
    visible = "".join(" " if char.isspace() else char for char in base if char.isspace() or char.isprintable())
    trimmed = " ".join(visible.split()).strip(". ") or "fichier"
    path = PurePosixPath(trimmed)
    return f"{path.stem[: LONGEST_NAME - len(path.suffix)]}{path.suffix}" if len(trimmed) > LONGEST_NAME else trimmed


def _digest(file: File, name: str, max_bytes: int) -> tuple[int, str]:
    if file.size == 0:
        raise FileRefused(f"Le fichier « {name} » est vide.")
    if file.size > max_bytes:
        weight, limit = filesize_fr(file.size), filesize_fr(max_bytes)
        raise FileRefused(f"Le fichier « {name} » pèse {weight} : la limite est de {limit}.")
    digest, tail = hashlib.sha256(), b""
    for chunk in file.chunks():
        digest.update(chunk)
        if EICAR in tail + chunk:
            raise FileRefused(f"Le fichier « {name} » contient un virus de test : il est refusé.")
        tail = chunk[-len(EICAR) :]
    return file.size, digest.hexdigest()


def _check_signature(file: File, name: str, extension: str, kind: FileType) -> None:
    file.seek(0)
    head = file.read(4096)
    if kind.signatures and head.startswith(kind.signatures):
        return
    if not kind.signatures and not head.lstrip().lower().startswith(contents.NOT_PLAIN_TEXT):
        return
    if head.startswith(contents.OLD_OFFICE) and extension in ("docx", "xlsx"):
        raise contents.old_office(file, name, extension)
    raise FileRefused(
        f"Le contenu du fichier « {name} » n'est pas celui d'un fichier {extension.upper()}{_looks_like(head)}."
    )


def _looks_like(head: bytes) -> str:
    """Name what the first bytes resemble, to help the person find their mistake."""
    try:
        guesses = puremagic.magic_string(head)
    except puremagic.PureError:
        return ""
    named = [guess.extension.removeprefix(".").upper() for guess in guesses if guess.extension]
    return f" : il ressemble à un fichier {named[0]}" if named else ""
