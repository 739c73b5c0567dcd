"""What goes out comes back the same, in both formats, whatever people wrote."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from questionnaires.workbooks.columns import COLUMNS, MARK, fingerprint, folded, mark_of, tidy
from tests.questionnaires import workbooks

pytestmark = pytest.mark.once
KINDS = ("xlsx", "ods")
RISKY = ["=1+1", "+33 1 02", "-3", "@SUM(A1)", "\tTabulation", '=HYPERLINK("http://x")', "#N/A", "'=1"]
TRICKY = [
    "_x000D_ et _x0041_",
    "deux  blancs   et\ttab",
    "une\n\nligne vide",
    "<b>&amp;</b> ]]>",
    "\u202einversé\u202c “guillemets” ’",
    "é\u0301 𝒳 \u2028",
    "\x0b\x00\x1f",
    "TRUE",
    "12/03/2026",
    "1e5",
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", RISKY + TRICKY)
def test_a_text_comes_back_as_it_was(kind: str, text: str):
    (line,) = workbooks.read(workbooks.book(("ADM-02", "Conforme", tidy(text))), kind).lines
    assert (line.comment, line.faults) == (tidy(text), ())


@given(st.sampled_from(KINDS), st.lists(st.text(max_size=60), min_size=1, max_size=5))
@settings(max_examples=60)
@example("ods", [" a  b ", "\n\n"])
def test_any_text_comes_back_as_it_was(kind: str, texts: list[str]):
    made = workbooks.book(*((f"ADM-{rank}", "Conforme", tidy(text)) for rank, text in enumerate(texts)))
    assert [line.comment for line in workbooks.read(made, kind).lines] == [tidy(text) for text in texts]


@given(st.text(max_size=80))
def test_tidying_twice_is_tidying_once(text: str):
    assert tidy(tidy(text)) == tidy(text)


def test_what_looks_like_a_formula_is_written_as_a_text_in_excel():
    content = workbooks.WRITERS["xlsx"](workbooks.book(*((f"A-{n}", "", text) for n, text in enumerate(RISKY))))
    sheet = load_workbook(BytesIO(content))["Exigences"]
    place = [cell.value for cell in sheet[1]].index("Explication") + 1
    cells = [sheet.cell(row, place) for row in range(2, len(RISKY) + 2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells] == [text[0] in "=+-@\t\r" for text in RISKY]


def test_what_looks_like_a_formula_is_written_as_a_text_in_the_open_format():
    content = workbooks.WRITERS["ods"](workbooks.book(("A-1", "", "=1+1")))
    with ZipFile(BytesIO(content)) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.infolist()[0].compress_type == 0
        text = archive.read("content.xml").decode()
    assert "formula" not in text
    cell = next(cell for cell in fromstring(text).iter() if "".join(cell.itertext()) == "=1+1")
    assert cell.attrib["{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"] == "string"


def test_only_the_answers_are_open_and_the_heading_stays_in_sight():
    book = load_workbook(BytesIO(workbooks.WRITERS["xlsx"](workbooks.book(("A-1", "Conforme", "Oui")))))
    sheet = book["Exigences"]
    assert book.sheetnames == ["Mode d'emploi", "Exigences", "Preuves"]
    assert [cell.value for cell in sheet[1]] == [column.name for column in COLUMNS]
    assert [cell.value for cell in sheet[2] if not cell.protection.locked] == ["Conforme", None, "Oui"]
    assert (sheet.freeze_panes, sheet.protection.sheet) == ("C2", True)
    (offered,) = sheet.data_validations.dataValidation
    assert (str(offered.sqref), offered.formula1) == ("O2", '"Conforme,Non conforme,Non applicable"')


def test_the_first_fourteen_columns_are_those_of_convergence():
    assert " | ".join(column.name for column in COLUMNS[:14]) == (
        "Périmètre | ID | Chapitre | Fonction | Exigence | Commentaire | Profil | N° scénario | Scénario de conformité"
        " | N° preuve | Preuve | Profil historique | Criticité | Ordre"
    )


@pytest.mark.parametrize("name", ["reponse", "  RÉPONSE ", "Re\u0301ponse"])
def test_a_heading_is_known_however_it_is_typed(name: str):
    assert folded(name) == folded("Réponse")


def test_a_mark_tells_an_answer_from_another_and_not_an_edition():
    one, other = mark_of(1, "met", "Oui."), mark_of(7, "met", " Oui.\r\n")
    assert MARK.fullmatch(one)
    assert one.split("-")[1] == other.split("-")[1] == fingerprint("met", "Oui.")
    assert fingerprint("met", "Oui.") != fingerprint("not_met", "Oui.")
