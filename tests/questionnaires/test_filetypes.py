import hashlib

import pikepdf
import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile

from questionnaires.contents import FileRefused
from questionnaires.filetypes import ACCEPT, EICAR, clean_name, examine
from tests.questionnaires import samples

LIMIT = 5 * 1024 * 1024
PDF = "application/pdf"
OFFICE = "application/vnd.openxmlformats-officedocument"
OASIS = "application/vnd.oasis.opendocument"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal_of(name: str, content: bytes, *, limit: int = LIMIT) -> str:
    with pytest.raises(FileRefused) as refusal:
        examine(samples.uploaded(name, content), max_bytes=limit)
    return refusal.value.sentence


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("certificat.pdf", samples.pdf(), PDF),
        ("CERTIFICAT.PDF", samples.pdf(), PDF),
        ("proprietaire.pdf", samples.pdf(encryption=pikepdf.Encryption(user="", owner="secret")), PDF),
        ("ecran.png", samples.image("PNG"), "image/png"),
        ("ecran.jpg", samples.image("JPEG"), "image/jpeg"),
        ("ecran.jpeg", samples.image("JPEG"), "image/jpeg"),
        ("pssi.docx", samples.docx(), f"{OFFICE}.wordprocessingml.document"),
        ("matrice.xlsx", samples.xlsx(), f"{OFFICE}.spreadsheetml.sheet"),
        ("pssi.odt", samples.oasis("text"), f"{OASIS}.text"),
        ("matrice.ods", samples.oasis("spreadsheet"), f"{OASIS}.spreadsheet"),
        ("mesures.csv", "date;glycémie\n2026-01-02;1,2\n".encode(), "text/csv"),
        ("mesures.csv", "date;glycémie\n".encode("cp1252"), "text/csv"),
        ("mesures.csv", b"\xef\xbb\xbfdate;poids\n", "text/csv"),
        ("BMI.csv", b"BMI;22\n", "text/csv"),
        ("lisez-moi.txt", "Bonjour\tà tous\r\n".encode(), "text/plain"),
        ("tests.zip", samples.archive_of({"a/b.txt": b"oui", "c.json": b"{}"}), "application/zip"),
    ],
)
def test_it_accepts_what_is_what_it_says(name: str, content: bytes, media_type: str):
    file = samples.uploaded(name, content)
    examined = examine(file, max_bytes=LIMIT)
    assert (examined.name, examined.media_type, examined.size) == (name, media_type, len(content))
    assert examined.sha256 == hashlib.sha256(content).hexdigest()
    assert file.read() == content


def test_it_reads_a_large_file_from_the_disk_by_chunks():
    content = b"ligne\n" * 500_000
    with TemporaryUploadedFile("long.txt", "text/plain", len(content), None) as file:
        file.write(content)
        file.seek(0)
        assert examine(file, max_bytes=LIMIT).sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(("name", "content"), [("a.pdf", samples.pdf()), ("a.docx", samples.docx())])
def test_it_opens_a_file_kept_on_the_disk(name: str, content: bytes):
    with TemporaryUploadedFile(name, "", len(content), None) as file:
        file.write(content)
        file.seek(0)
        assert examine(file, max_bytes=LIMIT).size == len(content)


def test_it_refuses_an_empty_file():
    assert refusal_of("vide.pdf", b"") == "Le fichier « vide.pdf » est vide."


def test_it_refuses_a_file_too_large_and_says_both_sizes():
    assert refusal_of("gros.txt", b"x" * 2048, limit=1024) == (
        "Le fichier « gros.txt » pèse 2\xa0ko : la limite est de 1\xa0ko."
    )


