"""The pages of the evaluation: who may open them, what they show, and in how many queries."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from evaluation.assignments import unassign
from evaluation.models import Assignment
from evaluation.values import Value
from questionnaires.models import Version
from referencing import access
from referencing.models import Candidature
from tests import play
from tests.evaluation import steps

NAMES = ("assign", "grid", "judge", "complements", "report", "hand_in")


def url(name: str, file: Candidature) -> str:
    """Return the address of a page; that of a criterion takes the first one."""
    return steps.url(name, file, *[code for code in steps.CODES[:1] if name == "judge"])


def open_all(client: Any, file: Candidature) -> dict[str, int]:
    return {name: client.get(url(name, file)).status_code for name in NAMES}


def queries(client: Any, address: str) -> int:
    """Count the queries of a page, once the session is warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_a_visitor_is_asked_to_sign_in(client: Any, file: Candidature):
    assert set(open_all(client, file).values()) == {302}
    assert client.get(reverse("evaluation:mine")).status_code == 302


@pytest.mark.parametrize("who", ["alice", "bob", "charlie", "eva", "simone", "marc"])
def test_strangers_and_the_editor_find_nothing(who: str, request: Any, client_of: steps.ClientOf, file: Candidature):
    person = request.getfixturevalue(who)
    assert open_all(client_of(person), file) == dict.fromkeys(NAMES, 404)


def test_an_unknown_file_gives_the_same_page_as_a_foreign_one(
    client_of: steps.ClientOf, charlie: User, file: Candidature
):
    foreign = client_of(charlie).get(url("grid", file))
    unknown = client_of(charlie).get(reverse("evaluation:grid", args=["MES-2020-9999"]))
    assert (unknown.status_code, foreign.status_code) == (404, 404)


def test_each_capacity_opens_its_pages(
    client_of: steps.ClientOf, file: Candidature, sophie: User, emile: User, eva: User, aude: User
):
    play.assign(file, eva, actor=sophie, domains=["administratif"])
    read = {"grid": 200, "judge": 200, "report": 200}
    lead = read | {"complements": 200, "hand_in": 200}
    closed = dict.fromkeys(NAMES, 404)
    assert open_all(client_of(sophie), file) == dict.fromkeys(NAMES, 200)
    assert open_all(client_of(emile), file) == closed | lead
    assert open_all(client_of(eva), file) == closed | read
    assert open_all(client_of(aude), file) == closed | read


def test_an_expert_taken_off_loses_every_page_at_the_next_click(
    client_of: steps.ClientOf, file: Candidature, emile: User, sophie: User
):
    client = client_of(emile)
    assert client.get(url("grid", file)).status_code == 200
    unassign(Assignment.objects.get(), actor=sophie)
    assert open_all(client, file) == dict.fromkeys(NAMES, 404)
    assert client.post(url("judge", file), {"value": "met", "edition": 0}).status_code == 404


def test_the_private_note_is_for_evaluators_only(
    client_of: steps.ClientOf, file: Candidature, emile: User, sophie: User, aude: User, members: list[User]
):
    steps.say(file, steps.CODES[0], emile, Value.NOT_MET, motive="MOTIF-LU", private_note="NOTE-SECRETE")
    access.grant(members[0], file, Role.MEMBER)
    pages = {person: client_of(person).get(url("judge", file)).text for person in (emile, sophie, aude, members[0])}
    assert [("MOTIF-LU" in page, "NOTE-SECRETE" in page) for page in pages.values()] == [
        (True, True),
        (True, True),
        (True, False),
        (True, False),
    ]


def test_a_criterion_that_is_not_judged_has_no_page(client_of: steps.ClientOf, file: Candidature, emile: User):
    addresses = [reverse("evaluation:judge", args=[file.reference, code]) for code in ("SEX-01", "TST-U-01", "RIEN")]
    assert [client_of(emile).get(address).status_code for address in addresses] == [404, 404, 404]


def test_the_home_of_an_expert_counts_their_own_criteria(
    client_of: steps.ClientOf, file: Candidature, emile: User, eva: User, sophie: User
):
    play.assign(file, eva, actor=sophie, domains=["administratif"])
    steps.say(file, steps.CODES[0], eva)
    page = client_of(eva).get(reverse("evaluation:mine")).text
    assert "1\u00a0critère reste à juger dans 1\u00a0dossier." in page
    assert reverse("evaluation:judge", args=[file.reference, "ADM-04"]) in page


def test_an_expert_without_file_reads_what_will_appear(client_of: steps.ClientOf, eva: User):
    page = client_of(eva).get(reverse("evaluation:mine"))
    assert "Rien à juger pour l'instant" in page.text


