"""What a verdict must say before it is recorded."""

import pytest

from evaluation.values import MOTIVE_MAX, Value, lacks


@pytest.mark.parametrize("value", [Value.MET, Value.IRRELEVANT])
def test_these_values_speak_for_themselves(value: Value):
    assert lacks(value, "", "") == {}


@pytest.mark.parametrize("value", [Value.MINOR_RESERVE, Value.MAJOR_RESERVE, Value.NOT_MET])
def test_every_other_value_needs_a_motive(value: Value):
    sentence = f"Écrivez le motif : le verdict « {value.label} » doit être motivé."
    assert lacks(value, "  \n", "") == {"motive": sentence}
    assert lacks(value, "Le certificat est échu.", "") == {}


def test_a_complement_needs_a_motive_and_what_is_expected():
    assert lacks(Value.COMPLEMENT_NEEDED, "", "") == {
        "motive": "Écrivez le motif : le verdict « Complément demandé » doit être motivé.",
        "expected": "Dites à l'éditeur ce que le complément doit apporter.",
    }
    assert lacks(Value.COMPLEMENT_NEEDED, "Illisible.", "Un scan lisible.") == {}


@pytest.mark.parametrize("value", ["", "MET", "perhaps", "<b>"])
def test_it_refuses_a_value_that_does_not_exist(value: str):
    assert lacks(value, "", "") == {"value": "Choisissez un verdict."}


@pytest.mark.parametrize("field", ["motive", "expected", "private_note"])
def test_it_says_by_how_much_a_text_is_too_long(field: str):
    texts = {"motive": "x", "expected": "x", "private_note": ""} | {field: "x" * 200_000}
    sentence = "Ce texte compte 200\u00a0000 caractères ; il ne doit pas en dépasser 20\u00a0000."
    assert lacks(Value.COMPLEMENT_NEEDED, **texts) == {field: sentence}
    assert lacks(Value.COMPLEMENT_NEEDED, **(texts | {field: "x" * MOTIVE_MAX})) == {}
