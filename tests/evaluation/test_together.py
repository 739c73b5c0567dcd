"""Two people at the same moment, on PostgreSQL: reports, opinions and decisions never go past each other."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from accounts.models import User
from evaluation.diverging import settle
from evaluation.judging import Conflict, judge
from evaluation.models import Appraisal, Verdict
from evaluation.reports import conclude, save_draft
from evaluation.values import Value
from journal.models import Event
from referencing.door import Overtaken, Refused
from referencing.models import Act, Candidature
from tests import play
from tests.evaluation import steps

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*actions: Callable[[], object]) -> list[str]:
    """Run actions at the same moment; return what each met, sorted."""
    start, met = threading.Barrier(len(actions)), []

    def run(action: Callable[[], object]) -> None:
        try:
            start.wait()
            action()
            met.append("fait")
        except (Overtaken, Refused, Conflict) as error:
            met.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(met)


def test_of_two_who_conclude_at_once_one_wins_and_the_other_is_told(file: Candidature, emile: User, sophie: User):
    play.judge_all(file, emile)
    save_draft(file, synthesis="Bien.", recommendation="", edition=0, actor=emile)
    seen = Candidature.objects.get(pk=file.pk).version
    met = at_once(*(lambda actor=actor: conclude(file, actor=actor, seen=seen) for actor in (emile, sophie)))
    assert [one.partition(" :")[0].startswith("Quelqu'un vous a devancé") for one in met] == [True, False]
    assert "fait" in met
    assert Act.objects.filter(candidature=file, kind="report").count() == 1


def test_two_opinions_at_once_make_one_verdict(shared: Candidature, emile: User, eva: User):
    met = at_once(
        *(
            lambda expert=expert: judge(shared, steps.DOUBLE, value=Value.MET, edition=0, expert=expert)
            for expert in (emile, eva)
        )
    )
    assert met == ["fait", "fait"]
    assert (Appraisal.objects.count(), Verdict.objects.count()) == (2, 1)


def test_two_opinions_that_differ_at_once_are_told_once(shared: Candidature, emile: User, eva: User):
    values = {emile: Value.MET, eva: Value.IRRELEVANT}
    met = at_once(
        *(
            lambda expert=expert, value=value: judge(shared, steps.DOUBLE, value=value, edition=0, expert=expert)
            for expert, value in values.items()
        )
    )
    assert met == ["fait", "fait"]
    assert (Verdict.objects.count(), Event.objects.filter(kind="evaluation.diverged").count()) == (0, 1)


def test_a_decision_sent_twice_at_once_is_taken_once(shared: Candidature, emile: User, eva: User):
    steps.diverge(shared, emile, eva)

    def decide() -> object:
        return settle(shared, steps.DOUBLE, value=Value.MET, settlement="Au vu du contrat.", edition=0, actor=emile)

    assert at_once(decide, decide) == ["Ce critère a reçu un autre verdict depuis l'affichage de la page.", "fait"]
    assert Verdict.objects.get().edition == 1
