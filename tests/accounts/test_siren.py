import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.demo import CAST
from accounts.models import check_siren
from accounts.siren import is_siren, is_siret


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


@pytest.mark.parametrize(
    ("siret", "right"),
    [
        ("73282932000074", True),
        ("73282932000075", False),
        ("7328293200007", False),
        ("73282932100074", False),  # the SIREN inside is wrong
        ("35600000000048", True),  # La Poste, head office: the common key
        ("35600000049837", True),  # a post office: digits that add up to 45
        ("35600000049838", False),
        ("40483304800010", False),  # the digits add up to a multiple of five, but this is not La Poste
    ],
)
def test_a_siret_has_its_own_key_and_la_poste_another(siret: str, right: bool):
    assert is_siret(siret) == right


def test_the_sentence_repeats_the_number():
    with pytest.raises(ValidationError) as refused:
        check_siren("732829321")
    assert refused.value.messages == ["Ce numéro SIREN n'est pas valide : vérifiez ses neuf chiffres (« 732829321 »)."]


def test_the_companies_of_the_demonstration_have_right_numbers():
    companies = {person.company for person in CAST if person.company}
    assert [company.name for company in companies if not is_siren(company.siren)] == []
