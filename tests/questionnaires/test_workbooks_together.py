"""Several workbooks confirmed at the same moment on one sheet: one is written, whole, and the others begin again."""

import threading

import pytest
from django.db import connection

from accounts.models import User
from questionnaires.models import Answer, Sheet
from questionnaires.workbooks import applying
from questionnaires.workbooks.columns import NEVER_ANSWERED
from questionnaires.workbooks.intake import Line, Reading
from questionnaires.workbooks.planning import plan

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
RIVALS = 6


def test_of_many_workbooks_one_is_written_whole(sheet: Sheet, alice: User):
    start, met = threading.Barrier(RIVALS), []
    readings = [
        Reading(
            "reponses.xlsx",
            f"{rank:064d}",
            tuple(
                Line(row, code, "Conforme", f"De {rank}.", NEVER_ANSWERED)
                for row, code in enumerate(("ADM-02", "ADM-04", "SEC-GOV-01"), start=2)
            ),
        )
        for rank in range(RIVALS)
    ]
    seals = [plan(reading, sheet).seal for reading in readings]

    def confirm(rank: int) -> None:
        start.wait()
        try:
            applying.apply(readings[rank], Sheet.objects.get(pk=sheet.pk), alice, seal=seals[rank], choices={})
            met.append("")
        except applying.Outdated:
            met.append("Outdated")
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm, args=[rank]) for rank in range(RIVALS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(met) == ["", *["Outdated"] * (RIVALS - 1)]
    assert Answer.objects.count() == 3
    assert len(set(Answer.objects.values_list("comment", "edition"))) == 1
