from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.conditions import AND, OR, Condition, ConditionError, Term, parse

NAMES = ["alpha", "beta", "gamma", "delta"]
TERMS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.booleans()), min_size=1, max_size=4, unique_by=lambda term: term[0]
)
FACTS = st.dictionaries(st.sampled_from(NAMES), st.one_of(st.booleans(), st.none()))


def written(terms: list[tuple[str, bool]], joiner: str) -> str:
    return f" {joiner} ".join(name if wanted else f"NON {name}" for name, wanted in terms)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("toujours", Condition()),
        ("alpha", Condition((Term("alpha"),))),
        ("NON alpha", Condition((Term("alpha", wanted=False),))),
        ("alpha ET NON beta", Condition((Term("alpha"), Term("beta", wanted=False)), AND)),
        ("alpha OU beta OU gamma", Condition((Term("alpha"), Term("beta"), Term("gamma")), OR)),
        ("forme:ios OU forme:android", Condition((Term("forme", "ios"), Term("forme", "android")), OR)),
        ("  alpha\n  ET  beta ", Condition((Term("alpha"), Term("beta")), AND)),
    ],
)
def test_it_reads_a_condition(text: str, condition: Condition):
    assert parse(text) == condition


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "la condition est vide ; écrivez « toujours » s'il n'y en a pas"),
        (
            "alpha ET beta OU gamma",
            "la condition « alpha ET beta OU gamma » mêle ET et OU ; n'employez que l'un des deux",
        ),
        ("alpha beta", "la condition « alpha beta » attend ET ou OU avant « beta »"),
        ("alpha ET", "la condition « alpha ET » s'arrête avant sa dernière variable"),
        ("NON", "la condition « NON » s'arrête avant sa dernière variable"),
        ("ET alpha", "la condition « ET alpha » attend une variable, pas « ET »"),
        ("NON NON alpha", "la condition « NON NON alpha » attend une variable, pas « NON »"),
        ("alpha ET toujours ET alpha", "la condition « alpha ET toujours ET alpha » nomme deux fois « alpha »"),
        ("alpha OU NON alpha", "la condition « alpha OU NON alpha » nomme deux fois « alpha »"),
        ("Alpha", "la condition « Alpha » attend une variable, pas « Alpha »"),
        ("alpha:", "la condition « alpha: » attend une variable, pas « alpha: »"),
        ("alpha()", "la condition « alpha() » attend une variable, pas « alpha() »"),
    ],
)
def test_it_refuses_what_is_not_a_condition(text: str, sentence: str):
    with pytest.raises(ConditionError) as refusal:
        parse(text)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(("value", "truth"), [("ios", True), (["site", "ios"], True), (["site"], False), (None, False)])
def test_a_choice_is_held_alone_or_among_others(value: object, truth: bool):
    assert parse("forme:ios").is_true({"forme": value}) is truth


def test_always_is_true():
    assert parse("toujours").is_true({})


def test_only_true_itself_is_a_yes():
    assert not parse("alpha").is_true({"alpha": "non"})


@given(terms=TERMS, joiner=st.sampled_from([AND, OR]), facts=FACTS)
def test_it_agrees_with_a_naive_evaluation(terms: list[tuple[str, bool]], joiner: str, facts: dict[str, bool | None]):
    naive = [bool(facts.get(name)) == wanted for name, wanted in terms]
    assert parse(written(terms, joiner)).is_true(facts) is (all(naive) if joiner == AND else any(naive))


@given(terms=TERMS, joiner=st.sampled_from([AND, OR]), facts=FACTS, data=st.data())
def test_the_order_of_terms_changes_nothing(
    terms: list[tuple[str, bool]], joiner: str, facts: dict[str, bool | None], data: st.DataObject
):
    shuffled = data.draw(st.permutations(terms))
    assert parse(written(terms, joiner)).is_true(facts) is parse(written(shuffled, joiner)).is_true(facts)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str):
    with suppress(ConditionError):
        parse(text)
