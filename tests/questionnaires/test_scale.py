"""What a référentiel says of the evaluation: criteria for two experts, weights, the scale; read, checked, carried."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from questionnaires.comparison import Aspect, compare_editions
from questionnaires.lineage import descent
from questionnaires.lint import lint, lint_source
from questionnaires.loader import load
from questionnaires.plain import edition_of, edition_of_draft
from questionnaires.publishing.spreadsheet import workbook_of
from questionnaires.publishing.workbook import read_workbook
from questionnaires.publishing.writing import draft_of, written
from questionnaires.scales import Scale
from tests.questionnaires.folders import change, copied, faults

pytestmark = pytest.mark.django_db
KEPT = {
    "points": {"met": 100, "minor_reserve": 75, "major_reserve": 25, "not_met": 0},
    "mandatory": 25,
    "whole": 70,
    "questionnaires": {"securite": 80},
}


def test_it_is_loaded_with_the_version(tmp_path: Path):
    version = load(copied(tmp_path, "double"))
    assert (version.scale, Scale.of(version.scale)) == (KEPT, Scale(**KEPT))
    rows = version.criteria.values_list("code", "double_evaluation", "weight")
    assert {row for row in rows if row[1] or row[2] != 1} == {
        ("SEC-GOV-01", True, 3),
        ("URB-HEB-01", True, 1),
        ("SEX-01", True, 1),
    }
    assert version.effective_on == date(2025, 1, 1)


def test_a_version_may_have_none(simple_version):
    assert (simple_version.scale, Scale.of(simple_version.scale)) == ({}, None)
    assert not simple_version.criteria.filter(double_evaluation=True).exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("bareme.yaml", "  conforme: 100", "  conforme: 101", ":2 : « conforme » attend un nombre entier, de 0 à 100"),
        ("bareme.yaml", "  conforme: 100", "  parfait: 100", ":2 : le verdict « parfait » est inconnu"),
        ("bareme.yaml", "  conforme: 100\n", "", ":2 : le barème ne dit pas ce que vaut : conforme"),
        (
            "bareme.yaml",
            "réserve majeure: 25",
            "réserve majeure: 90",
            "« réserve majeure » vaut plus que « réserve mineure »",
        ),
        (
            "bareme.yaml",
            "  securite: 80",
            "  tests: 80",
            ":9 : le seuil vise « tests », qui n'est pas un questionnaire jugé",
        ),
        ("bareme.yaml", "whole: 70", "whole: beaucoup", ":7 : « whole » attend un nombre entier, de 0 à 100"),
        ("bareme.yaml", "whole: 70", "ensemble: 70", ":7 : la clé « ensemble » est inconnue"),
        ("securite.yaml", "weight: 3", "weight: -3", "« weight » attend un nombre entier, de 0 à 100"),
        (
            "securite.yaml",
            "double_evaluation: true",
            "double_evaluation: oui",
            "« double_evaluation » attend true ou false",
        ),
    ],
)
def test_it_says_where_it_is_wrong(tmp_path: Path, file: str, old: str, new: str, expected: str):
    folder = copied(tmp_path, "double")
    change(folder, file, old, new)
    found = faults(folder)
    assert any(fault.startswith(file) and expected in fault for fault in found), found


def test_the_text_files_say_it_again(tmp_path: Path):
    draft = lint(copied(tmp_path, "double")).draft
    assert draft is not None
    files = written(draft)
    again = draft_of(files)
    assert again is not None
    assert (written(again), edition_of_draft(again)) == (files, edition_of_draft(draft))


def test_the_spreadsheet_says_it_again(tmp_path: Path):
    draft = lint(copied(tmp_path, "double")).draft
    assert draft is not None
    linted = lint_source(read_workbook(ContentFile(workbook_of(draft), name="v.xlsx"), "v.xlsx"))
    assert linted.faults == []
    assert linted.draft is not None
    assert written(linted.draft) == written(draft)


def test_the_comparison_tells_what_changed(tmp_path: Path, simple_version):
    older, newer = edition_of(simple_version), edition_of(load(copied(tmp_path, "double")))
    rows = compare_editions(older, newer, descent(older, newer, [])).rows
    changed = {
        row.code: [(one.before, one.after) for one in row.differences if one.aspect == Aspect.EVALUATION]
        for row in rows
    }
    assert {code: pairs for code, pairs in changed.items() if pairs} == {
        "SEC-GOV-01": [("un expert, poids 1", "deux experts, poids 3")],
        "URB-HEB-01": [("un expert, poids 1", "deux experts, poids 1")],
        "SEX-01": [("un expert, poids 1", "deux experts, poids 1")],
    }
