"""What the crowd has behind it: the journal with its chain, an act a move, the letters sent, one paper a dépôt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from journal import chain
from journal.models import Delivery, Event, Head, Letter
from referencing.kinds import ActKind, DocumentKind
from referencing.models import Act, Candidature, Document
from referencing.payloads import REQUIRED
from referencing.stages import Stage
from referencing.verbs import verb_named

ADMITTED = ("submit", "admit")
JUDGED = (*ADMITTED, "conclude_evaluation")
HEARD = (*JUDGED, "schedule", "give_opinion")
JOURNEYS: dict[Stage, tuple[str, ...]] = {
    Stage.DRAFT: (),
    Stage.SUBMITTED: ("submit",),
    Stage.INCOMPLETE: ("submit", "declare_incomplete"),
    Stage.INADMISSIBLE: ("submit", "declare_inadmissible"),
    Stage.IN_EVALUATION: ADMITTED,
    Stage.COMPLEMENTS_REQUESTED: (*ADMITTED, "request_complements"),
    Stage.EVALUATED: JUDGED,
    Stage.IN_COMMISSION: (*JUDGED, "schedule"),
    Stage.OPINION_GIVEN: HEARD,
    Stage.ACCEPTED: (*HEARD, "accept"),
    Stage.REJECTED: (*HEARD, "reject"),
    Stage.PUBLISHED: (*HEARD, "accept", "publish"),
    Stage.WITHDRAWN: ("submit", "withdraw"),
}
LISTS: dict[str, Any] = {"items": [], "missing": [], "reserves": [], "unjudged": [], "thematics": [], "verdicts": {}}
BODY = "Madame, Monsieur,\n\nVotre candidature avance. Vous trouverez le détail sur sa page.\n\nLe guichet."


@dataclass
class Rows:
    """What is about to be inserted."""

    events: list[Event] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    papers: list[Document] = field(default_factory=list)


@transaction.atomic
def remember(candidatures: Sequence[Candidature], filed: dict[str, Any], *, with_answers: int) -> None:
    """Write the past of candidatures, as if each had come to its stage by the shortest way.

    `filed` is the snapshot of a whole sheet: the first `with_answers` under evaluation hold it in their act of dépôt,
    the others an empty one (a hundred thousand characters each would measure the disk, not the pages).
    """
    empty = {**filed, "questionnaires": [], "not_applicable": [], "dispensed": []}
    rows, head = Rows(), Head.objects.select_for_update().get(pk=1)
    judged = [one.pk for one in candidatures if one.stage in (Stage.IN_EVALUATION, Stage.COMPLEMENTS_REQUESTED)]
    whole = set(judged[:with_answers])
    for candidature in candidatures:
        sheet = filed if candidature.pk in whole else empty
        for event in _events(candidature, head):
            _follow(event, candidature, sheet, rows)
    Event.objects.bulk_create(rows.events, 2000)
    Act.objects.bulk_create(rows.acts, 2000)
    Delivery.objects.bulk_create(rows.deliveries, 2000)
    Letter.objects.bulk_create(rows.letters, 2000)
    Document.objects.bulk_create(rows.papers, 2000)
    head.save()


def _events(candidature: Candidature, head: Head) -> Iterator[Event]:
    """Yield the events of one candidature, each chained to the one before it, whoever that one is about."""
    stage = Stage.DRAFT
    moves: list[tuple[str, dict[str, Any]]] = [("candidature.opened", {"version": 0})]
    for version, verb in enumerate(JOURNEYS[Stage(candidature.stage)], start=1):
        target = verb_named(verb).target
        moves.append((f"candidature.{verb}", {"from": stage, "to": target, "round": 1, "version": version}))
        stage = target
    for days, (kind, data) in enumerate(moves):
        at = candidature.opened_at + timedelta(days=days * 0.8)  # the youngest of the crowd is five days old
        seq, actor = head.seq + 1, candidature.opened_by_id
        digest = chain.digest(head.hash, seq, at, kind, candidature.reference, actor, chain.plain(data))
        yield Event(
            seq=seq,
            at=at,
            kind=kind,
            subject=candidature.reference,
            actor_id=actor,
            data=chain.plain(data),
            previous_hash=head.hash,
            hash=digest,
        )
        head.seq, head.hash = seq, digest


def _follow(event: Event, candidature: Candidature, sheet: dict[str, Any], rows: Rows) -> None:
    rows.events.append(event)
    done = {"event": event, "next_try_at": event.at, "state": Delivery.State.DONE, "done_at": event.at}
    rows.deliveries += [Delivery(reaction=reaction, **done) for reaction in settings.REACTIONS.get(event.kind, ())]
    if event.kind == "candidature.opened":
        return
    kind = verb_named(event.kind.partition(".")[2]).files
    known = {"sheet": sheet, "attested_by": event.actor_id, **LISTS}
    dates = {"deadline": candidature.deadline or event.at.date(), "date": event.at.date()}
    known |= {key: day.isoformat() for key, day in dates.items()}
    payload = {key: known.get(key, BODY) for key in REQUIRED[kind]}
    rows.acts.append(
        Act(
            candidature=candidature,
            kind=kind,
            round=1,
            payload=payload,
            event=event,
            filed_by_id=event.actor_id,
            filed_at=event.at,
        )
    )
    rows.letters.append(_letter(event, candidature.opened_by_id))
    if kind == ActKind.FILING:
        rows.papers.append(
            Document(
                candidature=candidature,
                event=event,
                kind=DocumentKind.RECEIPT,
                title=f"Accusé de réception {event.subject}",
                file="documents/foule.pdf",
                sha256=event.hash,
                size=60_000,
                pages=2,
            )
        )


def _letter(event: Event, recipient: int) -> Letter:
    return Letter(
        event=event,
        kind="foule",
        subject_ref=event.subject,
        recipient_id=recipient,
        title=f"{event.subject} : votre candidature avance",
        body=BODY,
        written_at=event.at,
        next_try_at=event.at,
        sent_at=event.at,
        read_at=event.at,
    )
