"""The one door. A candidature changes stage here and nowhere else.

    lock the row → is it still the page you saw → stage and right → guards, with the act in hand
    → record the event → file the act → change, and what is written beside → save → effects scheduled

All in one transaction: an exception at any step leaves nothing behind. What follows (letters, papers) leaves by the
outbox, after commit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_fsm import ConcurrentTransition

from accounts.models import User
from journal.models import Event
from journal.record import record
from referencing import access, bookkeeping, payloads
from referencing.kinds import ActKind
from referencing.locking import locked_with_sheet
from referencing.models import Act, Candidature, Document
from referencing.refusals import Refusal
from referencing.verbs import Verb, verb_named

Payload = Mapping[str, Any] | Callable[[Candidature], Mapping[str, Any]]
MOVED_FIELDS = ["stage", "round", "version", "deadline", "suspended_on", "stage_since", "submitted_at", "track"]


class Refused(Exception):
    """The verb is not possible; `refusals` holds every reason, ready to be shown."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__(" ".join(refusal.sentence for refusal in refusals))
        self.refusals = refusals


class Overtaken(Exception):
    """Quelqu'un vous a devancé: the candidature moved since the page was shown. `events` says what happened."""

    def __init__(self, candidature: Candidature, seen: int) -> None:
        super().__init__("Quelqu'un vous a devancé : la candidature a changé depuis l'affichage de la page.")
        self.candidature = candidature
        self.events = moves_since(candidature, seen)


def move(
    candidature: Candidature,
    verb: str,
    *,
    actor: User | None,
    payload: Payload | None = None,
    document: Document | None = None,
    seen: int | None = None,
) -> Candidature:
    """Move a candidature and return it, reloaded.

    `payload` is that of the act the verb files, or a function that makes it once the row is locked; `seen` is the
    `version` the person had before their eyes; `actor` None is the clock. Raises `Refused` or `Overtaken`.
    """
    step = verb_named(verb)
    with transaction.atomic():
        locked = locked_with_sheet(candidature)
        if seen is not None and locked.version != seen:
            raise Overtaken(locked, seen)
        _refuse_if(_stage_reasons(locked, step) + _right_reasons(locked, step, actor))
        content = dict(payload(locked) if callable(payload) else payload or {})
        payloads.check(step.files, content)
        locked.filing = (step.files, content)
        _refuse_if(_guard_reasons(locked, step, filing=True))
        locked.passed = frozenset(step.guards)
        event = record(step.event_kind, locked.reference, actor=actor, data=_summary(locked, step))
        _file(locked, step.files, content, event, actor, document)
        _change(locked, step, content, event)
    return locked


def file_act(
    candidature: Candidature,
    kind: ActKind,
    *,
    actor: User | None,
    payload: Payload | None = None,
    document: Document | None = None,
    file_sha256: str = "",
) -> Act:
    """File an act that moves nothing (tests, dossier, réserve lifted, convention). The caller has checked the right."""
    with transaction.atomic():
        locked = locked_with_sheet(candidature)
        content = dict(payload(locked) if callable(payload) else payload or {})
        payloads.check(kind, content)
        data = {"round": locked.round, "stage": locked.stage, "file_sha256": file_sha256}
        event = record(f"act.{kind.value}", locked.reference, actor=actor, data=data)
        return _file(locked, kind, content, event, actor, document, file_sha256)


def refusals(candidature: Candidature, verb: str, user: User) -> list[Refusal]:
    """Return all the reasons why this person may not do this now; empty when the button is live."""
    step = verb_named(verb)
    return (
        _stage_reasons(candidature, step)
        + _right_reasons(candidature, step, user)
        + _guard_reasons(candidature, step, filing=False)
    )


def moves_since(candidature: Candidature, version: int) -> list[Event]:
    """Return the moves of a candidature after a version, the oldest first."""
    moves = Event.objects.about(candidature.reference).filter(
        kind__startswith="candidature.", data__version__gt=version
    )
    return list(moves.select_related("actor").order_by("seq"))


def _refuse_if(reasons: list[Refusal]) -> None:
    if reasons:
        raise Refused(reasons)


def _stage_reasons(candidature: Candidature, step: Verb) -> list[Refusal]:
    if candidature.stage in step.sources:
        return []
    expected = " ou ".join(f"« {stage.label} »" for stage in step.sources)
    return [
        Refusal(
            "stage",
            f"La candidature est à l'étape « {candidature.stage_label} » ; il faut qu'elle soit à l'étape {expected}.",
            reference=candidature.reference,
        )
    ]


def _right_reasons(candidature: Candidature, step: Verb, actor: User | None) -> list[Refusal]:
    if actor is None and step.name == "expire":
        return []
    if actor is not None and access.may(actor, step.name, candidature):
        return []
    sentence = f"Cette action revient à : {step.roles}."
    return [Refusal("right", sentence, step.roles, reference=candidature.reference)]


def _guard_reasons(candidature: Candidature, step: Verb, *, filing: bool) -> list[Refusal]:
    asked = [guard for guard in step.guards if filing or guard.about is None]
    return [reason for guard in asked for reason in guard.reasons(candidature)]


def _summary(candidature: Candidature, step: Verb) -> dict[str, Any]:
    """What the journal keeps of a move: no answer, no name; the act holds the rest."""
    return {
        "from": str(candidature.stage),
        "to": str(step.target),
        "round": bookkeeping.round_after(candidature, step.name),
        "version": candidature.version + 1,
        "act": str(step.files.value),
    }


def _file(
    candidature: Candidature,
    kind: ActKind,
    content: dict[str, Any],
    event: Event,
    actor: User | None,
    document: Document | None,
    file_sha256: str = "",
) -> Act:
    return Act.objects.create(
        candidature=candidature,
        kind=kind,
        round=bookkeeping.round_of_act(candidature, kind),
        payload=content,
        file_sha256=file_sha256 or (document.sha256 if document else ""),
        document=document,
        event=event,
        filed_by=actor,
        filed_at=event.at,
    )


def _change(candidature: Candidature, step: Verb, content: dict[str, Any], event: Event) -> None:
    getattr(candidature, step.name)()
    candidature.version += 1
    candidature.stage_since = timezone.now()
    bookkeeping.write_beside(candidature, step.name, content, event)
    try:
        candidature.save(update_fields=MOVED_FIELDS)
    except ConcurrentTransition:
        raise Overtaken(candidature, candidature.version - 1) from None
    candidature.filing, candidature.passed = None, frozenset()
