"""What everybody reads: the list, its filters in the address, and the page of a service."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.search import fold


def names(response) -> list[str]:
    return [fiche.name for _, fiche in response.context["cards"]]


@pytest.fixture
def three(entry, another):
    """Three services: Glyco (free, web, no exchange), Rendez-vous and Vaccins."""
    another(
        "Rendez vous",
        thematics=("GESTION",),
        economic_model="PAYANT",
        web_url="",
        ios_url="https://apps.apple.com/fr/app/1",
    )
    another("Vaccins", thematics=("CARNET_VACCIN", "PREVENTION_INFO"), regions=("53",), exchanges_data=True)
    return entry


def test_an_empty_catalogue_says_what_will_come(client, db):
    page = client.get("/catalogue/")
    assert page.status_code == 200
    assert "Le catalogue est encore vide" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Glyco", "Rendez vous", "Vaccins"]),
        ("q=GLYCÉMIE", ["Glyco"]),
        ("q=diabetiques+glyco", ["Glyco"]),
        ("q=vaccins+glyco", []),
        ("thematique=PREVENTION_INFO", ["Glyco", "Vaccins"]),
        ("prix=PAYANT", ["Rendez vous"]),
        ("echange=oui", ["Vaccins"]),
        ("echange=non", ["Glyco", "Rendez vous"]),
        ("appareil=ios", ["Rendez vous"]),
        ("appareil=web&prix=GRATUIT", ["Glyco", "Vaccins"]),
        ("region=53", ["Glyco", "Rendez vous", "Vaccins"]),
        ("region=11", ["Glyco", "Rendez vous"]),
        ("prix=INCONNU", ["Glyco", "Rendez vous", "Vaccins"]),
        ("page=99", ["Glyco", "Rendez vous", "Vaccins"]),
    ],
)
def test_filters_are_in_the_address(three, client, query, found):
    assert names(client.get(f"/catalogue/?{query}")) == found


def test_an_unknown_choice_is_said(three, client):
    page = client.get("/catalogue/?prix=INCONNU")
    assert "Sélectionnez un choix valide" in page.content.decode()
    assert page.context["chosen"] == []


def test_each_filter_in_force_can_be_taken_off(three, client):
    page = client.get("/catalogue/?q=vaccins&prix=GRATUIT&page=1")
    assert page.context["chosen"] == [("« vaccins »", "?prix=GRATUIT"), ("Gratuit", "?q=vaccins")]
    assert "1\u00a0service" in page.content.decode()


def test_nothing_found_says_what_to_do(three, client):
    page = client.get("/catalogue/?q=licorne").content.decode()
    assert "Aucun service ne correspond" in page
    assert "Voir tous les services" in page


def test_thematics_are_counted(three, client):
    page = client.get("/catalogue/?thematique=GESTION")
    choices = dict(page.context["filter"].form.fields["thematique"].choices)
    assert choices["PREVENTION_INFO"] == "Prévention ou information de santé (2)"
    assert choices["TELECONSULTATION"] == "Services de téléconsultation (0)"
    assert page.context["chosen"] == [("Gestion et prise de rendez-vous", "?")]


def test_a_long_catalogue_has_pages_that_keep_the_filters(entry, another, client):
    for number in range(12):
        another(f"Service {number:02}")
    first = client.get("/catalogue/?prix=GRATUIT")
    assert len(names(first)) == 12
    assert "13\u00a0services" in first.content.decode()
    assert "?prix=GRATUIT&amp;page=2" in first.content.decode()
    assert names(client.get("/catalogue/?prix=GRATUIT&page=2")) == ["Service 11"]


@pytest.mark.parametrize("others", [0, 2])
def test_the_list_takes_four_queries_whatever_it_shows(entry, another, client, others, django_assert_num_queries):
    for number in range(others):
        another(f"Service {number}")
    with django_assert_num_queries(4):  # how many, the services, their tags, the counts by thématique
        assert client.get("/catalogue/").status_code == 200


def test_the_page_of_a_service_takes_two_queries(entry, client, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert client.get("/catalogue/glyco/").status_code == 200


def test_the_page_says_what_one_came_for(entry, client):
    page = client.get("/catalogue/glyco/").content.decode()
    for words in (
        "Édité par Glyco SAS",
        "Suivez votre glycémie au quotidien.",
        "<p>Il se remplit en deux gestes.</p>",
        "Gratuit",
        "Site web",
        "Toute la France",
        "Ce service n'échange aucune donnée avec Mon espace santé",
        "Petit référentiel simplifié",
        "Avis de la commission",
        "Décision du ministre",
        'href="https://glyco.example.fr/cgu"',
    ):
        assert words in page, words


def test_data_exchanged_are_listed_with_their_reason(entry, client):
    entry.exchanges_data, entry.finalities = True, "Ajouter ma glycémie\n\n Consulter mon poids "
    entry.save(update_fields=["exchanges_data", "finalities"])
    page = client.get("/catalogue/glyco/").content.decode()
    assert "<ul><li>Ajouter ma glycémie</li><li>Consulter mon poids</li></ul>" in page
    assert "Rien n'est échangé sans votre accord" in page


def test_what_an_editor_wrote_is_shown_as_text(entry, client):
    entry.long_description = "<script>alert(1)</script>"
    entry.save(update_fields=["long_description"])
    assert "<script>alert" not in client.get("/catalogue/glyco/").content.decode()


def test_an_unknown_service_is_not_found(client, db):
    assert client.get("/catalogue/inconnu/").status_code == 404


def test_nothing_is_written_by_reading(entry, client):
    assert client.post("/catalogue/").status_code == 405
    assert client.post("/catalogue/glyco/").status_code == 405


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("Télé-Œil  d’ÉTÉ", "tele-oeil d'ete"), ("  ", ""), ("ÇA\u00a0VA", "ca va"), ("straße", "strasse")],
)
def test_words_are_found_without_accents_nor_capitals(typed, folded):
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
