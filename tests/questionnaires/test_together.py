"""Several people on one sheet at the same moment."""

import threading
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection

from accounts.models import Organisation, User
from questionnaires import sheets, vault
from questionnaires.models import Answer, Criterion, EvidenceRevision, EvidenceUse, Sheet
from tests.questionnaires import samples

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
RIVALS = 8


def together(action: Callable[[int], object]) -> list[str]:
    """Play an action as many rivals, all at once; return what each met, "" when it went well."""
    start, met = threading.Barrier(RIVALS), []

    def play(rank: int) -> None:
        start.wait()
        try:
            action(rank)
            met.append("")
        except (sheets.AnswerRefused, sheets.Conflict) as refusal:
            met.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=play, args=[rank]) for rank in range(RIVALS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(met)


def test_of_many_answers_to_one_criterion_one_is_kept(sheet: Sheet, criterion: Callable[[str], Criterion], alice: User):
    asked = criterion("ADM-02")
    met = together(
        lambda rank: sheets.save_answer(sheet, asked, value="met", comment=f"De {rank}.", edition=0, user=alice)
    )
    assert met == ["", *["Conflict"] * (RIVALS - 1)]
    assert Answer.objects.get().edition == 1


def test_a_proof_given_by_many_is_given_once(
    sheet: Sheet, criterion: Callable[[str], Criterion], alice: User, proof: EvidenceRevision
):
    asked = criterion("ADM-02")
    assert together(lambda rank: sheets.attach(sheet, asked, proof, alice)) == [""] * RIVALS
    assert EvidenceUse.objects.count() == 1
    assert Answer.objects.get().edition == 1


def test_the_same_bytes_deposited_by_many_are_kept_once(glyco: Organisation, alice: User):
    content = samples.pdf()
    together(
        lambda rank: vault.deposit(glyco, samples.uploaded(f"{rank}.pdf", content), title="", kind="DOC", user=alice)
    )
    assert EvidenceRevision.objects.count() == 1


def test_nothing_is_written_after_the_freeze(sheet: Sheet, criterion: Callable[[str], Criterion], alice: User):
    asked = criterion("ADM-02")

    def freeze_or_answer(rank: int) -> None:
        if rank:
            edition = Answer.objects.filter(sheet=sheet).values_list("edition", flat=True).first() or 0
            sheets.save_answer(sheet, asked, value="met", comment=f"De {rank}.", edition=edition, user=alice)
        else:
            sheets.freeze(sheet)

    together(freeze_or_answer)
    frozen = list(Answer.objects.values_list("comment", "edition"))
    with pytest.raises(sheets.AnswerRefused):
        sheets.save_answer(sheet, asked, value="met", comment="Trop tard.", edition=1, user=alice)
    assert list(Answer.objects.values_list("comment", "edition")) == frozen


def test_twenty_pages_on_one_answer_lose_nothing(sheet: Sheet, criterion: Callable[[str], Criterion], alice: User):
    """Each types ten texts; whoever meets another's text reads it, then writes theirs over, knowingly."""
    asked, heard, start = criterion("ADM-02"), [], threading.Barrier(20)

    def write(rank: int) -> None:
        start.wait()
        edition, left = 0, 10
        while left:
            try:
                comment = f"{rank}, {left}"
                answer = sheets.save_answer(
                    sheet,
                    asked,
                    value="",
                    comment=comment,
                    edition=edition,
                    user=alice,
                    sending=sheets.Sending(uuid4()),
                )
                heard.append(answer.said_edition)
                edition, left = answer.edition, left - 1
            except sheets.Conflict as conflict:
                edition = conflict.theirs.edition
        connection.close()

    threads = [threading.Thread(target=write, args=[rank]) for rank in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(heard) == list(range(1, 201))
    assert Answer.objects.get().edition == 200