@pytest.mark.parametrize(
    "name",
    [
        "virus.exe",
        "facture.pdf.exe",
        "facture.pdf%00.html",
        "facture.pdf\x00.html",
        "page.html",
        "dessin.svg",
        "macro.docm",
        "macro.xlsm",
        "ancien.doc",
        "photo.gif",
        "photo.heic",
        "archive.7z",
        "script.js",
        "donnees.json",
        "sans_extension",
        ".pdf",
        "facture\u202efdp.exe",
    ],
)
def test_it_refuses_the_kinds_that_are_not_listed(name: str):
    assert refusal_of(name, samples.pdf()) == (
        f"Le fichier « {clean_name(name)} » n'est pas d'un format accepté "
        "(PDF, PNG, JPG, JPEG, DOCX, XLSX, ODT, ODS, CSV, TXT, ZIP, MP4, WEBM)."
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", samples.image("PNG"), "n'est pas celui d'un fichier PDF : il ressemble à un fichier PNG."),
        ("a.png", samples.image("JPEG"), "n'est pas celui d'un fichier PNG : il ressemble à un fichier JFIF."),
        ("a.jpg", samples.pdf(), "n'est pas celui d'un fichier JPG : il ressemble à un fichier PDF."),
        ("a.pdf", b"MZ\x90\x00" + bytes(60), "n'est pas celui d'un fichier PDF : il ressemble à un fichier EXE."),
        ("a.pdf", b"du texte", "n'est pas celui d'un fichier PDF."),
        ("a.pdf", b"GIF89a" + samples.pdf(), "n'est pas celui d'un fichier PDF : il ressemble à un fichier GIF."),
        ("a.txt", samples.pdf(), "n'est pas celui d'un fichier TXT : il ressemble à un fichier PDF."),
        ("a.csv", b"  <!DOCTYPE html><html>", "n'est pas celui d'un fichier CSV"),
        ("a.txt", b"<svg onload='alert(1)'>", "n'est pas celui d'un fichier TXT"),
        ("a.docx", samples.archive(a=b"x"), "n'est pas celui d'un fichier DOCX."),
        ("a.docx", samples.xlsx(), "n'est pas celui d'un fichier DOCX."),
        ("a.xlsx", samples.docx(), "n'est pas celui d'un fichier XLSX."),
        ("a.odt", samples.oasis("spreadsheet"), "n'est pas celui d'un fichier ODT."),
        ("a.ods", samples.docx(), "n'est pas celui d'un fichier ODS."),
        ("a.zip", samples.pdf(), "n'est pas celui d'un fichier ZIP : il ressemble à un fichier PDF."),
    ],
)
def test_it_refuses_a_content_that_is_not_its_extension(name: str, content: bytes, sentence: str):
    said = refusal_of(name, content)
    assert said.startswith(f"Le contenu du fichier « {name} » {sentence}")


