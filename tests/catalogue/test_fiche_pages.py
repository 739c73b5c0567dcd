"""Writing the fiche, seeing it as the public will, checking and publishing: who may, what is said, what is kept."""

import html

import pytest

from catalogue.fiches import StaleFiche, draft_of, save_fiche
from catalogue.models import FicheDraft
from catalogue.reactions import open_entry
from journal.models import Event
from referencing.door import Refused
from referencing.models import Candidature
from referencing.stages import Stage
from tests import play

FORM = {**play.FICHE, "name": "Glyco", "edition": 0}


@pytest.fixture
def draft(alice, simple_version) -> Candidature:
    return play.draft(alice, simple_version)


def said(answer) -> str:
    return html.unescape(answer.content.decode())


def address(candidature, page=""):
    return f"/candidatures/{candidature.reference}/{page}"


# --- Who ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "fiche", "publishing"),
    [
        ("alice", 200, 404),
        ("bob", 200, 404),
        ("charlie", 404, 404),
        ("sophie", 200, 200),
        ("emile", 404, 404),
        ("simone", 404, 404),
        ("marc", 404, 404),
        ("aude", 404, 404),
    ],
)
def test_each_page_is_for_whom_it_is(ready, client_of, request, who, fiche, publishing):
    client = client_of(request.getfixturevalue(who))
    assert client.get(address(ready, "fiche/")).status_code == fiche
    assert client.get(address(ready, "fiche/apercu/")).status_code == fiche
    assert client.post(address(ready, "fiche/"), FORM).status_code == (409 if fiche == 200 else 404)
    assert client.get(address(ready, "publier/")).status_code == publishing
    assert client.post(address(ready, "publier/"), {}).status_code == (422 if publishing == 200 else 404)


def test_a_draft_is_nobody_s_but_its_team_s(draft, client_of, alice, sophie):
    assert client_of(alice).get(address(draft, "fiche/")).status_code == 200
    assert client_of(sophie).get(address(draft, "fiche/")).status_code == 404


def test_a_visitor_is_asked_who_they_are(draft, client):
    for page in ("fiche/", "fiche/apercu/", "publier/"):
        assert client.get(address(draft, page)).status_code == 302


# --- Writing --------------------------------------------------------------------------------


def test_a_fiche_starts_with_what_is_known_and_says_what_it_lacks(draft, client_of, alice):
    page = client_of(alice).get(address(draft, "fiche/"))
    assert page.context["form"]["name"].value() == "Glyco"
    assert len(page.context["lacks"]) == 6
    assert FicheDraft.objects.count() == 0


def test_a_fiche_is_saved_whole_or_not(draft, client_of, alice):
    answer = client_of(alice).post(address(draft, "fiche/"), {"name": "Glyco", "description": "Court.", "edition": 0})
    assert answer.headers["Location"] == address(draft, "fiche/")
    saved = FicheDraft.objects.get(candidature=draft)
    assert (saved.description, saved.edition, saved.updated_by) == ("Court.", 1, alice)
    assert Event.objects.get(kind="fiche.saved").actor == alice


