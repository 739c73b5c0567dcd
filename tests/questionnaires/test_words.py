import random
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.words import Kind, Piece, compare

SAME, REMOVED, ADDED = Kind.SAME, Kind.REMOVED, Kind.ADDED


def texts() -> st.SearchStrategy[str]:
    """Sentences made of few words, so that the same ones come back, and any text at all."""
    sentences = st.lists(st.sampled_from(["le", "service", "HDS", "l'éditeur", ".", "\n", ",", "2024"]), max_size=60)
    return st.one_of(sentences.map(" ".join), st.text(max_size=80))


def rebuilt(pieces: tuple[Piece, ...], *kinds: Kind) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("Signé.", "Signé.", [(SAME, "Signé.")]),
        ("", "Signé.", [(ADDED, "Signé.")]),
        ("Signé.", "", [(REMOVED, "Signé.")]),
        ("C'est signé.", "C'est signé. Voir p. 3.", [(SAME, "C'est signé."), (ADDED, " Voir p. 3.")]),
        (
            "Hébergé chez Acme depuis 2022.",
            "Hébergé chez Bidule SA depuis 2024.",
            [
                (SAME, "Hébergé chez "),
                (REMOVED, "Acme"),
                (ADDED, "Bidule SA"),
                (SAME, " depuis "),
                (REMOVED, "2022"),
                (ADDED, "2024"),
                (SAME, "."),
            ],
        ),
        ("un deux trois", "quatre cinq six", [(REMOVED, "un deux trois"), (ADDED, "quatre cinq six")]),
    ],
)
def test_words_that_change_are_told(before: str, after: str, expected: list[tuple[Kind, str]]):
    assert [(piece.kind, piece.text) for piece in compare(before, after)] == expected


@given(texts(), texts())
def test_the_pieces_make_both_texts_again(before: str, after: str):
    pieces = compare(before, after)
    assert rebuilt(pieces, SAME, REMOVED) == before
    assert rebuilt(pieces, SAME, ADDED) == after


@given(texts(), texts())
def test_the_same_question_has_the_same_answer_and_no_empty_piece(before: str, after: str):
    pieces = compare(before, after)
    assert pieces == compare(before, after)
    assert all(piece.text for piece in pieces)
    assert all(one.kind != other.kind for one, other in pairwise(pieces))


@given(texts())
def test_a_text_is_the_same_as_itself(text: str):
    assert compare(text, text) == ((Piece(SAME, text),) if text else ())


def hostile(kind: str) -> tuple[str, str]:
    """Two texts of 20,000 characters made to cost as much as can be."""
    chance = random.Random(7)
    if kind == "two words in turn":
        return "a b " * 5000, "b a " * 5000
    if kind == "few words":
        return tuple(" ".join(chance.choice("abcdefgh") for _ in range(10_000)) for _ in range(2))  # type: ignore[return-value]
    if kind == "punctuation":
        return tuple("".join(chance.choice("!?.,") for _ in range(20_000)) for _ in range(2))  # type: ignore[return-value]
    if kind == "shuffled":
        drawn = [str(number) for number in range(4000)]
        return " ".join(drawn), " ".join(chance.sample(drawn, len(drawn)))
    stretches = [[f"u{rank}" + "".join(chance.choice("ab;, ") for _ in range(30)) for rank in range(600)] for _ in "12"]
    return " ".join(stretches[0]), " ".join(stretches[1])


@pytest.mark.parametrize("kind", ["two words in turn", "few words", "punctuation", "shuffled", "many short stretches"])
def test_twenty_thousand_characters_take_a_moment_whatever_they_are(kind: str):
    before, after = hostile(kind)
    start = process_time()
    pieces = compare(before, after)
    assert process_time() - start < 3
    assert (rebuilt(pieces, SAME, REMOVED), rebuilt(pieces, SAME, ADDED)) == (before, after)
