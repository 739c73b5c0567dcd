"""What experts carry elsewhere, when support shares out a file."""

from accounts.models import User
from evaluation.assignments import propose
from evaluation.loads import Load, loads
from questionnaires.models import Version
from referencing.models import Candidature
from tests import play
from tests.evaluation import steps


def test_what_others_have_judged_in_ones_scope_is_no_load(
    file: Candidature, alice: User, emile: User, eva: User, sophie: User, simple_version: Version
):
    other = play.in_evaluation(alice, simple_version, sophie, name="Autre")
    play.assign(file, eva, actor=sophie, domains=["administratif"], criteria=["SEC-GOV-01", "RGPD-FIN-04"])
    for code in ("ADM-02", "SEC-GOV-01", "URB-HEB-01"):
        steps.say(file, code, emile)
    assert loads([emile, eva], but=other) == {
        emile.pk: Load(2, 1, file.deadline),
        eva.pk: Load(2, 1, file.deadline),
    }
    assert loads([emile, eva], but=file) == {}


def test_a_proposition_weighs_before_it_is_answered(
    file: Candidature, alice: User, eva: User, sophie: User, simple_version: Version
):
    other = play.in_evaluation(alice, simple_version, sophie, name="Autre")
    propose(other, eva, actor=sophie)
    assert loads([eva], but=file)[eva.pk].criteria == 5


def test_three_queries_whatever_the_number_of_files(
    file: Candidature,
    alice: User,
    emile: User,
    sophie: User,
    simple_version: Version,
    django_assert_num_queries: object,
):
    other = play.in_evaluation(alice, simple_version, sophie, name="Autre")
    for name in ("Un", "Deux"):
        more = play.assigned(alice, simple_version, sophie, emile, name=name)
        play.assign(more, emile, actor=sophie, criteria=["ADM-02"])
    with django_assert_num_queries(3):  # type: ignore[operator]
        loads([emile], but=other)
