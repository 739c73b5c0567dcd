"""What nobody may read: the opinion of one expert before the other's, on any page; the score, on any page of the éditeur."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import NoReverseMatch

from accounts.models import User
from evaluation import reports
from evaluation.figures import summary
from evaluation.grid import grid
from evaluation.models import Appraisal
from evaluation.rating import rating_of
from evaluation.values import Value
from journal.models import Event
from questionnaires.models import Version
from referencing.models import Act, Candidature
from tests.entrances.knocking import House
from tests.entrances.resolver import address, entrances
from tests.evaluation import steps

SECRET = "MOTIF-AVEUGLE"
SCORE = ("Note d'aide à la décision", "Note d&#x27;aide à la décision", "L. 311-3-1", "Sous le seuil", "Note sur 100")


def pages(client: Any, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every page and file that a person opens, by the name of its address."""
    for name in entrances():
        if ":" not in name:  # sign-in and account: nothing of a candidature is there
            continue
        try:
            where = address(name, values)
        except NoReverseMatch:  # about something that this scene does not have
            continue
        response = client.get(where)
        if response.status_code == 200:
            content = b"".join(response.streaming_content) if response.streaming else response.content
            yield name, content.decode(errors="replace")


@pytest.mark.once
def test_no_page_tells_an_opinion_to_anybody_but_its_author(double_version: Version) -> None:
    house = House("double", double_version)
    candidature = Candidature.objects.get()
    Appraisal.objects.filter(criterion__code="SEC-GOV-01").update(
        value=Value.NOT_MET, motive=SECRET, expected=SECRET, private_note=SECRET
    )
    house.values["code"] = "SEC-GOV-01"
    house.values["evaluation:divergence:code"] = "SEC-GOV-01"
    for who, client in house.clients.items():
        telling = [name for name, text in pages(client, house.values) if SECRET in text]
        assert telling == (["evaluation:judge"] if who == "expert" else []), who
    assert SECRET not in str([event.data for event in Event.objects.all()])
    assert SECRET not in str([act.payload for act in Act.objects.all()])
    assert SECRET not in str(reports.report_payload(candidature))


def test_counts_do_not_betray_an_opinion(shared: Candidature, emile: User, eva: User) -> None:
    before = (summary(shared), rating_of(grid(shared)))
    steps.say(shared, steps.DOUBLE, eva, Value.NOT_MET, motive=SECRET)
    assert (summary(shared), rating_of(grid(shared))) == before
    steps.say(shared, steps.DOUBLE, emile)
    assert (summary(shared), rating_of(grid(shared))) == before


@pytest.mark.once
@pytest.mark.parametrize("scene", ["double", "opinion", "published"])
def test_no_page_of_the_editor_shows_the_score(scored_version: Version, scene: str) -> None:
    house = House(scene, scored_version)
    assert rating_of(grid(Candidature.objects.get())) is not None
    for who in ("anonymous", "stranger", "colleague", "mandated"):
        telling = [
            name for name, text in pages(house.clients[who], house.values) if any(words in text for words in SCORE)
        ]
        assert telling == [], who


def test_those_who_evaluate_and_the_commission_read_the_score(
    client_of: steps.ClientOf, shared: Candidature, emile: User, eva: User, sophie: User, aude: User
) -> None:
    steps.say(shared, "ADM-02", emile, Value.MAJOR_RESERVE, motive="Sans signature.")
    for person in (emile, eva, sophie, aude):
        for name in ("grid", "report"):
            text = client_of(person).get(steps.url(name, shared)).text
            assert ("article L. 311-3-1" in text, "provisoire" in text) == (True, True)


def test_a_version_without_scale_has_no_score(client_of: steps.ClientOf, file: Candidature, emile: User) -> None:
    assert rating_of(grid(file)) is None
    assert "Note d'aide" not in client_of(emile).get(steps.url("report", file)).text


def test_the_score_counts_what_is_settled_by_the_weights_filed(shared: Candidature, emile: User, eva: User) -> None:
    steps.say(shared, "ADM-02", emile, Value.NOT_MET, motive="Sans signature.")
    steps.say(shared, "RGPD-FIN-04", emile)
    for expert in (emile, eva):
        steps.say(shared, "SEC-GOV-01", expert, Value.MINOR_RESERVE, motive="Datée.")
    found = rating_of(grid(shared))
    assert found is not None
    assert [(title, mean.shown, mean.threshold, mean.counted, mean.total) for title, mean in found.rows] == [
        ("Demande de référencement", "0", 0, 1, 2),
        ("Sécurité et protection des données", "81,2", 80, 2, 3),
        ("Ensemble", "65", 70, 3, 5),
    ]
    assert [line.code for line in found.short] == ["ADM-02"]


def test_no_step_depends_on_the_score(shared: Candidature, emile: User, eva: User) -> None:
    for code in steps.CODES:
        for expert in (emile, eva) if code in ("SEC-GOV-01", steps.DOUBLE) else (emile,):
            steps.say(shared, code, expert, Value.NOT_MET, motive="Rien.")
    found = rating_of(grid(shared))
    assert found is not None
    assert (found.score.is_short, found.score.whole.shown) == (True, "0")
    reports.save_draft(shared, synthesis="Rien ne va.", recommendation="", edition=0, actor=emile)
    assert reports.why_not_conclude(shared, emile) == []
    payload = reports.conclude(shared, actor=emile).acts.latest("pk").payload
    assert "score" not in str(payload)
