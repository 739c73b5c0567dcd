"""The page « Délais », the correction of a date, and « qui agit, avant quand, pourquoi » on every page of a file."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from kit.templatetags.french import long_date
from referencing import clockwork
from referencing.clock_page import bars_of
from referencing.clocks import Leg
from referencing.models import Candidature
from referencing.stages import Stage
from referencing.turns import turn_of
from tests import play
from tests.client import HouseClient
from tests.referencing.post import House
from tests.referencing.test_clockwork import moved_back

ClientOf = Callable[[User], HouseClient]
TODAY = timezone.localdate()


def read(client: HouseClient, candidature: Candidature, page: str = "delais/") -> str:
    response = client.get(f"/candidatures/{candidature.reference}/{page}")
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def plain(day: object) -> str:
    return long_date(day).replace("\u00a0", " ")  # type: ignore[arg-type]


@pytest.fixture
def asked(house: House) -> Candidature:
    """Admitted twelve days before complements were asked for, five days ago."""
    candidature = house.assigned()
    moved_back(candidature, 12)
    house.assigned = lambda: candidature  # type: ignore[method-assign]
    found = house.asked()
    moved_back(found, 5)
    clockwork.wind(found, clockwork.facts_of(found))
    found.save(update_fields=["deadline", "suspended_on"])
    return found


def test_the_editor_reads_that_the_delay_is_suspended(asked: Candidature, house: House, client_of: ClientOf) -> None:
    page = read(client_of(house.people["alice"]), asked)
    since = plain(TODAY - timedelta(days=5))
    assert f"Le délai est suspendu depuis le {since}" in page
    assert f"suspendu depuis le {since}, il restera 48 jours à la reprise" in page
    assert "Rectifier" not in page


@pytest.mark.parametrize(
    "page", ["", "documents/", "questionnaires/", "criteres/SEC-GOV-01/", "criteres/SEC-GOV-01/discussion/"]
)
def test_every_page_says_who_acts_by_when_and_why(
    asked: Candidature, house: House, client_of: ClientOf, page: str
) -> None:
    found = read(client_of(house.people["alice"]), asked, page)
    assert f"Le délai est suspendu depuis le {plain(TODAY - timedelta(days=5))}" in found
    assert "ate fixée dans la demande (CRPA, art. L. 114-5)" in found
    assert f"/candidatures/{asked.reference}/delais/" in found


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.PUBLISHED])
def test_a_turn_is_told_at_every_open_stage(stage: Stage) -> None:
    turn = turn_of(Candidature(stage=stage))
    over = stage in (Stage.INADMISSIBLE, Stage.REJECTED, Stage.WITHDRAWN)
    assert (turn is None) == over
    assert over or (turn and turn.who and turn.what and turn.why)


def test_nothing_runs_in_a_draft(alice: User, simple_version, client_of: ClientOf) -> None:
    page = read(client_of(alice), play.draft(alice, simple_version))
    assert "Rien ne court tant que la candidature n'est pas déposée." in page


def test_a_file_that_is_over_says_how_each_delay_ended(house: House, client_of: ClientOf) -> None:
    page = read(client_of(house.people["alice"]), house.published())
    assert "Qui agit</dt>" not in page
    assert page.count("Terminé</span>") == 5


def test_support_corrects_a_date_and_the_editor_reads_why(house: House, client_of: ClientOf) -> None:
    submitted = house.submitted()
    moved_back(submitted, 3)
    client = client_of(house.people["sophie"])
    address = f"/candidatures/{submitted.reference}/delais/1/rectifier/"
    on = TODAY - timedelta(days=6)
    sent = {"on": on.isoformat(), "motive": "Reçu pendant la <b>panne</b> {{ x }}.", "edition": 0}
    response = client.post(address, sent)
    assert response.status_code == 302
    submitted.refresh_from_db()
    assert submitted.deadline == on + timedelta(days=15)
    page = read(client_of(house.people["alice"]), submitted)
    assert "rectifiée : Reçu pendant la &lt;b&gt;panne&lt;/b&gt; {{ x }}." in page
    assert f"auparavant le {(TODAY - timedelta(days=3)):%d/%m/%Y}" in page


def test_a_wrong_date_is_refused_and_kept(house: House, client_of: ClientOf) -> None:
    submitted = house.submitted()
    client = client_of(house.people["sophie"])
    address = f"/candidatures/{submitted.reference}/delais/1/rectifier/"
    later = TODAY + timedelta(days=2)
    page = client.post(address, {"on": later.isoformat(), "motive": "Erreur.", "edition": 0}).content.decode()
    assert "il ne peut pas être daté après" in page
    assert later.isoformat() in page
    assert "Erreur.</textarea>" in page
    page = client.post(address, {"on": TODAY.isoformat(), "motive": "x" * 200_000, "edition": 0}).content.decode()
    assert "au plus 2" in page
    assert submitted.clock_facts.count() == 1


@pytest.mark.parametrize("name", ["alice", "emile", "marc", "simone", "aude", "charlie"])
def test_nobody_but_support_corrects(
    house: House, request: pytest.FixtureRequest, client_of: ClientOf, name: str
) -> None:
    person = house.people.get(name) or request.getfixturevalue(name)
    submitted = house.submitted()
    address = f"/candidatures/{submitted.reference}/delais/1/rectifier/"
    assert client_of(person).get(address).status_code == 404
    sent = {"on": TODAY.isoformat(), "motive": "x", "edition": 0}
    assert client_of(person).post(address, sent).status_code == 404


def test_an_unknown_fact_is_not_found(house: House, client_of: ClientOf) -> None:
    submitted = house.submitted()
    client = client_of(house.people["sophie"])
    assert client.get(f"/candidatures/{submitted.reference}/delais/9/rectifier/").status_code == 404


def test_bars_cover_the_whole_in_order() -> None:
    legs = [
        Leg("admissibility", TODAY - timedelta(days=20), TODAY - timedelta(days=15)),
        Leg("evaluation", TODAY - timedelta(days=15), TODAY - timedelta(days=5)),
        Leg("complement_reply", TODAY - timedelta(days=5)),
    ]
    bars = [(bar.label, bar.start, bar.width, bar.days, bar.is_waiting) for bar in bars_of(legs, TODAY)]
    assert bars == [
        ("Examen de la recevabilité", 0.0, 25.0, 5, False),
        ("Évaluation", 25.0, 50.0, 10, False),
        ("Compléments attendus", 75.0, 25.0, 5, True),
    ]
    assert bars_of([], TODAY) == []


def test_the_page_costs_the_same_however_long_the_past(
    house: House, client_of: ClientOf, django_assert_num_queries: Callable[..., object]
) -> None:
    candidature = house.submitted()
    client = client_of(house.people["sophie"])
    read(client, candidature)  # what a process asks for once
    with CaptureQueriesContext(connection) as captured:
        read(client, candidature)
    for edition in range(3):
        on = TODAY - timedelta(days=3 + edition)
        clockwork.correct(candidature, 1, on, motive="Erreur.", actor=house.people["sophie"], edition=edition)
    with django_assert_num_queries(len(captured)):  # type: ignore[attr-defined]
        read(client, candidature)
