"""Files that come back in a bad state: each gets one sentence, quickly, and nothing of it is trusted."""

import hashlib
from dataclasses import replace
from time import process_time

import pytest

from questionnaires.contents import FileRefused
from questionnaires.workbooks import intake, ods, xlsx
from questionnaires.workbooks.intake import MOST_LINES, Line, take_in
from tests.questionnaires import samples, workbooks
from tests.questionnaires.workbooks import DAY, HEAD, NEVER, an_ods, book, ods_content, sheet, uploaded, with_entries

pytestmark = pytest.mark.once
GOOD = xlsx.write(book(("ADM-02", "Conforme", "Signé.")))
OPEN = ods.write(book(("ADM-02", "Conforme", "Signé.")))
ROW = ("ADM-02", "Conforme", "Signé.", NEVER)
SAID = Line(2, "ADM-02", "Conforme", "Signé.", NEVER)
TEXT = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
BILLION = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>"""


def refusal(content: bytes, name: str = "reponses.xlsx") -> str:
    with pytest.raises(FileRefused) as refused:
        take_in(uploaded(content, name))
    return refused.value.sentence.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("reponses.xlsm", GOOD, "Le classeur « reponses.xlsm » peut contenir des macros : enregistrez-le au format .xlsx."),
        ("reponses.csv", b"ID;R", "Le fichier « reponses.csv » n'est pas un classeur .xlsx ou .ods : renvoyez celui qui a été exporté."),
        ("sans-nom", GOOD, "Le fichier « sans-nom » n'est pas un classeur .xlsx ou .ods : renvoyez celui qui a été exporté."),
        ("vide.xlsx", b"", "Le fichier « vide.xlsx » est vide."),
        ("csv.xlsx", b"ID;Reponse\nADM-02;Conforme\n", "Le contenu du fichier « csv.xlsx » n'est pas celui d'un fichier XLSX"),
        ("pdf.ods", samples.pdf(), "Le contenu du fichier « pdf.ods » n'est pas celui d'un fichier ODS"),
        ("texte.xlsx", samples.docx(), "Le contenu du fichier « texte.xlsx » n'est pas celui d'un fichier XLSX."),
        ("texte.ods", samples.oasis("text"), "Le contenu du fichier « texte.ods » n'est pas celui d'un fichier ODS."),
        ("excel.ods", GOOD, "Le contenu du fichier « excel.ods » n'est pas celui d'un fichier ODS."),
        (
            "secret.ods",
            samples.oasis("spreadsheet", manifest=b"<encryption-data/>"),
            "Le document « secret.ods » est protégé par un mot de passe : déposez-en une version sans protection.",
        ),
        (
            "secret.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "Le document « secret.xlsx » est protégé par un mot de passe : déposez-en une version sans protection.",
        ),
        (
            "chiffre.xlsx",
            samples.with_flags(GOOD, 1),
            "Le fichier « chiffre.xlsx » est protégé par un mot de passe : déposez-en une version sans protection.",
        ),
        (
            "macros.xlsx",
            with_entries(GOOD, {"xl/vbaProject.bin": b"x"}),
            "Le fichier « macros.xlsx » contient des macros : enregistrez-le sans elles.",
        ),
        (
            "macros.ods",
            with_entries(OPEN, {"Basic/Standard/Module1.xml": b"<x/>"}),
            "Le fichier « macros.ods » contient des macros : enregistrez-le sans elles.",
        ),
        (
            "liens.xlsx",
            with_entries(GOOD, {"xl/externalLinks/externalLink1.xml": b"<x/>"}),
            "Le classeur « liens.xlsx » est lié à d'autres fichiers : rompez ces liens, puis renvoyez-le.",
        ),
        (
            "liens.ods",
            an_ods(ods_content(before="<table:table-source/>")),
            "Le classeur « liens.ods » est lié à d'autres fichiers : rompez ces liens, puis renvoyez-le.",
        ),
        (
            "bombe.xlsx",
            with_entries(GOOD, {"xl/media/zeros.png": bytes(20 * 1024 * 1024)}),
            "Le fichier « bombe.xlsx » se décompresse en un volume démesuré : il est refusé par précaution.",
        ),
        (
            "grosse.xlsx",
            with_entries(GOOD, {"xl/media/zeros.png": bytes(intake.MOST_UNPACKED)}),
            "Le fichier « grosse.xlsx » se décompresse en un volume démesuré : il est refusé par précaution.",
        ),
        (
            "foule.xlsx",
            with_entries(GOOD, {f"xl/media/{rank}": b"" for rank in range(intake.MOST_ENTRIES)}),
            "Le fichier « foule.xlsx » se décompresse en un volume démesuré : il est refusé par précaution.",
        ),
        (
            "casse.xlsx",
            with_entries(GOOD, {"xl/workbook.xml": b"<workbook><sheets>"}),
            "Le fichier « casse.xlsx » ne se lit pas : ouvrez-le dans votre tableur et enregistrez-le de nouveau.",
        ),
        (
            "casse.ods",
            with_entries(OPEN, {"content.xml": b"<a><b></a>"}),
            "Le fichier « casse.ods » ne se lit pas : ouvrez-le dans votre tableur et enregistrez-le de nouveau.",
        ),
        (
            "octets.ods",
            an_ods(ods_content(cells=TEXT.format("é"), encoding="ISO-8859-1").replace(b"ISO-8859-1", b"UTF-8")),
            "Le fichier « octets.ods » ne se lit pas : ouvrez-le dans votre tableur et enregistrez-le de nouveau.",
        ),
        (
            "entites.ods",
            with_entries(OPEN, {"content.xml": BILLION + b"<x>&b;</x>"}),
            "Le fichier « entites.ods » ne se lit pas : ouvrez-le dans votre tableur et enregistrez-le de nouveau.",
        ),
        (
            "entites.xlsx",
            with_entries(GOOD, {"xl/worksheets/sheet2.xml": BILLION + b"<x>&b;</x>"}),
            "Le fichier « entites.xlsx » ne se lit pas : ouvrez-le dans votre tableur et enregistrez-le de nouveau.",
        ),
        (
            "ailleurs.xlsx",
            sheet(HEAD, ROW, title="Feuille 1", others=["Feuille 2"]),
            "Le classeur n'a pas de feuille « Exigences » : c'est elle qui est relue.",
        ),
        (
            "titres.xlsx",
            sheet(("a", "b"), ROW),
            "La feuille « Exigences » n'a pas de ligne de titres (ID, Réponse, Explication, Édition…).",
        ),
        ("blanc.xlsx", sheet(), "La feuille « Exigences » n'a pas de ligne de titres (ID, Réponse, Explication, Édition…)."),
        ("sans.xlsx", sheet(HEAD), "La feuille « Exigences » n'a aucune ligne sous ses titres (ligne 1)."),
        ("une.xlsx", sheet(("ID", "Réponse", "Explication"), ROW), "Il manque la colonne « Édition » : repartez d'un nouvel export."),
        ("deux.xlsx", sheet(("ID", "Exigence"), ROW), "Il manque les colonnes « Réponse », « Explication », « Édition » : repartez d'un nouvel export."),
        ("double.xlsx", sheet((*HEAD, "reponse"), ROW), "La colonne « Réponse » est là deux fois : gardez-en une seule."),
    ],
)  # fmt: skip
def test_a_bad_file_gets_one_sentence(name: str, content: bytes, sentence: str):
    assert refusal(content, name).startswith(sentence)


def test_a_heavy_file_is_not_even_opened():
    sentence = refusal(b"PK\x03\x04" + bytes(intake.MOST_BYTES), "lourd.xlsx")
    assert sentence == "Le fichier « lourd.xlsx » pèse 5 Mo : la limite est de 5 Mo."


def test_columns_are_known_by_their_names_in_any_order_and_the_others_are_said():
    shuffled = sheet(
        ("Notes", "édition", "EXPLICATION", "Vu", "reponse", "id"), ("x", NEVER, "Signé.", 3, "Conforme", "ADM-02")
    )
    reading = take_in(uploaded(shuffled))
    assert (reading.lines, reading.ignored) == ((SAID,), ("Notes", "Vu"))


def test_a_heading_may_come_after_a_title_and_blank_lines_are_passed():
    reading = take_in(uploaded(sheet(("Mon dossier",), (), HEAD, (), ROW)))
    assert [(line.number, line.code) for line in reading.lines] == [(5, "ADM-02")]


def test_a_lone_sheet_may_have_any_name():
    assert take_in(uploaded(sheet(HEAD, ROW, title="Feuille 1"))).lines == (SAID,)


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("=1+1", "La cellule C2 (« Explication ») contient une formule : remplacez-la par du texte."),
        (DAY, "La cellule C2 (« Explication ») contient une date : écrivez-la comme du texte."),
        ("#REF!", "La cellule C2 (« Explication ») contient une erreur de calcul : remplacez-la par du texte."),
    ],
)
def test_a_cell_that_is_no_text_is_refused_with_its_address(cell: object, sentence: str):
    (line,) = take_in(uploaded(sheet(HEAD, ("ADM-02", "Conforme", cell, NEVER)))).lines
    assert line.faults == (sentence,)


def test_a_date_as_an_answer_is_refused_with_its_address():
    (line,) = take_in(uploaded(sheet(HEAD, ("ADM-02", DAY, "", NEVER)))).lines
    assert line.faults == ("La cellule B2 (« Réponse ») contient une date : écrivez-la comme du texte.",)


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (
            'table:formula="of:=1+1" office:value-type="float" office:value="2"',
            "une formule : remplacez-la par du texte",
        ),
        ('office:value-type="date" office:date-value="2026-03-12"', "une date : écrivez-la comme du texte"),
    ],
)
def test_the_same_in_the_open_format(cell: str, sentence: str):
    cells = TEXT.format("ADM-02") + f"<table:table-cell {cell}><text:p>2</text:p></table:table-cell>"
    (line,) = take_in(uploaded(an_ods(ods_content(cells=cells)), "a.ods")).lines
    assert line.faults == (f"La cellule B2 (« Réponse ») contient {sentence}.",)


def test_numbers_and_booleans_are_read_as_they_are_seen():
    rows = (("A", 12, 12.5, NEVER), ("B", True, 2024, NEVER))
    lines = take_in(uploaded(sheet(HEAD, *rows))).lines
    assert [(line.value, line.comment) for line in lines] == [("12", "12,5"), ("VRAI", "2024")]


def test_another_encoding_of_the_open_format_is_read():
    cells = TEXT.format("ADM-02") + TEXT.format("Conforme") + TEXT.format("Signé à Évry") + TEXT.format(NEVER)
    (line,) = take_in(uploaded(an_ods(ods_content(cells=cells, encoding="ISO-8859-1")), "a.ods")).lines
    assert line.comment == "Signé à Évry"


def test_what_is_written_beside_a_cell_is_not_its_text():
    said = '<table:table-cell office:value-type="string"><office:annotation><text:p>Remarque</text:p></office:annotation><text:p>Deux<text:s text:c="2"/>blancs</text:p><text:p>et une ligne</text:p></table:table-cell>'
    cells = TEXT.format("ADM-02") + TEXT.format("") + said
    (line,) = take_in(uploaded(an_ods(ods_content(cells=cells)), "a.ods")).lines
    assert line.comment == "Deux  blancs\net une ligne"


def fifty_thousand_lines(kind: str) -> bytes:
    """Each line unlike the others: the same one, compressed, would already be refused as a bomb."""
    said = [hashlib.sha256(str(rank).encode()).hexdigest() for rank in range(50_000)]
    if kind == "ods":
        first = "".join(TEXT.format(cell) for cell in ROW)
        rows = (f"<table:table-row>{TEXT.format('A')}{TEXT.format(text)}</table:table-row>" for text in said)
        return an_ods(ods_content(cells=f"{first}</table:table-row>{''.join(rows)}<table:table-row>"))
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    head = "".join(cell.format(name) for name in HEAD)
    rows = (f"<row>{cell.format('A')}{cell.format(text)}</row>" for text in said)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    whole = f'<worksheet xmlns="{space}"><sheetData><row>{head}</row>{"".join(rows)}</sheetData></worksheet>'
    return with_entries(GOOD, {"xl/worksheets/sheet2.xml": whole.encode()})


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_fifty_thousand_lines_are_refused_quickly(kind: str):
    content = fifty_thousand_lines(kind)
    start = process_time()
    sentence = refusal(content, f"long.{kind}")
    assert sentence == f"La feuille « Exigences » compte plus de {MOST_LINES} lignes : c'est trop."
    assert process_time() - start < 10


def test_a_line_said_to_be_repeated_a_million_times_is_refused_quickly():
    cells = f'{TEXT.format("ADM-02")}</table:table-row><table:table-row table:number-rows-repeated="1048576">{TEXT.format("X")}'
    assert "lignes : c'est trop" in refusal(an_ods(ods_content(cells=cells)), "a.ods")


def test_blank_lines_said_to_be_repeated_a_million_times_are_nothing():
    row = "".join(TEXT.format(cell) for cell in ROW)
    cells = f'{row}</table:table-row><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/>'
    assert take_in(uploaded(an_ods(ods_content(cells=cells)), "a.ods")).lines == (SAID,)


def test_blanks_said_to_be_millions_stay_few():
    cells = TEXT.format("ADM-02") + TEXT.format("") + TEXT.format('a<text:s text:c="999999999"/>' * 50 + "b")
    (line,) = take_in(uploaded(an_ods(ods_content(cells=cells)), "a.ods")).lines
    assert len(line.comment) <= 100_000


def test_a_reading_is_kept_and_found_again():
    reading = take_in(uploaded(sheet((*HEAD, "Notes"), ROW, ("ADM-04", DAY, "", NEVER))))
    assert intake.Reading.of_json(reading.as_json()) == reading


def test_the_exported_file_is_read_in_both_formats():
    assert [workbooks.read(book(ROW[:3]), kind).lines for kind in ("xlsx", "ods")] == [(replace(SAID, reason=""),)] * 2
