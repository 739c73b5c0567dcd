"""Two texts put together, word by word."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.merging import merge

pytestmark = pytest.mark.once
WORDS = st.lists(
    st.sampled_from(["le", "la", "un", "chat", "noir", "dort", "enfin.", "Puis\n\nmange"]), max_size=12
).map(" ".join)


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "merged", "clashes"),
    [
        ("Le plan est signé.", "Le plan est signé. Il date de mai.", "Notre plan est signé.", "Notre plan est signé. Il date de mai.", 0),
        ("Le chat dort. Fin.", "Le chat noir dort. Fin.", "Le chat dort. Fin", "Le chat noir dort. Fin", 0),
        ("Un deux trois", "Un trois", "Un deux trois quatre", "Un trois quatre", 0),
        ("Un deux trois", "Un mai trois", "Un juin trois", "Un mai juin trois", 1),
        ("Un\n\nDeux", "Un\n\nDeux", "Un", "Un", 0),
        (None, "Vu par Bob.", "Vu par Alice.", "Vu par Bob Alice.", 1),
        ("Base à part.", "Base à part, relue.", "Base à part et chiffrée.", "Base à part, relue et chiffrée.", 1),
        (None, "Bob", "Alice", "Bob Alice", 1),
        (None, "", "Alice", "Alice", 0),
    ],
)  # fmt: skip
def test_what_each_changed_is_kept(base: str | None, theirs: str, mine: str, merged: str, clashes: int):
    found = merge(theirs, mine, base)
    assert (found.text, found.clashes) == (merged, clashes)


@given(WORDS, WORDS)
def test_whoever_changed_nothing_lets_the_other_through(base: str, other: str):
    for found in (merge(base, other, base), merge(other, base, base), merge(other, other, base)):
        assert (found.text, found.clashes) == (other.strip(), 0)


@given(WORDS, WORDS)
def test_without_a_base_every_word_of_both_is_there(theirs: str, mine: str):
    words = re.findall(r"\w+", merge(theirs, mine).text)
    for side in (re.findall(r"\w+", theirs), re.findall(r"\w+", mine)):
        rest = iter(words)
        assert all(word in rest for word in side)


@given(WORDS, WORDS, WORDS)
def test_each_piece_comes_from_whom_it_says(base: str, theirs: str, mine: str):
    for piece in merge(theirs, mine, base).pieces:
        sources = {"theirs": theirs, "mine": mine, "both": theirs}
        assert piece.text.strip() in sources[piece.by]


def test_a_long_text_is_merged_at_once():
    base = " ".join(f"mot{rank}" for rank in range(3_000))
    found = merge(f"{base} fin", f"début {base}", base)
    assert (found.text, found.clashes) == (f"début {base} fin", 0)
