"""What the page of a candidature shows one person: state, who acts next, until when, and what they may do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from journal.models import Event
from kit.steps import Progress, progress
from referencing import access, acts
from referencing.communication import report_is_communicated
from referencing.door import refusals
from referencing.models import Candidature
from referencing.refusals import Refusal
from referencing.rights import MOVES
from referencing.stages import STEPS, Stage
from referencing.tracks import provision_of
from referencing.turns import Turn, turn_of
from referencing.verbs import Verb, all_verbs, verbs_from
from referencing.works import AWAITED, MAIN_VERBS, TURN, VERB_PAGES, WORKS, Work

# Pages of the éditeur that come before the questionnaires, the main work.
BEFORE_ANSWERING = ("referencing:orientation", "referencing:certificates")
# What the timeline tells beside the moves.
TOLD = {
    "candidature.opened": "Candidature ouverte",
    "entrusted.taken": "Brouillon préparé par le support, repris par l'éditeur",
    "candidature.upgraded": "Brouillon passé à une autre version du référentiel",
    "candidature.upgrade_undone": "Retour à la version précédente du référentiel",
    "candidature.extension_asked": "Délai supplémentaire demandé",
    "candidature.extension_refused": "Délai supplémentaire refusé",
}
# What agents do to a candidature without moving it: the right that lets them, which says as whom they are named.
DONE_BY_AGENTS = {"extension_refused": "extend_deadline"}


@dataclass(frozen=True)
class Action:
    """A verb as this person sees it: live, or held back by reasons that say who can mend them."""

    verb: Verb
    url: str
    reasons: list[Refusal]

    @property
    def is_live(self) -> bool:
        return not self.reasons


@dataclass(frozen=True)
class Entry:
    """A line of the timeline."""

    at: datetime
    title: str
    who: str


@dataclass(frozen=True)
class Page:
    """Everything the template needs, computed once."""

    candidature: Candidature
    label: str
    awaited_by: str
    awaited: str
    deadline: date | None
    turn: Turn | None
    is_my_turn: bool
    progress: Progress
    works: list[tuple[Work, str]]
    actions: list[Action]
    others: list[Verb]
    main: Action | None
    main_work: tuple[Work, str] | None


def page_for(candidature: Candidature, user: User) -> Page:
    """Build the page of a candidature for a person who may read it."""
    held = {"read"} | {right for right in _rights_worth_asking(candidature) if access.may(user, right, candidature)}
    works = [
        (work, reverse(work.page, args=[candidature.reference])) for work in WORKS if _concerns(work, candidature, held)
    ]
    verbs = [verb for verb in verbs_from(candidature.stage) if verb.name in VERB_PAGES]
    actions = [action_for(candidature, verb, user) for verb in verbs if verb.name in held]
    who, what = AWAITED.get(Stage(candidature.stage), ("", ""))
    my_turn = bool(held.intersection(TURN.get(Stage(candidature.stage), ())))
    main = next((action for action in actions if action.is_live and action.verb.name in MAIN_VERBS), None)
    return Page(
        candidature=candidature,
        label=candidature.public_label if "answer" in held else candidature.stage_label,
        awaited_by=who,
        awaited=what,
        deadline=candidature.deadline,
        turn=turn_of(candidature),
        is_my_turn=my_turn,
        progress=progress_of(candidature),
        works=works,
        actions=actions,
        others=[verb for verb in verbs if verb.name not in held],
        main=main,
        main_work=_main_work(candidature, works) if my_turn else None,
    )


def _main_work(candidature: Candidature, works: list[tuple[Work, str]]) -> tuple[Work, str] | None:
    """Return the page to open first when it is one's turn: past the orientation, the questionnaires."""
    mine = [(work, url) for work, url in works if work.right in TURN[Stage(candidature.stage)]]
    if candidature.sheet.orientation_done:
        mine = [(work, url) for work, url in mine if work.page not in BEFORE_ANSWERING]
    return next(iter(mine), None)


def action_for(candidature: Candidature, verb: Verb, user: User) -> Action:
    return Action(
        verb, reverse(VERB_PAGES[verb.name], args=[candidature.reference]), refusals(candidature, verb.name, user)
    )


def progress_of(candidature: Candidature) -> Progress:
    """Return the seven steps; a candidature withdrawn or refused is shown where it stopped."""
    stage = _where_it_stopped(candidature)
    position = next(i for i, (_, stages) in enumerate(STEPS) if stage in stages)
    stopped = candidature.stage in (Stage.WITHDRAWN, Stage.INADMISSIBLE, Stage.REJECTED)
    return progress([title for title, _ in STEPS], position + (candidature.stage == Stage.PUBLISHED), stopped=stopped)


def timeline(candidature: Candidature, reader: User) -> list[Entry]:
    """Return the moves of a candidature, the newest first, each with the sentence that tells it."""
    told = {verb.event_kind: verb.done for verb in all_verbs().values()} | TOLD
    events = Event.objects.about(candidature.reference).filter(kind__in=told).select_related("actor").newest_first()
    return [Entry(event.at, told[event.kind], who) for event, who in signed(events, candidature, reader)]


def signed(events: Iterable[Event], candidature: Candidature, reader: User) -> list[tuple[Event, str]]:
    """Pair each move with who made it: the éditeur reads the names of their own, and of an agent the role only."""
    by_name = access.may(reader, "read_evaluation", candidature)
    return [(event, _who(event, by_name=by_name)) for event in events]


def _who(event: Event, *, by_name: bool) -> str:
    if event.actor is None:
        return "échéance automatique"
    if event.data.get("on_behalf") and not by_name:
        return str(Role.SUPPORT.label)
    done = event.kind.removeprefix("candidature.")
    roles = MOVES.get(DONE_BY_AGENTS.get(done, done), (Role.MANDATED,))  # the team alone opens, or asks for time
    if by_name or Role.MANDATED in roles:
        return str(event.actor)
    return str(next((role for role in roles[:-1] if role in access.global_roles(event.actor)), roles[-1]).label)


def _where_it_stopped(candidature: Candidature) -> Stage:
    if candidature.stage != Stage.WITHDRAWN:
        return Stage(candidature.stage)
    last = Event.objects.about(candidature.reference).filter(data__to=Stage.WITHDRAWN.value).newest_first().first()
    return Stage(last.data["from"]) if last else Stage.DRAFT


def _rights_worth_asking(candidature: Candidature) -> set[str]:
    works = {work.right for work in WORKS if candidature.stage in work.stages}
    turns = set(TURN.get(Stage(candidature.stage), ()))
    return works | turns | {verb.name for verb in verbs_from(candidature.stage) if MOVES[verb.name]} | {"answer"}


def _concerns(work: Work, candidature: Candidature, held: set[str]) -> bool:
    if candidature.stage not in work.stages or work.right not in held:
        return False
    if work.page == "exchange:tests":
        return bool(candidature.sheet.facts.get("echange_mes"))
    if work.page == "evaluation:communicated":
        return report_is_communicated(candidature)
    if work.page == "evaluation:rounds":
        return candidature.stage == Stage.COMPLEMENTS_REQUESTED or candidature.round > 1
    if work.page == "referencing:certificates" and not provision_of(candidature.sheet.facts).certificates:
        return False
    if work.page in ("referencing:answers", "referencing:certificates") and work.right == "read":
        return "answer" in held or acts.answers_are_filed(candidature)
    return True