def test_late_files_come_first(
    client_of: steps.ClientOf, alice: User, sophie: User, emile: User, simple_version: Version, settings: Any
):
    made = []
    for days, name in ((60, "Lent"), (-3, "Tard"), (5, "Proche")):
        settings.PROCEDURE = settings.PROCEDURE | {"evaluation_days": days}
        made.append(play.assigned(alice, simple_version, sophie, emile, name=name))
    page = client_of(emile).get(reverse("evaluation:mine"))
    assert [file.candidature.service.name for file in page.context["active"]] == ["Tard", "Proche", "Lent"]
    assert "en retard de 3\u00a0jours" in page.text


def test_a_file_with_the_editor_is_shown_apart(client_of: steps.ClientOf, file: Candidature, emile: User):
    steps.ask(file, "ADM-02", emile)
    steps.send(file, emile)
    context = client_of(emile).get(reverse("evaluation:mine")).context
    assert (len(context["active"]), len(context["waiting"])) == (0, 1)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("", steps.CODES),
        ("?etat=to_judge", steps.CODES[1:]),
        ("?etat=judged", steps.CODES[:1]),
        ("?etat=to_review", []),
        ("?etat=nimporte", steps.CODES),
        ("?pour=moi", steps.CODES[:2]),
        ("?etat=to_judge&pour=moi", steps.CODES[1:2]),
    ],
)
def test_the_grid_is_filtered_by_its_address(
    client_of: steps.ClientOf, file: Candidature, eva: User, sophie: User, address: str, shown: list[str]
):
    play.assign(file, eva, actor=sophie, domains=["administratif"])
    steps.say(file, steps.CODES[0], eva)
    groups = client_of(eva).get(url("grid", file) + address).context["groups"]
    assert [line.code for group in groups for line in group.lines] == shown


def test_the_home_costs_as_much_with_three_files_as_with_one(
    client_of: steps.ClientOf, alice: User, sophie: User, emile: User, simple_version: Version
):
    client, address = client_of(emile), reverse("evaluation:mine")
    play.assigned(alice, simple_version, sophie, emile)
    assert queries(client, address) == 14
    for name in ("Deux", "Trois"):
        file = play.assigned(alice, simple_version, sophie, emile, name=name)
        play.judge_all(file, emile)
    assert queries(client, address) == 14


def test_the_grid_costs_as_much_with_three_verdicts_as_with_one(
    client_of: steps.ClientOf, file: Candidature, emile: User
):
    client = client_of(emile)
    steps.say(file, "ADM-02", emile)
    assert queries(client, url("grid", file)) == 20
    steps.say(file, "ADM-04", emile)
    steps.say(file, "SEC-GOV-01", emile)
    assert queries(client, url("grid", file)) == 20


def test_the_judging_page_costs_the_same_whatever_the_number_of_verdicts_and_proofs(
    client_of: steps.ClientOf, file: Candidature, emile: User, alice: User
):
    client = client_of(emile)
    assert queries(client, url("judge", file)) == 18
    steps.ask(file, "ADM-02", emile)
    play.judge_all(file, emile)
    asked = steps.send(file, emile)
    for content in (b"un", b"deux", b"trois"):
        steps.add_proof(asked, "ADM-02", alice, content)
    steps.give_back(asked, alice)
    # For the verdict of before: may its note be read (two queries), all that was said, what was on file then.
    assert queries(client, url("judge", file)) == 22


def test_an_expert_finds_what_they_said_on_the_files_they_still_read(
    client_of: steps.ClientOf, alice: User, sophie: User, emile: User, simple_version: Version
):
    kept, lost = (play.assigned(alice, simple_version, sophie, emile, name=name) for name in ("Gardé", "Perdu"))
    steps.say(kept, "ADM-02", emile, Value.NOT_MET, motive="Bail échu.")
    steps.say(kept, "ADM-04", emile)
    steps.say(lost, "ADM-02", emile, Value.NOT_MET, motive="Bail perdu.")
    unassign(Assignment.objects.get(candidature=lost), actor=sophie)
    address = reverse("evaluation:verdicts")

    def found(query: str) -> list[str]:
        return [str(one) for one in client_of(emile).get(address + query).context["page"]]

    assert found("") == ["ADM-04 : Conforme", "ADM-02 : Non conforme"]
    assert (found("?verdict=met"), found("?mots=BAIL")) == (["ADM-04 : Conforme"], ["ADM-02 : Non conforme"])
    assert (found("?mots=perdu"), len(found("?verdict=nimporte&page=99"))) == ([], 2)
    assert "Bail échu." in client_of(emile).get(reverse("evaluation:mine")).text
    assert client_of(sophie).get(address).context["page"].paginator.count == 0


def test_the_past_of_an_expert_costs_the_same_whatever_they_said(
    client_of: steps.ClientOf, file: Candidature, emile: User
):
    client, address = client_of(emile), reverse("evaluation:verdicts")
    steps.say(file, "ADM-02", emile)
    first = queries(client, address)
    play.judge_all(file, emile)
    assert queries(client, address) == first == 9
