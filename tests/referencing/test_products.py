"""« Nos services »: each service with all its candidatures, and what may be started on it."""

import html

import pytest
from django.urls import reverse

from accounts.models import User
from questionnaires.models import Version
from referencing import filing
from referencing.models import Candidature, Service
from referencing.opening import open_candidature
from referencing.products import product
from tests import play

LIST = "/mes-services/"


def said(page) -> str:
    return html.unescape(page.content.decode()).replace("\u00a0", " ")


def starts(user: User, candidature: Candidature) -> list[str]:
    return [start.label for start in product(user, candidature.service).starts]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_whatever_its_rows(
    client_of, alice: User, simple_version: Version, rows: int, django_assert_num_queries
) -> None:
    for number in range(rows):
        play.draft(alice, simple_version, name=f"Service {number}")
    client = client_of(alice)
    client.get(LIST)
    with django_assert_num_queries(9):
        page = client.get(LIST)
    assert said(page).count("Poursuivre MES-") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_service_takes_the_same_queries_whatever_its_candidatures(
    client_of, alice: User, simple_version: Version, rows: int, django_assert_num_queries
) -> None:
    service = play.draft(alice, simple_version).service
    for _ in range(rows - 1):
        open_candidature(service, simple_version, alice)
    client, address = client_of(alice), f"{LIST}{service.pk}/"
    client.get(address)
    with django_assert_num_queries(9):
        page = client.get(address)
    assert len(page.context["product"].candidatures) == rows


def test_a_service_shows_its_declinations_and_every_candidature_the_newest_first(
    client_of, alice: User, bob: User, simple_version: Version
) -> None:
    first = play.draft(alice, simple_version)
    filing.withdraw(first, motive="Fini.", actor=alice)
    Service.objects.update(declinations=["web", "ios", "android"])
    second = open_candidature(first.service, simple_version, alice)
    page = said(client_of(bob).get(f"{LIST}{first.service_id}/"))
    assert "site web, application iOS, application Android" in page
    assert page.index(second.reference) < page.rindex(first.reference)
    assert "Un carnet." in page


def test_a_service_of_others_is_not_found(client_of, charlie: User, sophie: User, alice: User, simple_version) -> None:
    service = play.submitted(alice, simple_version).service
    assert [client_of(who).get(f"{LIST}{service.pk}/").status_code for who in (charlie, sophie)] == [404, 404]
    assert service.name not in said(client_of(charlie).get(LIST))


def test_what_may_be_started_follows_the_stage(alice: User, simple_version: Version) -> None:
    draft = play.answered(alice, simple_version)
    assert starts(alice, draft) == [f"Poursuivre {draft.reference}"]
    filing.submit(draft, actor=alice)
    assert starts(alice, draft) == []
    filing.withdraw(Candidature.objects.get(), motive="Fini.", actor=alice)
    assert starts(alice, draft) == ["Ouvrir une candidature pour ce service"]


def test_a_published_service_is_taken_up_again_rather_than_opened(
    alice, sophie, emile, simone, marc, mona, simple_version: Version
) -> None:
    published = play.published(alice, simple_version, sophie, emile, simone, (marc, mona))
    assert starts(alice, published) == ["Renouveler ou faire évoluer ce service"]


def test_opening_from_a_service_chooses_it(client_of, alice: User, charlie: User, simple_version: Version) -> None:
    service = play.draft(alice, simple_version).service
    address = f"{reverse('referencing:start')}?service={service.pk}"
    assert client_of(alice).get(address).context["form"]["service"].value() == service.pk
    assert client_of(charlie).get(address).context["form"]["service"].value() is None
    for wrong in ("x", "٣", "9" * 30, ""):
        page = client_of(alice).get(f"{reverse('referencing:start')}?service={wrong}")
        assert page.context["form"]["service"].value() is None


def test_an_editeur_without_a_service_is_told_what_will_come(client_of, alice: User) -> None:
    assert "Aucun service pour l'instant" in said(client_of(alice).get(LIST))
