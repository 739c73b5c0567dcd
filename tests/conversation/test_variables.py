"""The variables of a ready-made text: a closed list, replaced once, by us."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversation import variables

pytestmark = pytest.mark.once

TEXT = st.text(alphabet=st.sampled_from("ab {}\n<%"), max_size=30)


@pytest.mark.parametrize("name", variables.VARIABLES)
def test_a_known_variable_is_accepted_filled_and_shown_in_the_sample(name: str):
    body = f"Avant {{{{{name}}}}} et {{{{ {name} }}}} après"
    assert variables.flaws(body) == []
    assert variables.fill(body, {name: "X"}) == "Avant X et X après"
    assert variables.left_in(variables.fill(body, variables.sample())) == []


@pytest.mark.parametrize(
    ("body", "start"),
    [
        ("Bonjour {{civilite}}", "« {{civilite}} » n'est pas une variable connue : {{reference}}, {{service}}"),
        ("{{Reference}}", "« {{Reference}} » n'est pas une variable connue"),
        ("{{ 7*7 }}", "« {{7*7}} » n'est pas une variable connue"),
        ("{{ service.organisation }}", "« {{service.organisation}} » n'est pas une variable connue"),
        ("{{}}", "« {{}} » ne nomme aucune variable."),
        ("{{reference", "Une double accolade n'est pas refermée"),
        ("reference}}", "Une double accolade n'est pas refermée"),
        ("{{{{reference}}", "Une double accolade n'est pas refermée"),
    ],
)
def test_an_unknown_or_broken_variable_is_refused_by_its_name(body: str, start: str):
    (sentence,) = variables.flaws(body)
    assert sentence.startswith(start)


def test_each_unknown_variable_is_told_once():
    assert [flaw.split("»")[0] for flaw in variables.flaws("{{a}} {{b}} {{a}}")] == ["« {{a}} ", "« {{b}} "]


@pytest.mark.parametrize("body", ["{% now 'Y' %}", "{ reference }", "<b>gras</b>", "100 %", "}{"])
def test_what_is_no_variable_is_left_as_it_is(body: str):
    assert (variables.flaws(body), variables.fill(body, variables.sample())) == ([], body)


@given(TEXT, TEXT)
def test_a_value_is_never_read_again(before: str, value: str):
    """A service whose name looks like a variable stays what its éditeur typed."""
    hostile = f"{value}{{{{reference}}}}"
    filled = variables.fill("[{{service}}]", {"service": hostile, "reference": "MES-1"})
    assert filled == f"[{hostile}]"
    assert variables.fill(before.replace("{", ""), {"service": hostile}) == before.replace("{", "")


@given(TEXT)
def test_a_text_without_flaw_holds_no_double_brace_once_filled(body: str):
    if not variables.flaws(body):
        filled = variables.fill(body, variables.sample())
        assert "{{" not in filled
        assert "}}" not in filled


def test_a_variable_that_says_nothing_is_left_to_the_agent():
    text = variables.fill("Avant le {{echeance}}, {{date}}.", {"echeance": "", "date": "lundi"})
    assert (text, variables.left_in(text)) == ("Avant le {{echeance}}, lundi.", ["{{echeance}}"])


def test_the_day_is_written_in_full():
    assert variables.standing(date(2028, 2, 29))["date"] == "mardi 29\u00a0février\u00a02028"
