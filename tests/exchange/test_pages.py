"""The page of the tests: three milestones, what is missing, who acts, and the forms of those who may."""

import html

import pytest

from exchange import models, services
from exchange.models import Milestone
from tests import play


def address(candidature, page="") -> str:
    return f"/candidatures/{candidature.reference}/tests/{page}"


def said(answer) -> str:
    return html.unescape(answer.content.decode())


def states(page) -> list[tuple[str, str]]:
    return [(step.state, step.who) for step in page.context["steps"]]


@pytest.fixture
def report(examined, alice):
    return services.deposit_test_book(
        examined, Milestone.END_TO_END, summary="Vert.", upload=play.a_file("recette.txt", b"Recette."), actor=alice
    )


@pytest.mark.parametrize(
    ("who", "reads", "deposits", "examines"),
    [
        ("alice", 200, 422, 404),
        ("bob", 200, 422, 404),
        ("charlie", 404, 404, 404),
        ("sophie", 200, 404, 422),
        ("emile", 404, 404, 404),
        ("simone", 404, 404, 404),
        ("marc", 404, 404, 404),
        ("aude", 200, 404, 404),
    ],
)
def test_each_gesture_is_for_whom_it_is(report, client_of, request, who, reads, deposits, examines):
    client = client_of(request.getfixturevalue(who))
    candidature = report.candidature
    assert client.get(address(candidature)).status_code == reads
    sent = client.get(address(candidature, f"{report.pk}/"))
    b"".join(sent)  # to the end: the client then closes the file
    assert sent.status_code == reads
    assert client.post(address(candidature, "deposer/end_to_end/"), {}).status_code == deposits
    assert client.post(address(candidature, f"{report.pk}/renvoyer/"), {}).status_code == examines


def test_a_visitor_is_asked_who_they_are(draft, client):
    assert client.get(address(draft)).status_code == 302


def test_nothing_is_asked_of_a_service_that_exchanges_nothing(alice, simple_version, client_of):
    simple = play.draft(alice, simple_version)
    page = client_of(alice).get(address(simple))
    assert page.context["steps"] == []
    assert "Aucun test n'est demandé" in said(page)


def test_before_the_filing_the_unit_tests_are_awaited(draft, alice, client_of):
    page = client_of(alice).get(address(draft))
    assert states(page) == [("awaited", "à l'éditeur"), ("ahead", ""), ("ahead", "")]
    assert [one[0] for one in page.context["deposit_form"].fields["apis"].choices] == ["mesures", "documents"]
    assert "Le rapport n'est pas encore déposé." in said(page)
    assert "TST-U-01" in said(page)


def test_the_editor_deposits_the_unit_tests(draft, alice, client_of):
    client = client_of(alice)
    form = {"unit-apis": ["mesures", "documents"], "unit-summary": "Vert.", "unit-upload": play.a_file("tests.txt")}
    assert client.post(address(draft, "deposer/unit/"), form).headers["Location"] == address(draft)
    page = client.get(address(draft))
    assert states(page)[0] == ("passed", "")
    assert "Tests unitaires : rapport déposé." in said(page)
    assert "tests.txt" in said(page)


def test_an_api_declared_later_is_missing(draft, alice, client_of):
    play.unit_tested(draft, alice)
    draft.sheet.facts["api_agenda"] = True
    draft.sheet.save(update_fields=["facts"])
    page = client_of(alice).get(address(draft))
    assert states(page)[0] == ("refused", "à l'éditeur")
    assert "L'API Agenda, déclarée dans l'orientation, n'est pas couverte" in said(page)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"unit-apis": ["mesures"]}, "il manque : Documents."),
        ({"unit-apis": []}, "Cochez chaque API que le rapport couvre."),
        ({"unit-apis": ["lune"]}, "Sélectionnez un choix valide"),
        ({"unit-summary": ""}, "Ce champ est obligatoire"),
        ({"unit-upload": ""}, "Joignez le fichier du rapport."),
        ({"unit-upload": play.a_file("vide.txt", b"")}, "Le fichier « vide.txt » est vide."),
        ({"unit-upload": play.a_file("x.exe", b"MZ")}, "n'est pas d'un format accepté"),
        ({"unit-upload": play.a_file("faux.pdf", b"Pas un PDF.")}, "n'est pas celui d'un fichier PDF"),
    ],
)
def test_a_deposit_refused_says_why_and_keeps_what_was_typed(draft, alice, client_of, changed, sentence):
    form = {"unit-apis": ["mesures", "documents"], "unit-summary": "Mon bilan.", "unit-upload": play.a_file("t.txt")}
    page = client_of(alice).post(address(draft, "deposer/unit/"), {**form, **changed})
    assert page.status_code == 422
    assert sentence in said(page)
    assert "unit-summary" in changed or "Mon bilan." in said(page)
    assert models.TestReport.objects.count() == 0


