"""Two people hand in the same report at the same moment, on PostgreSQL: one wins, the other is told."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts.models import User
from evaluation.models import Origin, ReportVersion
from evaluation.reports import conclude, save_draft
from journal.models import Event
from questionnaires.models import Version
from referencing.door import Overtaken, Refused
from referencing.kinds import ActKind
from referencing.models import Act, Candidature
from referencing.stages import Stage
from tests import play


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("looked", [True, False])
def test_two_leads_conclude_at_once_and_one_wins(
    looked: bool, alice: User, sophie: User, emile: User, simple_version: Version
) -> None:
    """Whether or not the page says which version it saw, there is one act, one event, one version filed."""
    file = play.assigned(alice, simple_version, sophie, emile)
    play.judge_all(file, emile)
    save_draft(file, synthesis="Tout va bien.", recommendation="", edition=0, actor=emile)
    results: list[str] = []
    together = Barrier(2)

    def hand_in(actor: User) -> None:
        try:
            together.wait()
            conclude(file, actor=actor, seen=file.version if looked else None)
            results.append("done")
        except (Overtaken, Refused) as late:
            results.append(type(late).__name__)
        finally:
            connection.close()

    threads = [Thread(target=hand_in, args=(actor,)) for actor in (emile, sophie)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == sorted(["done", "Overtaken" if looked else "Refused"])
    assert Candidature.objects.get(pk=file.pk).stage == Stage.EVALUATED
    assert Act.objects.filter(candidature=file, kind=ActKind.REPORT).count() == 1
    assert Event.objects.filter(subject=file.reference, kind="candidature.conclude_evaluation").count() == 1
    assert ReportVersion.objects.filter(candidature=file, origin=Origin.FILED).count() == 1
