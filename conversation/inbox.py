"""The threads of a person: what waits for them, in one list; the counts that the homes and the candidature show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, TextChoices
from django.db.models.functions import Coalesce

from accounts.models import User
from conversation import sides
from conversation.models import Message, Note, Side
from conversation.openness import CLOSED
from referencing.models import Candidature
from referencing.queries import CandidatureQuerySet

SHOWN = 2


class State(TextChoices):
    """What the list keeps."""

    UNANSWERED = "a-repondre", "À répondre"
    UNREAD = "non-lus", "Non lus"
    ALL = "tous", "Tous"


@dataclass(frozen=True)
class Waiting:
    """What the home of a person says of their threads: unread messages and, for the support, threads to answer."""

    side: Side
    unread: int
    unanswered: int


@dataclass(frozen=True)
class Panel:
    """The thread on the page of a candidature: its last messages, the newest first. `notes` is None for whoever reads none."""

    side: Side | None
    number: int
    unread: int
    latest: Sequence[Message]
    notes: int | None


def threads_of(user: User, state: State) -> CandidatureQuerySet:
    """The candidatures of whose thread a person is, as far as someone wrote; those to answer, the oldest first.

    Each has `number`, `unread`, `last_at`, `last_side`.
    """
    side = sides.side_at_home(user)
    written = Message.objects.filter(candidature=OuterRef("pk")).order_by()
    last = written.order_by("-pk")
    rows = (
        sides.conversing(user)
        .with_names()
        .annotate(
            number=_count(written),
            unread=_count(written.unread_by(user, side)),
            last=Subquery(last.values("pk")[:1]),
            last_at=Subquery(last.values("written_at")[:1]),
            last_side=Subquery(last.values("side")[:1]),
        )
    )
    written_in = rows.filter(last__isnull=False)
    if state == State.UNANSWERED:
        return written_in.filter(last_side=Side.EDITOR).exclude(stage__in=CLOSED).order_by("last")
    return (written_in.filter(unread__gt=0) if state == State.UNREAD else written_in).order_by("-last")


def waiting_for(user: User) -> Waiting:
    """Count what waits for a person, in one query; only the support has threads to answer."""
    side = sides.side_at_home(user)
    mine = Message.objects.filter(candidature__in=sides.conversing(user).values("pk"))
    counts = {"unread": _among(mine.unread_by(user, side))}
    if side == Side.SUPPORT:
        counts["unanswered"] = _among(mine.unanswered().exclude(candidature__stage__in=CLOSED))
    found = mine.aggregate(**counts)
    return Waiting(side, found["unread"], found.get("unanswered", 0))


def panel_for(candidature: Candidature, user: User) -> Panel:
    """Gather what the page of a candidature shows of its thread and of its notes, and nothing this person may not read."""
    side = sides.side_of(user, candidature)
    notes = None if side == Side.EDITOR or not sides.may_note(user, candidature) else _number_of_notes(candidature)
    if side is None:
        return Panel(None, 0, 0, (), notes)
    rows = Message.objects.filter(candidature=candidature)
    latest = list(rows.select_related("author").order_by("-pk")[:SHOWN])
    unread = rows.unread_by(user, side).count() if latest else 0
    return Panel(side, rows.count() if latest else 0, unread, latest, notes)


def _among(messages: "QuerySet[Message]") -> Count:
    return Count("pk", filter=Q(pk__in=messages.order_by().values("pk")))


def _number_of_notes(candidature: Candidature) -> int:
    return Note.objects.filter(candidature=candidature).count()


def _count(messages: "QuerySet[Message]") -> Coalesce:
    """How many of these messages a thread has, for an annotation."""
    by_thread = messages.values("candidature").annotate(number=Count("pk"))
    return Coalesce(Subquery(by_thread.values("number")), 0)
