"""Two versions side by side: what each criterion became, in which aspect, in which words."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.comparison import Aspect, Comparison, Fate, compare_editions
from questionnaires.lineage import Descent, Heir, Lineage, descent
from questionnaires.lint import lint
from questionnaires.models import Version
from questionnaires.plain import Stage, descent_between, edition_of, edition_of_draft
from questionnaires.wording import Side, compare
from tests.questionnaires.folders import SMALL, change, copied


def compared(older: Version, newer: Version) -> Comparison:
    before, after = edition_of(older), edition_of(newer)
    return compare_editions(before, after, descent_between(before, after))


def fates(comparison: Comparison) -> dict[str, Fate]:
    return {row.code: row.fate for row in comparison.rows}


def test_every_criterion_has_one_fate(full_version: Version, next_version: Version):
    comparison = compared(full_version, next_version)
    assert comparison.related
    assert fates(comparison) == {
        "ADM-02": Fate.REWORDED,
        "ADM-04": Fate.MERGED,
        "SEC-GOV-01": Fate.ADJUSTED,
        "SEC-RSSI-01": Fate.RENAMED,
        "URB-HEB-01": Fate.SPLIT,
        "URB-HEB-03": Fate.SPLIT,
        "RGPD-NEW-01": Fate.NEW,
        "SEX-01": Fate.UNCHANGED,
        "TST-U-01": Fate.UNCHANGED,
        "SEC-GOV-07": Fate.REMOVED,
    }
    assert comparison.counts[Fate.SPLIT] == 2
    assert comparison.aspects[Aspect.DISPENSATION] == 1


def test_read_backward_a_split_is_a_merge(full_version: Version, next_version: Version):
    found = fates(compared(next_version, full_version))
    assert found["URB-HEB-01"] == Fate.MERGED
    assert found["RGPD-FIN-04"] == found["ADM-04"] == Fate.SPLIT
    assert found["SEC-GOV-02"] == Fate.RENAMED
    assert found["SEC-GOV-07"] == Fate.NEW
    assert found["RGPD-NEW-01"] == Fate.REMOVED


def test_versions_that_nothing_joins_are_paired_by_code(next_version: Version, simple_version: Version):
    """They both follow the full one: cousins, not ancestors."""
    comparison = compared(next_version, simple_version)
    assert not comparison.related
    assert fates(comparison)["SEC-RSSI-01"] == Fate.REMOVED


def test_the_questions_are_compared_too(full_version: Version, next_version: Version):
    questions = {row.code: row.fate for row in compared(full_version, next_version).questions}
    assert {code: fate for code, fate in questions.items() if fate != Fate.UNCHANGED} == {
        "hebergement_tiers": Fate.RENAMED,
        "ia": Fate.NEW,
    }


def test_a_version_compared_to_itself_changes_nothing(full_version: Version):
    assert compared(full_version, full_version).is_empty


def test_a_change_of_the_admitted_reasons_is_a_change(full_version: Version, tmp_path: Path):
    folder = copied(tmp_path)
    change(folder, "motifs.yaml", "needs_proof: true", "needs_proof: false")
    change(folder, "securite.yaml", "        never_na: true\n", "")
    changed = lint(folder).draft
    assert changed is not None
    older = edition_of(full_version)
    comparison = compare_editions(older, edition_of_draft(changed), descent(older, older, []))
    rows = {row.code: row for row in comparison.rows}
    assert (rows["SEX-01"].fate, rows["SEX-01"].aspects) == (Fate.ADJUSTED, (Aspect.REASONS,))
    assert rows["SEX-01"].differences[0].before == ""
    assert (rows["SEC-GOV-01"].differences[0].before, rows["SEC-GOV-01"].differences[0].after) == (
        "La fonction visée n'existe pas. (explication demandée)\nUn prestataire porte la mesure. (pièce demandée)",
        "La fonction visée n'existe pas. (explication demandée)\nUn prestataire porte la mesure.",
    )
    assert rows["ADM-02"].fate == Fate.UNCHANGED


def test_a_draft_admits_what_its_version_does(full_version: Version):
    drafted = lint(SMALL / "complet").draft
    assert drafted is not None
    assert edition_of_draft(drafted).requirements == edition_of(full_version).requirements


# --- Descent through several versions ----------------------------------------------------------


def stage(code: str, codes: str, **lineage: object) -> Stage:
    return Stage(code, codes.split(), [], Lineage.of(lineage))


def test_a_criterion_is_followed_through_the_versions_between():
    first = stage("a", "X Y Z")
    second = stage("b", "X1 X2 Y", version="a", split={"X": ["X1", "X2"]}, removed=["Z"], answers_aside=["Y"])
    third = stage("c", "X1 Y", version="b", merged={"X2": "X1"})
    found = descent(first, third, [second])
    assert found == Descent(
        {"X": Heir(("X1",)), "Y": Heir(("Y",), keeps_answer=False), "Z": Heir(())}, {}, related=True
    )
    assert descent(third, first, [second]).heirs == {"X1": Heir(("X",)), "Y": Heir(("Y",), keeps_answer=False)}


def test_a_lineage_that_turns_in_a_circle_ends():
    one, other = stage("a", "X", version="b"), stage("b", "X", version="a")
    assert descent(one, other, []).heirs == {"X": Heir(("X",))}
    assert not descent(stage("c", "X"), other, [one]).related


# --- Words -------------------------------------------------------------------------------------


def test_only_the_words_that_change_are_marked():
    pieces = compare("Le contrat est signé.", "Le contrat est daté et signé.")
    assert [(piece.side, piece.text) for piece in pieces] == [
        (Side.SAME, "Le contrat est "),
        (Side.IN, "daté et "),
        (Side.SAME, "signé."),
    ]


@given(st.text(alphabet="abc d'-é\n", max_size=80), st.text(alphabet="abc d'-é\n", max_size=80))
def test_both_texts_can_be_read_in_the_pieces(before: str, after: str):
    pieces = compare(before, after)
    assert "".join(piece.text for piece in pieces if piece.side != Side.IN) == before
    assert "".join(piece.text for piece in pieces if piece.side != Side.OUT) == after


@pytest.mark.parametrize("words", [("a b ", "b a "), ("a ", "a a "), ("x y z ", "z x y ")])
def test_two_long_texts_are_compared_in_bounded_time(words: tuple[str, str]):
    started = time.perf_counter()
    compare(words[0] * 1000, "début " + words[1] * 1000)
    assert time.perf_counter() - started < 2
