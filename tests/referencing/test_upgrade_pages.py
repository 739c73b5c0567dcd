"""A draft goes to another version: simulated, accepted under lock, undone; the former answers stay."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from journal.models import Event
from questionnaires import sheets
from questionnaires.completeness import CONFIRM
from questionnaires.models import Sheet, Version
from referencing import upgrading
from referencing.models import Candidature, Upgrade
from tests import play
from tests.client import HouseClient
from tests.entrances.knocking import contents

ClientOf = Callable[[User], HouseClient]
PAGE = "/candidatures/{}/version/"


@pytest.fixture
def draft(alice: User, full_version: Version, next_version: Version) -> Candidature:
    return play.answered(alice, full_version)


def url(candidature: Candidature, *parts: object) -> str:
    return PAGE.format(candidature.reference) + "".join(f"{part}/" for part in parts)


def drawn(candidature: Candidature, version: Version) -> dict[str, str]:
    return {"drawn": sheets.drawn_on(candidature.sheet, version)}


def accept(candidature: Candidature, version: Version, client: HouseClient) -> Upgrade:
    response = client.post(url(candidature, version.code), drawn(candidature, version))
    assert response.headers["Location"] == url(candidature)
    candidature.refresh_from_db()
    return Upgrade.objects.get(sheet=candidature.sheet)


def test_the_simulation_says_what_becomes_of_each_answer_and_writes_nothing(
    draft: Candidature, next_version: Version, alice: User, client_of: ClientOf
) -> None:
    before = contents()
    page = client_of(alice).get(url(draft, next_version.code)).content.decode()
    assert contents() == before
    assert "Ce critère réunit ADM-04 et RGPD-FIN-04." in page
    assert "URB-HEB-01 est scindé ; sa réponse est aussi copiée dans URB-HEB-03." in page
    assert "Ce critère est nouveau." in page
    assert '<del class="house-out"><span class="fr-sr-only">[supprimé : </span>' in page
    assert "7 sur 7" in page
    assert "Le service emploie-t-il une intelligence artificielle" in page


def test_the_simulation_reads_a_fixed_number_of_rows(draft: Candidature, next_version: Version) -> None:
    with CaptureQueriesContext(connection) as queries:
        sheets.simulate_upgrade(draft.sheet, next_version)
    assert len(queries) == 13


def test_accepting_changes_the_version_and_keeps_the_former_sheet(
    draft: Candidature, next_version: Version, alice: User, client_of: ClientOf
) -> None:
    former = draft.sheet
    upgrade = accept(draft, next_version, client_of(alice))
    assert draft.sheet.version == next_version
    assert upgrade.former == former
    assert Sheet.objects.get(pk=former.pk).writing == Sheet.Writing.CLOSED
    assert former.answers.exclude(value="").count() == 7
    event = Event.objects.get(kind="candidature.upgraded")
    assert event.subject == draft.reference
    assert event.data == {
        "left": "petit-complet",
        "taken": "petit-suite",
        "content_sha256": next_version.content_sha256,
        "counts": {"kept": 2, "to_confirm": 4, "to_answer": 1, "not_asked": 1, "set_aside": 1},
    }


def test_what_waits_is_listed_counts_as_missing_and_is_confirmed_in_one_gesture(
    draft: Candidature, next_version: Version, alice: User, client_of: ClientOf
) -> None:
    client = client_of(alice)
    accept(draft, next_version, client)
    assert "4\u00a0réponses à confirmer" in client.get(url(draft)).content.decode()
    assert sheets.overview(draft.sheet).item("ADM-02").missing == (CONFIRM,)
    answer = draft.sheet.answers.get(criterion__code="ADM-02")
    assert (answer.carried_from["origin"], answer.carried_from["codes"]) == ("Petit référentiel complet", ["ADM-02"])
    client.post(f"/candidatures/{draft.reference}/a-confirmer/enregistrer/", {"code": "ADM-02"})
    assert "3\u00a0réponses à confirmer" in client.get(url(draft)).content.decode()
    assert sheets.overview(draft.sheet).item("ADM-02").missing == ()


def test_a_simulation_drawn_before_a_change_is_not_accepted(
    draft: Candidature, next_version: Version, alice: User, client_of: ClientOf
) -> None:
    sent = drawn(draft, next_version)
    item = sheets.overview(draft.sheet).item("ADM-02")
    sheets.save_answer(
        draft.sheet, item.criterion, value="not_met", comment="En fait non.", edition=item.edition, user=alice
    )
    client = client_of(alice)
    response = client.post(url(draft, next_version.code), sent)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Les réponses ont changé depuis cette simulation" in page
    assert "En fait non." in page
    assert not Upgrade.objects.exists()
    accept(draft, next_version, client)


def test_going_back_gives_the_former_answers_again_and_keeps_the_others(
    draft: Candidature, next_version: Version, alice: User, client_of: ClientOf
) -> None:
    client, former = client_of(alice), draft.sheet
    upgrade = accept(draft, next_version, client)
    new = draft.sheet
    criterion = next_version.criteria.get(code="RGPD-NEW-01")
    sheets.save_answer(new, criterion, value="met", comment="Écrit entre-temps.", edition=0, user=alice)
    client.post(url(draft, "changements", upgrade.pk, "annuler"))
    draft.refresh_from_db()
    assert draft.sheet == former
    assert draft.sheet.writing == Sheet.Writing.OPEN
    assert "Écrit entre-temps." in client.get(url(draft, "changements", upgrade.pk)).content.decode()
    response = client.post(url(draft, "changements", upgrade.pk, "annuler"))
    assert response.status_code == 409
    assert "rien à annuler" in response.content.decode()


def test_the_former_answers_are_read_by_the_team_alone(
    draft: Candidature, next_version: Version, alice: User, charlie: User, sophie: User, client_of: ClientOf
) -> None:
    upgrade = accept(draft, next_version, client_of(alice))
    address = url(draft, "changements", upgrade.pk)
    assert "en place." in client_of(alice).get(address).content.decode()
    assert [client_of(user).get(address).status_code for user in (charlie, sophie)] == [404, 404]


def test_a_filed_candidature_keeps_its_version(
    full_version: Version, simple_version: Version, alice: User, client_of: ClientOf
) -> None:
    candidature = play.submitted(alice, simple_version)
    response = client_of(alice).post(url(candidature, full_version.code), drawn(candidature, full_version))
    assert response.status_code == 409
    assert "elle reste jusqu&#x27;au bout sur la version" in response.content.decode()
    assert client_of(alice).get(url(candidature, full_version.code)).status_code == 302


@pytest.mark.parametrize("code", ["inconnue", "petit-complet", "petit-suite"])
def test_only_another_open_version_can_be_simulated(
    draft: Candidature, next_version: Version, alice: User, client_of: ClientOf, code: str
) -> None:
    next_version.is_open = False
    next_version.save(update_fields=["is_open"])
    assert client_of(alice).get(url(draft, code)).status_code == 404


def test_a_stranger_finds_nothing(
    draft: Candidature, next_version: Version, charlie: User, client_of: ClientOf
) -> None:
    client = client_of(charlie)
    assert client.get(url(draft)).status_code == 404
    assert client.get(url(draft, next_version.code)).status_code == 404
    assert client.post(url(draft, next_version.code), drawn(draft, next_version)).status_code == 404


def test_two_versions_that_are_alternatives_can_be_tried_both_ways(
    draft: Candidature, simple_version: Version, full_version: Version, alice: User, client_of: ClientOf
) -> None:
    client = client_of(alice)
    accept(draft, simple_version, client)
    accept(draft, full_version, client)
    assert draft.sheet.version == full_version
    assert Upgrade.objects.count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_accept_at_once_one_does(draft: Candidature, next_version: Version, alice: User) -> None:
    mark = sheets.drawn_on(draft.sheet, next_version)
    start, results = threading.Barrier(2), []

    def go() -> None:
        start.wait()
        try:
            upgrading.accept(draft, next_version, drawn=mark, actor=alice)
            results.append("accepted")
        except (upgrading.UpgradeRefused, upgrading.Outdated):
            results.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["accepted", "refused"]
    assert Upgrade.objects.count() == 1
