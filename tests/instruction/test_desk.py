"""The list of the desk: every filter, its orders, its exports, and the lists kept under a name."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import User
from accounts.roles import Role
from evaluation.domains import Domain
from evaluation.models import Assignment
from instruction import exports, listing
from instruction.models import FirstView, SavedView
from questionnaires.models import Version
from referencing import claims
from referencing.models import Candidature, Service
from referencing.stages import Stage
from tests import cast, play
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]
DESK = "/instruction/"


@pytest.fixture
def submitted(alice: User, simple_version: Version) -> Candidature:
    return play.submitted(alice, simple_version)


@pytest.fixture
def karim(db: None) -> User:
    return cast.staff(Role.SUPPORT, "karim", "Karim Haddad", "chargé de référencement")


def listed(client: HouseClient, query: str) -> list[str]:
    return [one.reference for one in client.get(f"{DESK}?{query}").context["page_obj"]]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_takes_the_same_queries_whatever_its_rows(
    alice: User, sophie: User, client_of: ClientOf, simple_version: Version, rows: int
) -> None:
    for number in range(rows):
        claims.take(play.submitted(alice, simple_version, name=f"Service {number}"), actor=sophie)
    client = client_of(sophie)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"{DESK}?q=service&open=on&holder=moi&editor=glyco&track=simple").status_code == 200
    assert len(captured) == 19, [one["sql"][:150] for one in captured]


def test_the_desk_counts_what_waits_and_links_to_it(submitted: Candidature, sophie: User, client_of: ClientOf) -> None:
    page = client_of(sophie).get(DESK).content.decode()
    assert submitted.reference in page
    assert 'href="?stage=submitted"' in page


def test_each_filter_keeps_what_it_says_and_nothing_else(
    alice: User, charlie: User, sophie: User, emile: User, client_of: ClientOf, simple_version: Version
) -> None:
    kept = play.assigned(alice, simple_version, sophie, emile, name="Glyco")
    other = play.submitted(charlie, simple_version, name="Sommeil")
    claims.take(kept, actor=sophie)
    day = timezone.localdate()
    Candidature.objects.filter(pk=other.pk).update(submitted_at=timezone.now() - timedelta(days=40))
    Candidature.objects.filter(pk=kept.pk).update(deadline=day - timedelta(days=1))
    Assignment.objects.filter(candidature=kept).update(domains=[Domain.SECURITY])
    client = client_of(sophie)
    for query in (
        "q=glyc", f"q={kept.reference}", "q=glyco+sas", "editor=Glyco+SAS", "editor=732+829", "stage=in_evaluation",
        "waits=experts", "holder=moi", f"holder={sophie.pk}", f"expert={emile.pk}", "late=on", f"domain={Domain.SECURITY}",
        f"filed_from={day - timedelta(days=2)}", f"due_to={day}",
    ):  # fmt: skip
        assert listed(client, query) == [kept.reference], query
    for query in ("holder=personne", "waits=support", f"filed_to={day - timedelta(days=30)}", f"due_from={day}"):
        assert listed(client, query) == [other.reference], query
    for query in ("open=on", f"version={simple_version.code}", "track=simple", "sort=service"):
        assert set(listed(client, query)) == {kept.reference, other.reference}, query
    assert listed(client, "q=glyco&holder=personne") == []
    assert listed(client, f"domain={Domain.PRIVACY}") == []


def test_a_value_that_is_not_understood_is_said_and_kept(
    submitted: Candidature, sophie: User, client_of: ClientOf
) -> None:
    client = client_of(sophie)
    page = client.get(f"{DESK}?filed_from=demain&stage=nulle-part").content.decode()
    assert "Saisissez une date valide." in page
    assert 'value="demain"' in page
    assert client.get(f"{DESK}candidatures.csv?filed_from=demain").status_code == 302


@pytest.mark.parametrize("sort", listing.ORDERS)
def test_every_order_shows_every_file_once(
    alice: User, sophie: User, client_of: ClientOf, simple_version: Version, sort: str
) -> None:
    first, second = (play.submitted(alice, simple_version, name=name) for name in ("Abeille", "Zèbre"))
    found = listed(client_of(sophie), f"sort={sort}")
    assert sorted(found) == sorted([first.reference, second.reference])
    if sort.endswith("service"):
        assert (found[0] == first.reference) is not sort.startswith("-")


def test_the_desk_never_shows_a_draft(alice: User, sophie: User, client_of: ClientOf, simple_version: Version) -> None:
    draft = play.draft(alice, simple_version)
    assert draft.reference not in client_of(sophie).get(DESK).content.decode()


def test_an_editeur_has_no_desk_nor_its_files(alice: User, client_of: ClientOf) -> None:
    for address in (DESK, f"{DESK}candidatures.csv", f"{DESK}charge/", f"{DESK}vues/"):
        assert client_of(alice).get(address).status_code == 404


@pytest.mark.parametrize("danger", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_no_cell_of_an_export_is_a_formula(
    submitted: Candidature, sophie: User, client_of: ClientOf, danger: str
) -> None:
    Service.objects.update(name=danger)
    client = client_of(sophie)
    text = client.get(f"{DESK}candidatures.csv").getvalue().decode("utf-8-sig")
    head, line = csv.reader(io.StringIO(text), delimiter=";")
    assert (head[0], line[0], line[1]) == ("Référence", submitted.reference, f"'{danger}")
    book = load_workbook(io.BytesIO(client.get(f"{DESK}candidatures.xlsx").content))
    box = book.active["B2"]  # type: ignore[index]
    assert (box.value, box.data_type) == (danger, "s")


def test_an_export_holds_the_filtered_list_and_no_more(
    alice: User, sophie: User, ministry_reader: User, client_of: ClientOf, simple_version: Version
) -> None:
    one, _ = (play.submitted(alice, simple_version, name=name) for name in ("Abeille", "Zèbre"))
    text = client_of(sophie).get(f"{DESK}candidatures.csv?q=abeille").getvalue().decode()
    assert [line.split(";")[0] for line in text.splitlines()[1:]] == [one.reference]
    unread = client_of(ministry_reader).get(f"{DESK}candidatures.csv").getvalue().decode()
    assert len(unread.splitlines()) == 1  # the ministry reads nothing before the avis


@pytest.fixture
def ministry_reader(marc: User) -> User:
    return marc


def test_an_export_is_read_by_chunks_in_constant_queries(
    alice: User, sophie: User, simple_version: Version, django_assert_num_queries: Callable[[int], object]
) -> None:
    for number in range(3):
        play.submitted(alice, simple_version, name=f"Service {number}")
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        assert len(list(exports.lines(Candidature.objects.filed().order_by("pk")))) == 3


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("", ""),
        ("page=3&tout=1&inconnu=x", ""),
        ("q=+&track=", ""),
        ("sort=deadline", ""),
        ("sort=-filed&q=glyco", "q=glyco&sort=-filed"),
        ("stage=submitted&stage=evaluated", "stage=evaluated&stage=submitted"),
        ("stage=evaluated&page=2&stage=submitted&stage=submitted", "stage=evaluated&stage=submitted"),
    ],
)
def test_a_list_is_written_in_one_way_only(address: str, kept: str) -> None:
    assert listing.canonical(QueryDict(address)) == kept


def test_a_list_is_kept_under_a_name_and_opened_on(submitted: Candidature, sophie: User, client_of: ClientOf) -> None:
    client = client_of(sophie)
    reply = client.post(f"{DESK}vues/", {"query": "stage=evaluated&page=2", "name": "À inscrire", "is_first": "on"})
    assert reply["Location"] == f"{DESK}?stage=evaluated"
    assert client.get(DESK)["Location"] == f"{DESK}?stage=evaluated"
    assert submitted.reference in client.get(f"{DESK}?tout=1").content.decode()
    page = client.get(f"{DESK}?stage=evaluated").content.decode()
    assert 'aria-current="true">À inscrire' in page
    client.post(f"{DESK}vues/{SavedView.objects.get().pk}/ouvrir/")
    assert client.get(DESK).status_code == 200


def test_a_shared_view_is_all_of_supports_and_its_owners_to_delete(
    sophie: User, karim: User, marc: User, client_of: ClientOf
) -> None:
    form = {"query": "late=on", "name": "Retards", "is_shared": "on"}
    client_of(sophie).post(f"{DESK}vues/", form)
    view = SavedView.objects.get()
    colleague = client_of(karim)
    assert "Retards" in colleague.get(DESK).content.decode()
    assert "Retards" not in client_of(marc).get(DESK).content.decode()
    assert colleague.post(f"{DESK}vues/{view.pk}/supprimer/").status_code == 404
    colleague.post(f"{DESK}vues/{view.pk}/ouvrir/")
    assert colleague.get(DESK).status_code == 302
    client_of(sophie).post(f"{DESK}vues/", {"query": "late=on", "name": "Retards"})  # no longer shared
    assert FirstView.objects.count() == 0
    assert colleague.get(DESK).status_code == 200


def test_the_ministry_keeps_views_but_shares_none(marc: User, client_of: ClientOf) -> None:
    client_of(marc).post(f"{DESK}vues/", {"query": "late=on", "name": "Retards", "is_shared": "on"})
    assert SavedView.objects.get().is_shared is False


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"query": "", "name": "Tout"}, "Choisissez d'abord un filtre ou un tri"),
        ({"query": "late=on", "name": ""}, "Ce champ est obligatoire."),
        ({"query": "late=on", "name": "x" * 61}, "60 caractères"),
    ],
)
def test_a_view_that_cannot_be_kept_says_why(
    sophie: User, client_of: ClientOf, form: dict[str, str], sentence: str
) -> None:
    reply = client_of(sophie).post(f"{DESK}vues/", form)
    assert (reply.status_code, sentence in reply.content.decode().replace("&#x27;", "'")) == (422, True)


def test_the_experts_of_a_file_are_shown_beside_it(
    alice: User, sophie: User, emile: User, eva: User, client_of: ClientOf, simple_version: Version
) -> None:
    candidature = play.assigned(alice, simple_version, sophie, emile)
    play.assign(candidature, eva, actor=sophie)
    assert candidature.stage == Stage.IN_EVALUATION
    assert "Émile Roux, Eva Noël" in client_of(sophie).get(DESK).content.decode()
