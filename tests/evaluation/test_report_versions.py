"""The versions of a report: kept when it matters, compared, taken up again; and a text that nobody loses."""

from uuid import UUID, uuid4

import pytest

from accounts.models import User
from evaluation.models import DraftReport, Origin, ReportVersion
from evaluation.reports import StaleReport, conclude, draft_of, restore, save_draft
from evaluation.versions import changes, versions_of
from questionnaires.sheets import Sending
from questionnaires.words import Kind
from referencing.door import Refused
from referencing.models import Candidature
from tests import play
from tests.evaluation import steps


def write(file: Candidature, actor: User, synthesis: str, **options: object) -> DraftReport:
    options = {"edition": draft_of(file).edition, "recommendation": "", **options}
    return save_draft(file, synthesis=synthesis, actor=actor, **options)  # type: ignore[arg-type]


def types(file: Candidature, actor: User, synthesis: str, **options: object) -> DraftReport:
    """The page saves by itself."""
    return write(file, actor, synthesis, origin=None, **{"sending": Sending(uuid4()), **options})


def kept(file: Candidature) -> list[tuple[int, str, str, str]]:
    return [(one.number, one.synthesis, str(one.author), one.origin) for one in reversed(versions_of(file))]


def test_a_save_is_a_version_and_saying_it_again_is_not(file: Candidature, emile: User) -> None:
    for synthesis in ("Un.", "Un.", "Deux.", "Un."):
        write(file, emile, synthesis)
    assert [(number, synthesis) for number, synthesis, _, _ in kept(file)] == [(1, "Un."), (2, "Deux."), (3, "Un.")]


def test_typing_is_saved_without_a_version_until_a_button_is_pressed(file: Candidature, emile: User) -> None:
    for synthesis in ("U", "Un", "Un."):
        types(file, emile, synthesis)
    assert (draft_of(file).synthesis, kept(file)) == ("Un.", [])
    write(file, emile, "Un.")
    assert kept(file) == [(1, "Un.", "Émile Roux", Origin.SAVED)]


def test_the_text_of_one_is_kept_when_another_goes_on(file: Candidature, emile: User, sophie: User) -> None:
    types(file, emile, "D'Émile.")
    types(file, sophie, "De Sophie.")
    assert kept(file) == [(1, "D'Émile.", "Émile Roux", Origin.HANDED_OVER)]


def test_going_back_is_a_new_version_and_loses_nothing(file: Candidature, emile: User, sophie: User) -> None:
    write(file, emile, "Un.")
    write(file, emile, "Deux.")
    types(file, emile, "Deux et demi.")
    restored = restore(file, 1, edition=draft_of(file).edition, actor=sophie)
    assert (restored.synthesis, restored.updated_by) == ("Un.", sophie)
    assert kept(file)[2:] == [
        (3, "Deux et demi.", "Émile Roux", Origin.SAVED),
        (4, "Un.", "Sophie Bernard", Origin.RESTORED),
    ]
    assert ReportVersion.objects.get(number=4).source == 1


def test_going_back_on_a_text_one_has_not_seen_is_refused(file: Candidature, emile: User, sophie: User) -> None:
    write(file, emile, "Un.")
    write(file, sophie, "Deux.")
    with pytest.raises(StaleReport):
        restore(file, 1, edition=1, actor=emile)
    assert draft_of(file).synthesis == "Deux."


def test_the_text_of_a_former_round_may_be_taken_up(file: Candidature, emile: User, alice: User) -> None:
    write(file, emile, "Du premier tour.")
    steps.ask(file, "ADM-02", emile)
    asked = steps.send(file, emile)
    steps.rewrite(asked, "ADM-02", alice, "Signé.")
    back = steps.give_back(asked, alice)
    assert draft_of(back).synthesis == ""
    restore(back, 1, edition=0, actor=emile)
    assert (draft_of(back).synthesis, draft_of(back).round) == ("Du premier tour.", 2)


def test_handing_in_keeps_the_last_version_and_then_nothing_changes(file: Candidature, emile: User) -> None:
    play.judge_all(file, emile)
    write(file, emile, "Tout va bien.")
    conclude(file, actor=emile)
    assert [origin for _, _, _, origin in kept(file)] == [Origin.SAVED, Origin.FILED]
    with pytest.raises(Refused):
        restore(file, 1, edition=1, actor=emile)


def test_a_report_that_still_holds_the_skeleton_is_not_handed_in(file: Candidature, emile: User) -> None:
    play.judge_all(file, emile)
    write(file, emile, "Le service : [à rédiger : ce qu'il fait].")
    with pytest.raises(Refused) as refused:
        conclude(file, actor=emile)
    assert [(reason.sentence, reason.url) for reason in refused.value.refusals] == [
        (
            "Réécrivez les passages « [à rédiger : …] » que la trame a laissés dans la synthèse.",
            steps.url("report", file),
        )
    ]
    assert kept(file) == [(1, "Le service : [à rédiger : ce qu'il fait].", "Émile Roux", Origin.SAVED)]


def test_two_versions_are_compared_word_by_word(file: Candidature, emile: User) -> None:
    write(file, emile, "Le service est sûr.")
    write(file, emile, "Le service est très sûr.", recommendation="Favorable.")
    after, before = versions_of(file)
    synthesis, recommendation = changes(before, after)
    assert [(piece.kind, piece.text) for piece in synthesis.pieces] == [
        (Kind.SAME, "Le service est "),
        (Kind.ADDED, "très "),
        (Kind.SAME, "sûr."),
    ]
    assert (synthesis.is_same, recommendation.is_same) == (False, False)


def test_a_request_that_comes_twice_is_written_once(file: Candidature, emile: User) -> None:
    sending = Sending(uuid4())
    types(file, emile, "Un.", edition=0, sending=sending)
    again = types(file, emile, "Un.", edition=0, sending=sending)
    assert (again.edition, again.synthesis) == (1, "Un.")


def test_a_request_whose_answer_was_lost_is_followed_by_the_next(file: Candidature, emile: User) -> None:
    lost: UUID = uuid4()
    types(file, emile, "Un.", edition=0, sending=Sending(lost))
    types(file, emile, "Un deux.", edition=0, sending=Sending(uuid4(), frozenset({lost})))
    assert draft_of(file).synthesis == "Un deux."


def test_saying_what_another_just_said_is_no_conflict(file: Candidature, emile: User, sophie: User) -> None:
    write(file, emile, "Pareil.", edition=0)
    assert write(file, sophie, "Pareil.", edition=0).edition == 1
