from hypothesis import given
from hypothesis import strategies as st

from kit.steps import progress

LABELS = ("Dépôt", "Recevabilité", "Évaluation")


def test_it_says_where_one_is_and_what_follows():
    shown = progress(LABELS, 1)
    assert [(step.label, step.words) for step in shown.steps] == [
        ("Dépôt", "terminée"),
        ("Recevabilité", "en cours"),
        ("Évaluation", "à venir"),
    ]
    assert shown.current == shown.steps[1]
    assert shown.following == shown.steps[2]


def test_nothing_follows_where_the_procedure_stopped():
    shown = progress(LABELS, 1, stopped=True)
    assert shown.current is not None
    assert (shown.current.words, shown.following) == ("arrêtée ici", None)


@given(st.integers(0, len(LABELS)))
def test_the_steps_done_are_those_before_the_current_one(current: int):
    assert [step.state for step in progress(LABELS, current).steps].count("done") == current


def test_all_done_has_no_current_step():
    assert progress(LABELS, len(LABELS)).current is None
