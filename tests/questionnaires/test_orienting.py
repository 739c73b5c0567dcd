import pytest

from accounts.models import User
from questionnaires import sheets
from questionnaires.models import Sheet, Version
from tests.play import EXCHANGE, SIMPLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def blank(full_version: Version) -> Sheet:
    return sheets.open_sheet(full_version)


def test_a_new_sheet_knows_nothing(blank: Sheet):
    assert (blank.facts, blank.given, blank.revision, blank.orientation_done) == ({}, {}, 0, False)


def test_answering_everything_ends_the_orientation(blank: Sheet, alice: User):
    sheets.answer_orientation(blank, SIMPLE, alice)
    blank.refresh_from_db()
    assert blank.orientation_done
    assert blank.revision == 1
    assert blank.given == SIMPLE
    assert blank.oriented_by == alice
    assert blank.facts == SIMPLE | {
        "app_mobile": True,
        "echange_mes": False,
        "dmn_certifie": False,
        "tlc_certifie": False,
    }


def test_answers_add_up_screen_after_screen(blank: Sheet, alice: User):
    sheets.answer_orientation(blank, {"type_solution": ["site"], "donnees_sante": True}, alice)
    assert not blank.orientation_done
    sheets.answer_orientation(blank, {"hebergement_externe": True}, alice)
    assert blank.given == {"type_solution": ["site"], "donnees_sante": True, "hebergement_externe": True}
    assert blank.revision == 2


def test_saying_the_same_again_makes_no_revision(blank: Sheet, alice: User):
    sheets.answer_orientation(blank, SIMPLE, alice)
    sheets.answer_orientation(blank, {"donnees_sante": True}, alice)
    assert blank.revision == 1


def test_a_blank_takes_an_answer_back(blank: Sheet, alice: User):
    sheets.answer_orientation(blank, SIMPLE, alice)
    sheets.answer_orientation(blank, {"donnees_sante": None}, alice)
    assert not blank.orientation_done
    assert "donnees_sante" not in blank.given
    assert blank.facts["donnees_sante"] is False


def test_an_answer_is_kept_but_not_counted_when_its_question_is_no_longer_asked(blank: Sheet, alice: User):
    sheets.answer_orientation(blank, SIMPLE, alice)
    sheets.answer_orientation(blank, {"donnees_sante": False}, alice)
    assert blank.orientation_done
    assert blank.facts["hebergement_externe"] is False
    sheets.answer_orientation(blank, {"donnees_sante": True}, alice)
    assert blank.facts["hebergement_externe"] is True


@pytest.mark.parametrize(
    ("facts", "sentences"),
    [
        ({"inconnue": True}, ["La question « inconnue » n'existe pas."]),
        (
            {"donnees_sante": "oui"},
            ["« Le service traite-t-il des données de santé ? » : répondez par oui ou par non."],
        ),
        (
            {"echange_mes": True},
            [
                "« Le service échange-t-il des données avec Mon espace santé ? » se déduit d'autres réponses : "
                "ne la donnez pas."
            ],
        ),
        (
            {"type_solution": ["montre"], "autre": 1},
            [
                "La question « autre » n'existe pas.",
                "« Sous quelle forme le service est-il proposé ? » : « montre » n'est pas l'une des réponses proposées.",
            ],
        ),
        (
            EXCHANGE | {"donnees_sante": False},
            [
                "Un service qui échange avec Mon espace santé traite des données de santé ; corrigez l'une des deux "
                "réponses."
            ],
        ),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(
    blank: Sheet, alice: User, facts: dict[str, object], sentences: list[str]
):
    with pytest.raises(sheets.OrientationRefused) as refusal:
        sheets.answer_orientation(blank, facts, alice)
    assert refusal.value.sentences == sentences
    blank.refresh_from_db()
    assert (blank.given, blank.revision) == ({}, 0)


@pytest.mark.parametrize("writing", ["closed", "targeted"])
def test_the_orientation_is_frozen_once_filed(blank: Sheet, alice: User, writing: str):
    Sheet.objects.filter(pk=blank.pk).update(writing=writing)
    with pytest.raises(sheets.OrientationRefused, match="ne peuvent plus changer"):
        sheets.answer_orientation(blank, SIMPLE, alice)


def test_the_steps_follow_the_answers(blank: Sheet, alice: User, django_assert_num_queries):
    sheets.answer_orientation(blank, {"type_solution": ["ios"], "donnees_sante": True}, alice)
    with django_assert_num_queries(1):
        steps = sheets.orientation_steps(blank)
    assert [(step.title, [question.code for question in step.questions], step.is_answered) for step in steps] == [
        ("Le service", ["type_solution", "donnees_sante", "hebergement_externe"], False),
        ("Les certificats", ["dispositif_medical", "teleconsultation"], False),
        ("L'échange avec Mon espace santé", ["api_mesures", "api_documents", "api_agenda"], False),
    ]


def test_some_rules_only_advise(blank: Sheet, alice: User):
    sheets.answer_orientation(blank, SIMPLE | {"teleconsultation": True, "donnees_sante": False}, alice)
    assert sheets.advice(blank) == [
        "Une téléconsultation produit en général des données de santé ; vérifiez votre réponse."
    ]