def test_a_fiche_may_be_saved_and_shown_at_once(draft, client_of, alice):
    client = client_of(alice)
    answer = client.post(address(draft, "fiche/"), {**FORM, "thematics": ["GESTION"], "preview": "1"})
    assert answer.headers["Location"] == address(draft, "fiche/apercu/")
    page = said(client.get(answer.headers["Location"]))
    assert "Suivez votre glycémie au quotidien." in page
    assert "Gestion et prise de rendez-vous" in page
    assert "Seuls l'éditeur et le support voient cette page" in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Ce champ est obligatoire"),
        ("description", "é" * 161, "160"),
        ("web_url", "http://glyco.example.fr", "Donnez une adresse complète qui commence par https://"),
        ("web_url", "javascript:alert(1)", "Donnez une adresse complète qui commence par https://"),
        ("ios_url", "https://example.fr/app", "Cette adresse doit commencer par https://apps.apple.com/"),
        ("android_url", "https://apps.apple.com/x", "doit commencer par https://play.google.com/store/apps/"),
        ("economic_model", "CHER", "Sélectionnez un choix valide"),
        ("thematics", ["MAGIE"], "Sélectionnez un choix valide"),
        ("regions", ["99"], "Sélectionnez un choix valide"),
        ("edition", "-1", "supérieure ou égale à 0"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(draft, client_of, alice, field, value, sentence):
    page = client_of(alice).post(address(draft, "fiche/"), {**FORM, "long_description": "Mon texte", field: value})
    assert page.status_code == 422
    assert sentence in said(page)
    assert "Mon texte" in said(page)
    assert FicheDraft.objects.count() == 0


def test_finalities_are_asked_only_when_data_are_exchanged(draft, alice, client_of, simple_version):
    exchange = play.draft(alice, simple_version, facts=play.EXCHANGE, name="Glyco plus")
    client = client_of(alice)
    assert "finalities" not in client.get(address(draft, "fiche/")).context["form"].fields
    assert "finalities" in client.get(address(exchange, "fiche/")).context["form"].fields


def test_a_colleague_who_was_faster_is_not_overwritten(draft, client_of, alice, bob):
    save_fiche(draft, actor=bob, edition=0, description="Celle de Bob")
    client = client_of(alice)
    page = client.post(address(draft, "fiche/"), {**FORM, "description": "Celle d'Alice", "thematics": ["GESTION"]})
    assert page.status_code == 409
    assert "Bob Durand l'a enregistrée" in said(page)
    assert page.context["form"]["description"].value() == "Celle d'Alice"
    assert page.context["form"]["thematics"].value() == ["GESTION"]
    assert FicheDraft.objects.get().description == "Celle de Bob"
    again = client.post(address(draft, "fiche/"), {**FORM, "description": "Celle d'Alice", "edition": 1})
    assert again.status_code == 302
    assert FicheDraft.objects.get().description == "Celle d'Alice"


def test_the_service_refuses_a_stale_save_and_an_unknown_field(draft, alice):
    save_fiche(draft, actor=alice, edition=0, description="Une")
    with pytest.raises(StaleFiche, match="Alice Martin a enregistré cette fiche"):
        save_fiche(draft, actor=alice, edition=0, description="Deux")
    with pytest.raises(TypeError):
        save_fiche(draft, actor=alice, edition=1, slug="ailleurs")


def test_a_closed_candidature_keeps_its_fiche(published, client_of, alice):
    edition = draft_of(published).edition
    with pytest.raises(Refused, match="sa fiche ne change plus"):
        save_fiche(published, actor=alice, edition=edition, description="Trop tard")
    client = client_of(alice)
    assert client.get(address(published, "fiche/")).headers["Location"] == address(published, "fiche/apercu/")
    assert client.post(address(published, "fiche/"), {**FORM, "edition": edition}).status_code == 422
    assert "/catalogue/glyco/" in said(client.get(address(published, "fiche/apercu/")))


# --- Publishing -----------------------------------------------------------------------------


def test_before_publishing_the_support_reads_every_reason(accepted, client_of, sophie):
    page = said(client_of(sophie).get(address(accepted, "publier/")))
    assert "Il reste 7\u00a0points à régler" in page
    assert "La convention n'est pas signée par les trois parties" in page
    assert "Rédigez la présentation du service." in page
    assert "J'ai relu la fiche" not in page


def test_the_support_publishes_after_reading(ready, client_of, sophie):
    client = client_of(sophie)
    form = {"seen": ready.version, "read": "on", "edition": 1}
    assert "Camille Roy" in said(client.get(address(ready, "publier/")))
    refused = client.post(address(ready, "publier/"), {"seen": ready.version, "edition": 1})
    assert (refused.status_code, Candidature.objects.get(pk=ready.pk).stage) == (422, Stage.ACCEPTED)
    assert "Relisez la fiche, puis cochez la case pour publier." in said(refused)
    answer = client.post(address(ready, "publier/"), form)
    assert answer.headers["Location"] == address(ready, "publier/")
    page = said(client.get(address(ready, "publier/")))
    assert "« Glyco » est publié au catalogue." in page
    assert "la page publique s'ouvre dans un instant" in page
    open_entry(Event.objects.get(kind="candidature.publish").pk)
    assert 'href="/catalogue/glyco/"' in said(client.get(address(ready, "publier/")))
    assert client.get("/catalogue/glyco/").status_code == 200


def test_a_page_grown_old_does_not_publish(ready, client_of, sophie):
    answer = client_of(sophie).post(address(ready, "publier/"), {"seen": ready.version - 1, "read": "on", "edition": 1})
    assert answer.status_code == 409
    assert Candidature.objects.get(pk=ready.pk).stage == Stage.ACCEPTED


def test_what_lacks_meanwhile_is_said_on_the_page(ready, client_of, sophie, alice):
    play.fiche_written(ready, alice, cgu_url="")
    answer = client_of(sophie).post(address(ready, "publier/"), {"seen": ready.version, "read": "on", "edition": 2})
    assert answer.status_code == 422
    assert "Donnez l'adresse des conditions d'utilisation." in said(answer)


def test_a_fiche_rewritten_meanwhile_is_read_again_before_publishing(ready, client_of, sophie, alice):
    client = client_of(sophie)
    assert client.get(address(ready, "publier/")).context["form"]["edition"].value() == 1
    play.fiche_written(ready, alice, description="Le meilleur carnet du monde.")
    form = {"seen": ready.version, "read": "on", "edition": 1}
    answer = client.post(address(ready, "publier/"), form)
    assert answer.status_code == 409
    assert "Alice Martin a modifié la fiche depuis l'affichage de la page : rien n'est publié." in said(answer)
    assert "Le meilleur carnet du monde." in said(answer)
    shown = answer.context["form"]
    assert (shown["edition"].value(), shown["read"].value()) == (2, False)
    assert Candidature.objects.get(pk=ready.pk).stage == Stage.ACCEPTED
    assert client.post(address(ready, "publier/"), {**form, "edition": 2}).status_code == 302
    assert Candidature.objects.get(pk=ready.pk).stage == Stage.PUBLISHED


def test_publishing_twice_is_told(published, client_of, sophie):
    form = {"seen": published.version - 1, "read": "on", "edition": 1}
    answer = client_of(sophie).post(address(published, "publier/"), form)
    assert answer.status_code == 409