def test_a_deposit_at_the_wrong_stage_is_told(examined, alice, client_of):
    form = {"unit-apis": ["mesures"], "unit-summary": "Vert.", "unit-upload": play.a_file("tests.txt")}
    page = client_of(alice).post(address(examined, "deposer/unit/"), form)
    assert page.status_code == 422
    assert "Rien n'a été enregistré" in said(page)
    assert "Tests unitaires : le dépôt se fait à l'étape" in said(page)


def test_an_unknown_milestone_is_not_found(draft, alice, client_of):
    assert client_of(alice).post(address(draft, "deposer/lune/"), {}).status_code == 404


def test_the_support_accepts_then_the_connection_opens(report, alice, sophie, client_of):
    candidature = report.candidature
    before = client_of(sophie).get(address(candidature))
    assert states(before)[1] == ("deposited", "au support du GIE SESAM-Vitale")
    assert before.context["deposit_form"] is None
    answer = client_of(sophie).post(address(candidature, f"{report.pk}/accepter/"))
    assert answer.headers["Location"] == address(candidature)
    page = client_of(alice).get(address(candidature))
    assert states(page)[1:] == [("passed", ""), ("awaited", "à l'éditeur")]
    assert page.context["deposit_form"].prefix == "connection"


def test_the_support_sends_back_with_a_motive(report, alice, sophie, client_of):
    candidature = report.candidature
    empty = client_of(sophie).post(address(candidature, f"{report.pk}/renvoyer/"), {"motive": ""})
    assert (empty.status_code, "Dites à l'éditeur ce qu'il doit reprendre." in said(empty)) == (422, True)
    client_of(sophie).post(address(candidature, f"{report.pk}/renvoyer/"), {"motive": "Il manque la pagination."})
    page = client_of(alice).get(address(candidature))
    assert states(page)[1] == ("refused", "à l'éditeur")
    assert "Il manque la pagination." in said(page)


def test_accepting_what_was_replaced_is_told(report, alice, sophie, client_of):
    services.deposit_test_book(
        report.candidature, Milestone.END_TO_END, summary="Mieux.", upload=play.a_file("b.txt", b"Mieux."), actor=alice
    )
    page = client_of(sophie).post(address(report.candidature, f"{report.pk}/accepter/"))
    assert page.status_code == 422
    assert "l'éditeur en a déposé un autre" in said(page)
    assert "1\u00a0dépôt précédent" in said(page)


def test_a_report_of_another_candidature_is_not_found(report, alice, sophie, simple_version, client_of):
    other = play.in_evaluation(alice, simple_version, sophie, name="Autre")
    for page in (f"{report.pk}/accepter/", f"{report.pk}/renvoyer/"):
        assert client_of(sophie).post(address(other, page)).status_code == 404
    assert client_of(sophie).get(address(other, f"{report.pk}/")).status_code == 404


def test_the_file_is_sent_back_to_be_saved(report, sophie, client_of):
    answer = client_of(sophie).get(address(report.candidature, f"{report.pk}/"))
    assert b"".join(answer.streaming_content) == b"Recette."
    assert answer.headers["Content-Disposition"] == 'attachment; filename="recette.txt"'


@pytest.mark.parametrize("scan", ["pending", "infected", "error"])
def test_a_file_not_known_to_be_safe_is_not_sent(report, sophie, client_of, scan):
    report.revision.scan = scan
    report.revision.save(update_fields=["scan"])
    assert client_of(sophie).get(address(report.candidature, f"{report.pk}/")).status_code == 409


@pytest.mark.parametrize("deposits", [1, 3])
def test_the_page_takes_as_many_queries_whatever_was_deposited(
    examined, alice, aude, client_of, deposits, django_assert_num_queries
):
    for number in range(deposits):
        services.deposit_test_book(
            examined,
            Milestone.END_TO_END,
            summary="Vert.",
            upload=play.a_file("r.txt", f"Recette {number}.".encode()),
            actor=alice,
        )
    client = client_of(aude)
    client.get("/aide/")
    with django_assert_num_queries(20):
        assert client.get(address(examined)).status_code == 200
