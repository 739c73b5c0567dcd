"""Support assigns the experts and takes them off."""

from accounts.models import User
from evaluation.assignments import assign
from evaluation.models import Assignment
from referencing.models import Candidature
from tests.evaluation import steps


def test_support_assigns_by_questionnaire(client_of: steps.ClientOf, file: Candidature, eva: User, sophie: User):
    data = {"expert": eva.pk, "questionnaires": ["securite"]}
    answer = client_of(sophie).post(steps.url("assign", file), data, follow=True)
    assert answer.redirect_chain == [(steps.url("assign", file), 302)]
    made = Assignment.objects.get(expert=eva)
    assert (made.questionnaires, made.is_lead, made.assigned_by) == (["securite"], False, sophie)


def test_the_form_shows_what_an_expert_already_judges(
    client_of: steps.ClientOf, file: Candidature, eva: User, sophie: User
):
    assign(file, eva, actor=sophie, questionnaires=["securite"])
    form = client_of(sophie).get(steps.url("assign", file) + f"?expert={eva.pk}").context["form"]
    assert (form["expert"].value(), form["questionnaires"].value(), form["lead"].value()) == (
        eva.pk,
        ["securite"],
        False,
    )


def test_questionnaires_without_expert_are_pointed_out(
    client_of: steps.ClientOf, file: Candidature, emile: User, sophie: User
):
    assign(file, emile, actor=sophie, questionnaires=["demande"])
    context = client_of(sophie).get(steps.url("assign", file)).context
    assert [group.code for group in context["orphans"]] == ["securite"]


def test_no_expert_chosen_is_one_sentence(client_of: steps.ClientOf, file: Candidature, sophie: User, charlie: User):
    for expert in ("", charlie.pk, "x"):
        answer = client_of(sophie).post(steps.url("assign", file), {"expert": expert, "questionnaires": ["demande"]})
        assert (answer.status_code, len(answer.context["form"].errors["expert"])) == (422, 1)


def test_support_takes_an_expert_off(client_of: steps.ClientOf, file: Candidature, sophie: User):
    one = Assignment.objects.get()
    answer = client_of(sophie).post(steps.url("unassign", file, str(one.pk)), follow=True)
    assert "Émile Roux n&#x27;a plus accès" in answer.text
    assert client_of(sophie).post(steps.url("unassign", file, str(one.pk))).status_code == 404
    assert client_of(sophie).get(steps.url("unassign", file, str(one.pk))).status_code == 405
