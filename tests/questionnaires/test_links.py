"""The addresses that may be proofs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.contents import FileRefused
from questionnaires.links import check_address

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    "address",
    [
        "https://exemple.fr/",
        "https://www.exemple.fr/cgu?v=2#art-3",
        "https://santé.exemple.fr/a",
        "https://exemple.fr:8443/x",
    ],
)
def test_a_public_page_in_https_is_taken_as_it_is(address: str):
    assert check_address(f" {address} ") == address


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://exemple.fr/", "ne commence pas par https://"),
        ("javascript:alert(1)", "ne commence pas par https://"),
        ("exemple.fr", "ne commence pas par https://"),
        ("https://", "n'est pas celle d'une page"),
        ("https://exem ple.fr/", "n'est pas celle d'une page"),
        ("https://exemple.fr/\r\nX: y", "n'est pas celle d'une page"),
        ("https://moi:secret@exemple.fr/", "contient un identifiant"),
        ("https://127.0.0.1/", "n'est pas publique"),
        ("https://10.0.0.8/", "n'est pas publique"),
        ("https://[::1]/", "n'est pas publique"),
        ("https://localhost/", "n'est pas publique"),
        ("https://serveur.local/", "n'est pas publique"),
        ("https://exemple.fr/" + "a" * 500, "dépasse 500 caractères"),
    ],
)
def test_any_other_address_gets_one_sentence(address: str, sentence: str):
    with pytest.raises(FileRefused) as refused:
        check_address(address)
    assert sentence in refused.value.sentence
    assert "\n" not in refused.value.sentence


@given(st.text(max_size=60))
def test_whatever_is_typed_is_either_a_safe_address_or_refused(typed: str):
    try:
        address = check_address(typed)
    except FileRefused:
        return
    assert address.lower().startswith("https://")
    assert not set(address) & set('\r\n\t <>"')
