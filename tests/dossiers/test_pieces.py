"""Files of a dossier: one per set of bytes, a clean name each, attached or kept apart."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.pieces import MANIFEST, NAME_LENGTH, Fate, Piece, clean_name, gather


def piece(sha256: str, *, size: int = 10, name: str = "preuve.pdf", criterion: str = "ADM-01", dangerous: bool = False):
    return Piece(
        sha256=sha256,
        size=size,
        original_name=name,
        title="Preuve",
        media_type="application/pdf",
        criteria=(criterion,),
        source=SimpleNamespace(),
        is_dangerous=dangerous,
    )


@pytest.mark.parametrize(
    ("original", "clean"),
    [
        ("politique.pdf", "politique.pdf"),
        ("Politique de sécurité (v3).PDF", "Politique de sécurité (v3).pdf"),
        ("../../etc/passwd", "etc passwd"),
        ("..\\..\\windows\\win.ini", "windows win.ini"),
        ("facture\u202efdp.exe", "facture fdp.exe"),
        ("deux\r\nlignes\x00.csv", "deux lignes.csv"),
        ('a"b<c>d|e?f*g:h`$.png', "a b c d e f g h.png"),
        ("   .hidden", "hidden"),
        ("", "fichier"),
        ("///", "fichier"),
        ("sans extension", "sans extension"),
        ("archive.tar.gz", "archive.tar.gz"),
        ("e\u0301tude.pdf", "étude.pdf"),
        ("étude ☂ 2026.pdf", "étude ☂ 2026.pdf"),
        ("x" * 300 + ".pdf", "x" * (NAME_LENGTH - 4) + ".pdf"),
    ],
)
def test_a_name_becomes_only_a_name(original: str, clean: str):
    assert clean_name(original) == clean


def test_a_name_begins_with_its_first_criterion():
    assert clean_name("politique.pdf", ("SEC-GOV-01", "SEC-GOV-02")) == "SEC-GOV-01 - politique.pdf"


@given(st.text(max_size=400))
def test_no_name_escapes_a_folder(original: str):
    name = clean_name(original, ("ADM-01",))
    assert name.startswith("ADM-01 - ")
    assert len(name) <= NAME_LENGTH
    assert not set(name) & set('/\\:*?"<>|\x00\n\r')
    assert name == name.strip()
    assert clean_name(name) == name


def test_the_same_bytes_are_kept_once_with_every_criterion():
    found = gather(
        [piece("a", criterion="ADM-01"), piece("b"), piece("a", criterion="SEC-01"), piece("a", criterion="ADM-01")],
        limit=1000,
    )
    assert [(one.sha256, one.criteria) for one in found] == [("a", ("ADM-01", "SEC-01")), ("b", ("ADM-01",))]


def test_names_are_unique_whatever_their_case():
    found = gather([piece("a"), piece("b"), piece("c", name="PREUVE.pdf")], limit=1000)
    assert [one.name for one in found] == [
        "ADM-01 - preuve.pdf",
        "ADM-01 - preuve (2).pdf",
        "ADM-01 - PREUVE (3).pdf",
    ]


def test_no_file_takes_the_name_of_the_manifest():
    found = gather([Piece("a", 1, MANIFEST, "t", "application/json", (), SimpleNamespace())], limit=1000)
    assert [one.name for one in found] == ["manifeste (2).json"]


def test_files_beyond_the_limit_are_kept_apart_and_smaller_ones_still_fit():
    found = gather([piece("a", size=60), piece("b", size=50), piece("c", size=40)], limit=100)
    assert [one.fate for one in found] == [Fate.ATTACHED, Fate.APART, Fate.ATTACHED]
    assert found[1].fate_label == "conservée à part : le dossier dépasse la taille admise"


def test_a_dangerous_file_is_refused_and_takes_no_room():
    found = gather([piece("a", size=90, dangerous=True), piece("b", size=90)], limit=100)
    assert [(one.fate, one.is_attached) for one in found] == [(Fate.REFUSED, False), (Fate.ATTACHED, True)]


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(1, 60)), max_size=12), st.integers(0, 200))
def test_what_is_attached_never_exceeds_the_limit(files: list[tuple[str, int]], limit: int):
    found = gather([piece(sha256, size=size) for sha256, size in files], limit=limit)
    assert sum(one.size for one in found if one.is_attached) <= limit
    assert {one.sha256 for one in found} == {sha256 for sha256, _ in files}
    assert len({one.name.casefold() for one in found}) == len(found)
