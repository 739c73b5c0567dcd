import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.demo import CAST
from accounts.models import check_siren
from accounts.siren import is_siren


@pytest.mark.parametrize("siren", ["732829320", "404833048", "552100554"])
def test_it_accepts_real_numbers(siren: str):
    assert is_siren(siren)


@pytest.mark.parametrize("text", ["", "73282932", "7328293200", "73282932a", "٧٣٢٨٢٩٣٢٠", "000000000"])
def test_it_refuses_what_is_not_nine_digits(text: str):
    assert not is_siren(text)


@given(st.text("0123456789", min_size=8, max_size=8).filter(lambda digits: digits.strip("0")))
def test_exactly_one_key_is_right(digits: str):
    assert sum(is_siren(f"{digits}{key}") for key in range(10)) == 1


@given(st.sampled_from(["732829320", "404833048"]), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(siren: str, place: int, shift: int):
    wrong = str((int(siren[place]) + shift) % 10)
    assert not is_siren(siren[:place] + wrong + siren[place + 1 :])


def test_the_sentence_repeats_the_number():
    with pytest.raises(ValidationError) as refused:
        check_siren("732829321")
    assert refused.value.messages == ["Ce numéro SIREN n'est pas valide : vérifiez ses neuf chiffres (« 732829321 »)."]


def test_the_companies_of_the_demonstration_have_right_numbers():
    companies = {person.company for person in CAST if person.company}
    assert [company.name for company in companies if not is_siren(company.siren)] == []
