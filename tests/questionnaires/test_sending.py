"""What a page saves by itself comes once, in order, and over nobody, however badly the network carries it."""

from collections.abc import Callable
from uuid import UUID

import pytest

from accounts.models import User
from questionnaires import sheets
from questionnaires.models import Answer, Criterion, EvidenceRevision, Sheet
from questionnaires.sheets import Sending
from tests.questionnaires.network import Page, play

pytestmark = pytest.mark.django_db
Find = Callable[[str], Criterion]
ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))


@pytest.fixture
def save(sheet: Sheet, criterion: Find, alice: User) -> Callable[..., Answer]:
    def save_one(comment: str, edition: int, sending: Sending, user: User = alice) -> Answer:
        asked = criterion("ADM-02")
        return sheets.save_answer(sheet, asked, value="", comment=comment, edition=edition, user=user, sending=sending)

    return save_one


def test_a_request_that_comes_twice_is_written_once(save):
    save("Un", 0, Sending(ONE))
    assert save("Un", 0, Sending(ONE)).edition == 1


def test_a_text_follows_the_one_whose_answer_was_lost(save):
    save("Un", 0, Sending(ONE))
    assert save("Un deux", 0, Sending(TWO, frozenset({ONE}))).comment == "Un deux"


def test_a_text_that_comes_after_its_successor_is_refused(save):
    save("Un deux", 0, Sending(TWO, frozenset({ONE})))
    with pytest.raises(sheets.Conflict):
        save("Un", 0, Sending(ONE))
    assert Answer.objects.get().comment == "Un deux"


def test_a_text_taken_back_does_not_return(save):
    """« Un » is on file; « Un deux » is on its way when the person comes back to « Un »."""
    save("Un", 0, Sending(ONE))
    save("Un", 1, Sending(THREE, frozenset({TWO})))
    with pytest.raises(sheets.Conflict):
        save("Un deux", 1, Sending(TWO))
    assert Answer.objects.get().comment == "Un"


def test_words_written_again_stop_what_follows_them_late(save):
    """« Un » arrived unheard, « Un deux » is late, the person came back to « Un » : the late one knows the first."""
    save("Un", 0, Sending(ONE))
    save("Un", 0, Sending(THREE, frozenset({ONE, TWO})))
    with pytest.raises(sheets.Conflict):
        save("Un deux", 0, Sending(TWO, frozenset({ONE})))
    assert Answer.objects.get().comment == "Un"


def test_a_colleague_who_came_between_is_not_written_over(save, bob):
    save("D'Alice", 0, Sending(ONE))
    save("De Bob", 1, Sending(THREE), bob)
    with pytest.raises(sheets.Conflict) as conflict:
        save("D'Alice encore", 0, Sending(TWO, frozenset({ONE})))
    assert conflict.value.theirs.comment == "De Bob"


def test_a_proof_given_meanwhile_disturbs_nobody(
    save, sheet: Sheet, criterion: Find, alice: User, proof: EvidenceRevision
):
    save("Un", 0, Sending(ONE))
    sheets.attach(sheet, criterion("ADM-02"), proof, alice)
    assert save("Un deux", 1, Sending(TWO)).edition == 3


def test_lines_end_alike_however_they_were_sent(save):
    save("Un\nDeux", 0, Sending())
    assert save("Un\r\nDeux", 1, Sending()).edition == 1


@pytest.mark.once
@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_lost_nor_inverted_on_a_bad_network(seed: int, sheet: Sheet, criterion: Find, alice: User):
    """Three answers of one person: 250 autosaves, four times, dropped, repeated, delayed and reordered at random."""
    asked = [criterion(code) for code in ("ADM-02", "ADM-04", "SEC-GOV-01")]
    network = play(lambda: [Page(sheet, one, alice) for one in asked], 250, seed=seed)
    assert min(network.met[fate] for fate in ("arrives", "dropped", "unheard", "delayed", "repeated")) > 20
    assert network.faults == {}


@pytest.mark.once
@pytest.mark.parametrize("seed", range(4))
def test_nobody_is_written_over_unread_on_a_bad_network(
    seed: int, sheet: Sheet, criterion: Find, alice: User, bob: User
):
    """Two people on one answer, 250 autosaves, four times: whoever replaces the other has been shown both texts."""
    asked = criterion("ADM-02")
    network = play(lambda: [Page(sheet, asked, alice), Page(sheet, asked, bob)], 250, seed=seed)
    assert network.met["conflict"] > 20
    assert network.faults == {}
