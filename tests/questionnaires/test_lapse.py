"""What time and the antivirus take from an answer."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.lapse import Given, Lapse, lapse_of

TODAY = date(2026, 3, 10)


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


def cert(days: int | None, title: str = "HDS", **more: object) -> Given:
    return Given(title, "CERT", None if days is None else day(days), **more)  # type: ignore[arg-type]


def lapse(*proofs: Given, value: str = "met", kinds: tuple[str, ...] = ("CERT",)) -> Lapse:
    return lapse_of(value, proofs, TODAY, kinds=kinds, notice=60)


FALLEN = "La preuve « HDS » a expiré le 09/03/2026 : remplacez-la par une version en cours de validité."


@pytest.mark.parametrize(
    ("proofs", "shortages", "warnings"),
    [
        ((), 0, 0),
        ((cert(None),), 0, 0),
        ((cert(61),), 0, 0),
        ((cert(60),), 0, 1),
        ((cert(0),), 0, 1),  # the last day of validity still proves
        ((cert(-1),), 1, 0),
        ((cert(-1), cert(90, "HDS 2")), 0, 1),  # another certificate holds
        ((cert(-1), Given("Rapport", "RAPP")), 1, 0),  # a report does not
        ((cert(-1), cert(90, "HDS 2", is_infected=True)), 2, 0),
        ((Given("Rapport", "RAPP", day(-1)),), 0, 1),
    ],
)
def test_what_is_lost_and_what_soon_will_be(proofs: tuple[Given, ...], shortages: int, warnings: int):
    found = lapse(*proofs)
    assert (len(found.shortages), len(found.warnings)) == (shortages, warnings)


def test_the_sentences_say_what_to_do():
    assert lapse(cert(-1)).shortages == (FALLEN,)
    assert lapse(Given("Pentest", "RAPP", day(-1))).warnings == (
        "La preuve « Pentest » a expiré le 09/03/2026 : vérifiez qu'elle prouve encore.",
    )
    assert lapse(cert(9, is_infected=True)).shortages == (
        "« HDS » contient un virus : retirez cette preuve ou remplacez-la.",
    )


def test_an_answer_that_does_not_stand_on_its_proofs_loses_nothing_with_time():
    assert lapse(cert(-1), value="not_met") == lapse(cert(-1), value="not_applicable") == Lapse()


def test_the_natures_that_lapse_are_a_setting():
    assert lapse(cert(-1), kinds=()).shortages == ()
    assert len(lapse(Given("Pentest", "RAPP", day(-1)), kinds=("RAPP",)).shortages) == 1


@given(
    st.lists(st.tuples(st.sampled_from(["CERT", "DOC"]), st.none() | st.integers(-90, 90), st.booleans()), max_size=6)
)
def test_each_proof_is_told_at_most_once_and_a_sound_one_never(rows):
    proofs = [
        Given(f"n{rank}", kind, None if days is None else day(days), bad) for rank, (kind, days, bad) in enumerate(rows)
    ]
    found = lapse(*proofs)
    told = (*found.shortages, *found.warnings)
    for proof in proofs:
        sentences = [one for one in told if f"« {proof.title} »" in one]
        sound = not proof.is_infected and (proof.expires_on is None or proof.expires_on > day(60))
        assert len(sentences) == (0 if sound else 1)
