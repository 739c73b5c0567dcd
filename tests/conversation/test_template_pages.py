"""The ready-made texts: kept by the support alone, once their variables are known."""

from collections.abc import Callable

import pytest

from accounts.models import User
from conversation import templating
from conversation.models import MessageTemplate
from conversation.refusing import MessageRefused
from journal.models import Event
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]
NEW = "/messages/modeles/nouveau/"


def kept(sophie: User, title: str = "Relance", body: str = "Bonjour {{editeur}}.") -> MessageTemplate:
    return templating.save(None, title=title, body=body, is_offered=True, edition=0, actor=sophie)


def sent(template: MessageTemplate, **fields: object) -> dict[str, object]:
    return {"title": template.title, "body": template.body, "is_offered": "on", "edition": template.edition, **fields}


def test_a_text_is_kept_as_typed_and_offered(sophie: User, client_of: ClientOf):
    client = client_of(sophie)
    body = "Bonjour {{editeur}},\n\n<b>{% now %}</b> au sujet de {{ reference }}."
    page = client.post(NEW, {"title": "Relance", "body": body, "is_offered": "on"}, follow=True).content.decode()
    assert "Modèle « Relance » enregistré." in page
    template = MessageTemplate.objects.get()
    assert (template.body, template.is_offered, template.edition, template.updated_by) == (body, True, 1, sophie)
    assert Event.objects.get(kind="conversation.template_saved").data["title"] == "Relance"


def test_an_unknown_variable_is_refused_by_its_name_and_the_text_kept(sophie: User, client_of: ClientOf):
    response = client_of(sophie).post(NEW, {"title": "Relance", "body": "Bonjour {{civilite}} {{nom}}."})
    page = response.content.decode()
    assert response.status_code == 422
    assert "« {{civilite}} » n&#x27;est pas une variable connue" in page
    assert "« {{nom}} » n&#x27;est pas une variable connue" in page
    assert "Bonjour {{civilite}} {{nom}}." in page
    with pytest.raises(MessageRefused, match="n'est pas une variable connue"):
        kept(sophie, body="Bonjour {{civilite}}.")
    assert not MessageTemplate.objects.exists()


def test_a_title_is_borne_once_whatever_its_case(sophie: User, client_of: ClientOf):
    kept(sophie)
    response = client_of(sophie).post(NEW, {"title": "RELANCE", "body": "Bonjour."})
    assert (response.status_code, "Un modèle porte déjà ce titre." in response.content.decode()) == (422, True)


def test_a_preview_shows_the_text_filled_and_keeps_nothing(sophie: User, client_of: ClientOf):
    response = client_of(sophie).post(NEW, {"title": "Relance", "body": "Bonjour {{editeur}} !", "preview": "1"})
    page = response.content.decode()
    assert (response.status_code, "Bonjour Glyco SAS !" in page, "Bonjour {{editeur}} !" in page) == (200, True, True)
    assert not MessageTemplate.objects.exists()


def test_two_agents_never_overwrite_one_another(sophie: User, samuel: User, client_of: ClientOf):
    template = kept(sophie)
    address = f"/messages/modeles/{template.pk}/"
    stale = sent(template, body="La version de Samuel.")
    client_of(sophie).post(address, sent(template, body="La version de Sophie."))
    response = client_of(samuel).post(address, stale)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Ce modèle a été modifié par Sophie Bernard pendant que vous l&#x27;écriviez" in page
    assert ("La version de Sophie." in page, "La version de Samuel." in page) == (True, True)
    template.refresh_from_db()
    assert template.body == "La version de Sophie."
    client_of(samuel).post(address, stale | {"edition": response.context["form"]["edition"].value()})
    template.refresh_from_db()
    assert (template.body, template.edition) == ("La version de Samuel.", 3)


def test_a_text_no_longer_offered_is_kept_and_not_proposed(sophie: User, client_of: ClientOf):
    template = kept(sophie)
    client = client_of(sophie)
    fields = sent(template)
    del fields["is_offered"]
    client.post(f"/messages/modeles/{template.pk}/", fields)
    template.refresh_from_db()
    assert template.is_offered is False
    assert "Retiré" in client.get("/messages/modeles/").content.decode()


def test_nobody_but_the_support_opens_them(sophie: User, alice: User, emile: User, aude: User, client_of: ClientOf):
    template = kept(sophie)
    for person in (alice, emile, aude):
        client = client_of(person)
        for address in ("/messages/modeles/", NEW, f"/messages/modeles/{template.pk}/"):
            assert client.get(address).status_code == 404
        assert client.post(NEW, {"title": "x", "body": "y"}).status_code == 404
    assert MessageTemplate.objects.count() == 1