@pytest.mark.parametrize(
    ("name", "content", "noun"),
    [
        ("secret.pdf", samples.locked_pdf(), "Le PDF"),
        ("secret.zip", samples.with_flags(samples.archive(a=b"x"), 1), "Le fichier"),
        ("secret.odt", samples.oasis("text", manifest=b"<encryption-data/>"), "Le document"),
        ("secret.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "Le document"),
    ],
)
def test_it_refuses_what_a_password_protects(name: str, content: bytes, noun: str):
    assert refusal_of(name, content) == (
        f"{noun} « {name} » est protégé par un mot de passe : déposez-en une version sans protection."
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tronque.pdf", samples.pdf()[:60]),
        ("sans-page.pdf", samples.pdf(pages=0)),
        ("entete.pdf", b"%PDF-1.7\n"),
        ("tronque.png", samples.image("PNG", (200, 200))[:-900]),
        ("tronque.jpg", samples.image("JPEG", (200, 200))[:-900]),
        ("entete.png", b"\x89PNG\r\n\x1a\n"),
        ("entete.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
        ("tronque.docx", samples.docx()[:-30]),
        ("entete.zip", b"PK\x03\x04"),
        ("altere.zip", samples.broken_entry()),
        ("illisible.zip", samples.broken_compression()),
    ],
)
def test_it_refuses_a_damaged_file(name: str, content: bytes):
    assert refusal_of(name, content) == (
        f"Le fichier « {name} » est endommagé : il ne s'ouvre pas. Exportez-le de nouveau."
    )


@pytest.mark.parametrize("name", ["bombe.zip", "bombe.docx"])
def test_it_refuses_a_zip_bomb(name: str):
    content = samples.bomb() if name.endswith("zip") else samples.docx(**{"word/media.xml": bytes(20 * 1024 * 1024)})
    assert refusal_of(name, content) == (
        f"Le fichier « {name} » se décompresse en un volume démesuré : il est refusé par précaution."
    )


def test_it_refuses_an_archive_of_too_many_entries():
    assert refusal_of("foule.zip", samples.crowded()) == (
        "Le fichier « foule.zip » se décompresse en un volume démesuré : il est refusé par précaution."
    )


@pytest.mark.parametrize(
    "content",
    [
        samples.archive_of({"../../etc/passwd": b"x"}),
        samples.archive_of({"/etc/passwd": b"x"}),
        samples.archive_of({"C:\\Windows\\x": b"x"}),
        samples.with_symlink(),
    ],
)
def test_it_refuses_an_archive_that_escapes(content: bytes):
    assert refusal_of("fuite.zip", content) == (
        "Le fichier « fuite.zip » contient une entrée qui sort de l'archive : il est refusé."
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "a.zip",
            samples.archive_of({"b.zip": b"PK"}),
            "L'archive « a.zip » en contient une autre (« b.zip ») : déposez-la à part.",
        ),
        ("a.zip", samples.archive(), "L'archive « a.zip » est vide."),
        (
            "a.docx",
            samples.docx(**{"word/vbaProject.bin": b"x"}),
            "Le fichier « a.docx » contient des macros : enregistrez-le sans elles.",
        ),
        (
            "a.xlsx",
            OLE + bytes(600),
            "Le fichier « a.xlsx » est d'un ancien format d'Office : enregistrez-le en XLSX.",
        ),
        (
            "a.txt",
            "texte".encode("utf-16"),
            "Le fichier « a.txt » n'est pas un texte lisible : enregistrez-le en UTF-8.",
        ),
        ("a.csv", b"a;b\x00c", "Le fichier « a.csv » n'est pas un texte lisible : enregistrez-le en UTF-8."),
        ("a.csv", b"\x81\x8d", "Le fichier « a.csv » n'est pas un texte lisible : enregistrez-le en UTF-8."),
    ],
)
def test_it_refuses_other_surprises(name: str, content: bytes, sentence: str):
    assert refusal_of(name, content) == sentence


def test_it_refuses_an_image_of_too_many_pixels(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("questionnaires.contents.MOST_PIXELS", 1_000_000)
    assert refusal_of("immense.png", samples.image("PNG", (1001, 1000))) == (
        "L'image « immense.png » dépasse 1 millions de pixels : réduisez-la."
    )


@pytest.mark.parametrize("before", [0, 10, 64 * 1024 - 20, 200_000])
def test_it_refuses_the_test_virus_wherever_it_is(before: int):
    assert refusal_of("eicar.txt", b"x" * before + EICAR) == (
        "Le fichier « eicar.txt » contient un virus de test : il est refusé."
    )


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Bilan 2026.pdf", "Bilan 2026.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\moi\\bilan.pdf", "bilan.pdf"),
        ("bi\r\nlan: x.pdf", "bi lan: x.pdf"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("a\u2066b\u200b\x07.pdf", "ab.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("  .pdf", "pdf"),
        ("\x00", "fichier"),
        ("", "fichier"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(given: str, kept: str):
    assert clean_name(given) == kept


def test_the_browser_is_told_the_same_list():
    assert ACCEPT == ".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.odt,.ods,.csv,.txt,.zip,.mp4,.webm"
