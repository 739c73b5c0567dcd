"""The script: which gesture on which day. Read it as a diary, the oldest page first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from demonstration.gestures import (
    commission,
    complements,
    conversation,
    desk,
    doubles,
    editor,
    experts,
    house,
    renewals,
    team,
)
from demonstration.stories import STORIES, Story
from demonstration.troupe import Troupe
from referencing.kinds import Opinion

Gesture = Callable[[Troupe], None]
StoryGesture = Callable[[Troupe, Story], None]
HELD, COMING = "held", "coming"


@dataclass(frozen=True)
class Page:
    """One gesture, so many days ago. `title` says it while the demonstration is played."""

    days_ago: float
    title: str
    gesture: Gesture


# From dépôt to report, for a story whose report is filed `end` days ago.
EVALUATION = (
    (60, editor.open_draft),
    (52, editor.answer_everything),
    (34, editor.submit),
    (28, house.admit),
    (27, experts.assign),
    (10, house.judge_everything),
    (5, doubles.give_second_opinions),
    (0, house.conclude),
)


# story → how many days ago its report was filed.
EVALUATED = {"teleconsult": 62, "vaccicarnet": 64, "osteordv": 60, "nutrifamille": 61, "mamansuivi": 15, "souffle": 4}

# story → what happens to it besides, and on which day.
DIARIES: dict[str, tuple[tuple[float, StoryGesture], ...]] = {
    "glyco": (
        (21, editor.open_draft),
        (20, editor.deposit_unit_report),
        (9, editor.answer_most),
        (8, team.read_again),
        (7, team.discuss),
        (3, editor.invite_a_dpo),
    ),
    "sommeilplus": (
        (45, editor.open_draft),
        (40, editor.answer_everything),
        (30, editor.submit),
        (26, house.admit),
        (25, experts.assign),
        (24.5, experts.propose_to_hugo),
        (24, experts.hugo_recuses),
        (24, desk.follow),
        (12, house.judge_everything),
        (11.5, doubles.give_second_opinions),
        (11, complements.ask),
        (9, conversation.write_next),
        (8, conversation.write_next),
        (7, conversation.note_down),
        (2.1, conversation.write_next),
        (2, complements.ask_for_time),
    ),
    "respirebien": ((30, editor.open_draft), (25, editor.answer_everything), (17, editor.submit)),
    "nutricoach": (
        (28, editor.open_draft),
        (24, editor.answer_everything),
        (19, editor.submit),
        (14, house.ask_missing),
        (13, conversation.write_next),
        (12, conversation.write_next),
    ),
    "cardioveille": (
        (50, editor.open_draft),
        (48, renewals.give_certificate),
        (46, editor.answer_everything),
        (24, editor.submit),
        (21, renewals.check_certificates),
        (20, house.admit),
        (19, experts.assign),
        (18, desk.follow_as_head),
        (6, house.judge_half),
        (5, doubles.differ_on_one),
        (1, experts.invite_ines),
    ),
    "osteopro": (
        (40, editor.open_draft),
        (38, editor.answer_everything),
        (36, editor.submit),
        (33, house.refuse_to_examine),
    ),
    "souffle": (
        (13, complements.ask),
        (12, complements.ask_for_time),
        (11, complements.give_time),
        (9, editor.answer_complements),
        (7, house.judge_everything),
    ),
    "allaitement": ((33, editor.open_draft), (22, editor.withdraw)),
    "teleconsult": (
        (118, renewals.give_certificate),
        (91, renewals.check_certificates),
        (32, house.prepare_decision),
        (30, house.sign_decision),
        (25, house.draw_up_convention),
    ),
    "osteordv": ((31, house.prepare_decision), (29, house.sign_decision)),
    "vaccicarnet": (
        (110, editor.deposit_unit_report),
        (80, editor.deposit_end_to_end),
        (78, house.accept_tests),
        (72, editor.deposit_connection),
        (70, house.accept_tests),
        (34, house.prepare_decision),
        (33, house.sign_decision),
        (28, house.draw_up_convention),
        (18, house.sign_convention),
        (16, house.write_fiche),
        (15, house.publish),
        (4, renewals.renew),
    ),
}


def pages() -> list[Page]:
    """Return the whole script in the order of the days."""
    return sorted([*_commission(), *_stories(), *_desk()], key=lambda page: -page.days_ago)


def _stories() -> Iterator[Page]:
    for key, end in EVALUATED.items():
        yield from _acts(key, *((end + before, gesture) for before, gesture in EVALUATION))
    for key, acts in DIARIES.items():
        yield from _acts(key, *acts)


def _desk() -> Iterator[Page]:
    yield Page(13, "vues du support", desk.keep_views)
    yield _at(2, "souffle", "brouillon préparé par le support", desk.prepare_a_draft)


def _commission() -> Iterator[Page]:
    yield Page(200, "nomination des membres", commission.appoint_everyone)
    yield Page(199, "profils des experts", experts.write_profiles)
    yield Page(190, "modèles de message", conversation.write_templates)
    yield Page(75, "séance programmée", lambda troupe: commission.plan(troupe, HELD, 35))
    for rank, key in enumerate(("vaccicarnet", "teleconsult", "osteordv", "nutrifamille")):
        yield _at(58 - rank / 10, key, "inscription", partial(commission.enrol, name=HELD))
    yield Page(50, "séance convoquée", lambda troupe: commission.convene(troupe, HELD))
    yield Page(40, "séance ouverte", lambda troupe: commission.open_sitting(troupe, HELD))
    avis = (
        ("vaccicarnet", Opinion.FAVOURABLE),
        ("teleconsult", Opinion.FAVOURABLE_RESERVES),
        ("osteordv", Opinion.UNFAVOURABLE),
        ("nutrifamille", Opinion.FAVOURABLE_SUSPENSIVE),
    )
    for rank, (key, opinion) in enumerate(avis, start=1):
        yield _at(40 - rank / 100, key, "avis", partial(commission.deliberate, name=HELD, opinion=opinion))
    yield Page(39.9, "séance close", lambda troupe: commission.close_sitting(troupe, HELD))
    yield Page(20, "séance programmée", lambda troupe: commission.plan(troupe, COMING, 32))
    yield _at(12, "mamansuivi", "inscription", partial(commission.enrol, name=COMING))
    yield Page(7, "séance convoquée", lambda troupe: commission.convene(troupe, COMING))


def _acts(key: str, *acts: tuple[float, StoryGesture]) -> Iterator[Page]:
    for days_ago, gesture in acts:
        yield _at(days_ago, key, gesture.__name__, gesture)


def _at(days_ago: float, key: str, title: str, gesture: Callable[..., None]) -> Page:
    story = next(story for story in STORIES if story.key == key)
    return Page(days_ago, f"{story.name} — {title}", lambda troupe: gesture(troupe, story=story))
