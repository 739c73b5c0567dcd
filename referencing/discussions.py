"""The team's discussions: saying, naming somebody, reading, resolving. For those who may answer, and for nobody else.

Nothing here is recorded in the journal, printed, exported or sent by e-mail: agents of the State read those.
"""

from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from questionnaires.models import Criterion
from referencing import access, mentions
from referencing.models import Candidature, Mention, Reading, Remark, Thread
from referencing.models.discussion import LONGEST_REMARK

MOST_REMARKS = 300


class DiscussionRefused(Exception):
    """The message cannot be kept; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Said:
    """A message kept: who is told of it, and the names that could not be understood."""

    remark: Remark
    told: tuple[User, ...]
    unclear: tuple[str, ...]


def team_of(candidature: Candidature) -> list[User]:
    """Return the people of the éditeur, by name: those who read the discussions and may be named in them."""
    return sorted(access.holders("answer", candidature), key=lambda person: (str(person).lower(), person.pk))


@transaction.atomic
def say(candidature: Candidature, criterion: Criterion, text: str, *, author: User) -> Said:
    """Keep a message as it was typed; the discussion opens with the first one, and opens again if it was resolved.

    The members named after an « @ » get a notice. Raises DiscussionRefused for an empty or endless message, and when
    the discussion holds as many as it may.
    """
    text = text.replace("\r\n", "\n")
    if not text.strip():
        raise DiscussionRefused("Écrivez votre message avant de l'envoyer.")
    if len(text) > LONGEST_REMARK:
        raise DiscussionRefused(f"Votre message compte {len(text)} caractères : {LONGEST_REMARK} au plus.")
    thread, _ = Thread.objects.get_or_create(candidature=candidature, criterion=criterion)
    thread = Thread.objects.select_for_update(of=("self",)).get(pk=thread.pk)
    if thread.remarks.count() >= MOST_REMARKS:
        raise DiscussionRefused(
            f"Cette discussion compte déjà {MOST_REMARKS} messages : notez sa conclusion dans l'explication du critère."
        )
    remark = Remark.objects.create(thread=thread, author=author, text=text)
    _settle(thread, None)
    mark_read(thread, author, remark.pk)
    return _tell(remark, candidature)


@transaction.atomic
def resolve(thread: Thread, user: User) -> None:
    """Say that a discussion is over; the first to say so signs it."""
    locked = Thread.objects.select_for_update(of=("self",)).get(pk=thread.pk)
    if locked.resolved_at is None:
        _settle(locked, user)


@transaction.atomic
def reopen(thread: Thread) -> None:
    _settle(Thread.objects.select_for_update(of=("self",)).get(pk=thread.pk), None)


@transaction.atomic
def mark_read(thread: Thread, reader: User, upto: int) -> None:
    """Note that a person has read a discussion up to a message; what came after stays new, and nothing is unread."""
    last = thread.remarks.filter(pk__lte=upto).aggregate(last=Max("pk"))["last"]
    if last is None:
        return
    reading, created = Reading.objects.get_or_create(thread=thread, person=reader, defaults={"upto": last})
    if not created:
        Reading.objects.filter(pk=reading.pk, upto__lt=last).update(upto=last)
    Mention.objects.filter(remark__thread=thread, remark__pk__lte=last, person=reader, seen_at=None).update(
        seen_at=timezone.now()
    )


def threads_of(candidature: Candidature, reader: User) -> models.QuerySet[Thread]:
    """The discussions of a candidature in the order of the criteria. The caller has checked that `reader` may answer.

    Each has `number` (messages), `unread` (those of others that the reader has not seen) and `latest` (the number of
    the last message).
    """
    seen = Reading.objects.filter(thread=OuterRef("pk"), person=reader).values("upto")
    rows = Thread.objects.filter(candidature=candidature).annotate(seen=Coalesce(Subquery(seen), 0))
    is_new = Q(remarks__pk__gt=F("seen")) & ~Q(remarks__author=reader)
    return rows.annotate(
        number=Count("remarks"), unread=Count("remarks", filter=is_new), latest=Max("remarks__pk")
    ).select_related("criterion", "resolved_by")


def unseen_mentions(reader: User) -> models.QuerySet[Mention]:
    """The notices that wait for a person, on the candidatures that they may still answer for, the newest first."""
    waiting = Mention.objects.filter(person=reader, seen_at=None)
    mine = access.visible_to(reader).filter(service__organisation__memberships__user=reader)
    waiting = waiting.filter(remark__thread__candidature__in=mine)
    return waiting.select_related("remark__author", "remark__thread__criterion", "remark__thread__candidature__service")


def _settle(thread: Thread, user: User | None) -> None:
    thread.resolved_by, thread.resolved_at = user, timezone.now() if user else None
    thread.save(update_fields=["resolved_by", "resolved_at"])


def _tell(remark: Remark, candidature: Candidature) -> Said:
    team = {person.pk: person for person in team_of(candidature)}
    named = mentions.find(remark.text, {key: str(person) for key, person in team.items()})
    told = tuple(person for key, person in team.items() if key in named.people and key != remark.author_id)
    Mention.objects.bulk_create(Mention(remark=remark, person=person) for person in told)
    return Said(remark, told, named.unclear)
