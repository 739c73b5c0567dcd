"""What changed on a candidature since a person last said they had read it: acts, letters, answers they may read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from journal.models import Event, Letter
from questionnaires.differences import Counts
from questionnaires.models import Answer
from referencing import access, acts
from referencing.comparing import Shot, compared
from referencing.models import Candidature, ReadingMark
from referencing.presenter import Entry, signed
from referencing.verbs import all_verbs

# What is told besides the moves: kind of event → the right that reads it, and its sentence.
TOLD: dict[str, tuple[str, str]] = {
    "candidature.extension_asked": ("read", "Délai supplémentaire demandé"),
    "candidature.extension_refused": ("read", "Délai supplémentaire refusé"),
    "act.unit_tests": ("read", "Tests unitaires versés au dossier"),
    "act.test_book": ("read", "Cahier de tests final versé au dossier"),
    "exchange.deposited": ("read", "Rapport de tests déposé"),
    "exchange.accepted": ("read", "Rapport de tests accepté"),
    "exchange.refused": ("read", "Rapport de tests renvoyé à l'éditeur"),
    "act.reserve_lifted": ("read", "Levée d'une réserve constatée"),
    "act.convention": ("read", "Convention signée par les trois parties"),
    "conversation.from_editor": ("admit", "Message de l'éditeur au support"),
    "conversation.from_support": ("answer", "Message du support"),
    "evaluation.accepted": ("read_evaluation", "Expert affecté à l'évaluation"),
    "act.dossier": ("read_evaluation", "Dossier scellé"),
}
MOST = 50  # of each kind: beyond, the page of the journal or of the letters is where to read


@dataclass(frozen=True)
class FiledChange:
    """Two dépôts of the éditeur, the last one read and the last one made: what to compare, and what changed."""

    before: Shot
    after: Shot
    counts: Counts


@dataclass(frozen=True)
class News:
    """`since` is None when the person never marked the candidature as read: everything is new, nothing is listed.

    `seen` and `shown_at` go back with the mark: what happens after this page is shown stays news. `comparable` says
    that something was filed, with which what is being written may be compared.
    """

    since: datetime | None
    seen: int
    shown_at: datetime
    entries: tuple[Entry, ...] = ()
    letters: tuple[Letter, ...] = ()
    answers: tuple[Answer, ...] = ()
    filed: FiledChange | None = None
    comparable: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.entries or self.letters or self.answers or self.filed)


def news_for(candidature: Candidature, reader: User) -> News:
    """Gather what others did since the reader's mark, and nothing they may not read."""
    shown_at = timezone.now()
    mark = ReadingMark.objects.filter(person=reader, candidature=candidature).first()
    about = Event.objects.about(candidature.reference)
    if mark is None:
        return News(None, about.aggregate(last=Max("seq"))["last"] or 0, shown_at)
    since = list(about.filter(seq__gt=mark.seq).select_related("actor").newest_first())
    others = [event for event in since if event.actor_id != reader.pk]
    return News(
        since=mark.at,
        seen=since[0].seq if since else mark.seq,
        shown_at=shown_at,
        entries=tuple(_entries(others, candidature, reader)[:MOST]),
        letters=tuple(
            Letter.objects.readable().filter(recipient=reader, subject_ref=candidature.reference, event__gt=mark.seq)[
                :MOST
            ]
        ),
        filed=_filed_since(candidature, mark, others),
        answers=_written_since(candidature, reader, mark),
        comparable=candidature.submitted_at is not None,
    )


@transaction.atomic
def mark_as_read(candidature: Candidature, reader: User, *, seen: int, shown_at: datetime) -> None:
    """Move the reader's mark to what their page showed; never beyond now, never back."""
    last = Event.objects.about(candidature.reference).aggregate(last=Max("seq"))["last"] or 0
    seq, at = min(seen, last), min(shown_at, timezone.now())
    mark, made = ReadingMark.objects.select_for_update().get_or_create(
        person=reader, candidature=candidature, defaults={"seq": seq, "at": at}
    )
    if not made:
        mark.seq, mark.at = max(mark.seq, seq), max(mark.at, at)
        mark.save(update_fields=["seq", "at"])


def _entries(events: list[Event], candidature: Candidature, reader: User) -> list[Entry]:
    """Tell the events this person may know of, the newest first; agents are named as the timeline names them."""
    moves = {verb.event_kind: verb.done for verb in all_verbs().values()}
    if not any(event.kind in moves or event.kind in TOLD for event in events):
        return []
    inside = access.may(reader, "read_evaluation", candidature)
    asked = {TOLD[event.kind][0] for event in events if event.kind in TOLD} - {"read", "read_evaluation"}
    readable = {"read"} | ({"read_evaluation"} if inside else set())
    readable |= {right for right in asked if access.may(reader, right, candidature)}
    names = dict(signed((event for event in events if event.kind in moves), candidature, reader))
    told = {kind: sentence for kind, (right, sentence) in TOLD.items() if right in readable} | moves
    return [
        Entry(event.at, told[event.kind], names.get(event) or (str(event.actor) if inside and event.actor else ""))
        for event in events
        if event.kind in told
    ]


def _filed_since(candidature: Candidature, mark: ReadingMark, events: list[Event]) -> FiledChange | None:
    """Compare what was filed since the mark with what was on file then; None when there is nothing to compare."""
    if not {"candidature.submit", "candidature.return_complements"} & {event.kind for event in events}:
        return None
    filed = candidature.acts.filter(kind__in=acts.GIVEN_BY_EDITOR).order_by("pk")
    shots = [(Shot(str(act.pk), act.get_kind_display(), act.filed_at), act.event_id) for act in filed.defer("payload")]
    read = [shot for shot, seq in shots if seq <= mark.seq]
    unread = [shot for shot, seq in shots if seq > mark.seq]
    if not read or not unread:
        return None
    return FiledChange(read[-1], unread[-1], compared(candidature, read[-1], unread[-1]).counts)


def _written_since(candidature: Candidature, reader: User, mark: ReadingMark) -> tuple[Answer, ...]:
    """The answers that colleagues changed while the sheet is being written: for the éditeur's team alone."""
    if not access.may(reader, "answer", candidature) or acts.answers_are_filed(candidature):
        return ()
    changed = Answer.objects.filter(sheet=candidature.sheet_id, updated_at__gt=mark.at, edition__gt=0)
    changed = changed.exclude(updated_by=reader).select_related("criterion", "updated_by").order_by("-updated_at")
    return tuple(changed[:MOST])
