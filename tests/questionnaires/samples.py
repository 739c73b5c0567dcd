"""Files people might deposit, good and bad, made on the fly."""

import io
import zipfile

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

OFFICE = "[Content_Types].xml"
OASIS = "application/vnd.oasis.opendocument."


def uploaded(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def pdf(*, pages: int = 1, encryption: pikepdf.Encryption | None = None) -> bytes:
    stream = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        document.save(stream, encryption=encryption)
    return stream.getvalue()


def locked_pdf() -> bytes:
    return pdf(encryption=pikepdf.Encryption(user="secret", owner="secret"))


def image(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    stream = io.BytesIO()
    Image.effect_noise(size, 50).save(stream, kind)
    return stream.getvalue()


def archive(**entries: bytes) -> bytes:
    return archive_of(dict(entries))


def archive_of(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return stream.getvalue()


def docx(**more: bytes) -> bytes:
    return archive_of({OFFICE: b"<Types/>", "word/document.xml": b"<document/>", **more})


def xlsx() -> bytes:
    return archive_of({OFFICE: b"<Types/>", "xl/workbook.xml": b"<workbook/>"})


def oasis(kind: str, *, manifest: bytes = b"<manifest/>") -> bytes:
    return archive_of(
        {
            "mimetype": f"{OASIS}{kind}".encode(),
            "content.xml": b"<content/>",
            "META-INF/manifest.xml": manifest,
        }
    )


def bomb() -> bytes:
    return archive_of({"zeros.txt": bytes(20 * 1024 * 1024)})


def crowded() -> bytes:
    return archive_of({f"{rank}.txt": b"" for rank in range(10_001)})


def with_flags(content: bytes, flags: int) -> bytes:
    """Set the general flags of the first entry, in both of the places where a zip writes them."""
    changed = bytearray(content)
    changed[6:8] = flags.to_bytes(2, "little")
    directory = content.index(b"PK\x01\x02")
    changed[directory + 8 : directory + 10] = flags.to_bytes(2, "little")
    return bytes(changed)


def with_symlink() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        entry = zipfile.ZipInfo("lien")
        entry.external_attr = 0o120777 << 16
        made.writestr(entry, "/etc/passwd")
    return stream.getvalue()


def broken_compression() -> bytes:
    """An archive whose first entry no longer decompresses at all."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.txt", b"contenu " * 50)
    start = len(b"PK") + 28 + len("a.txt")
    return stream.getvalue()[:start] + b"\xff\xff" + stream.getvalue()[start + 2 :]


def broken_entry() -> bytes:
    """An archive whose first entry no longer matches its checksum."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as made:
        made.writestr("a.txt", b"contenu")
    return stream.getvalue().replace(b"contenu", b"altere!", 1)
