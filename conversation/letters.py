"""Letters about the thread: « a message waits for you », never what it says.

One letter stands for all the messages that come within the hour (`MESSAGE_LETTER_MINUTES`) until it is read. Whoever has
read since gets a new one at the next message: none is left without a letter.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from conversation.models import Attachment, Message, Receipt, Side
from journal import letters
from journal.models import Event, Letter
from referencing.claims import claim_of
from referencing.letters import support, team
from referencing.models import Candidature

KINDS = {Side.EDITOR: "message_from_editor", Side.SUPPORT: "message_from_support"}


def tell_message(event_seq: int) -> None:
    """Tell the other side that a message waits, unless a letter that still waits has told them of the thread."""
    event = Event.objects.get(pk=event_seq)
    rows = Message.objects.select_related("candidature__service__organisation", "author")
    message = rows.get(pk=event.data["message"])
    kind = KINDS[Side(message.side)]
    awaited = [person for person in _other_side(message) if not _knows(person, message, event, kind)]
    context = {"candidature": message.candidature}
    letters.write(event, kind, awaited, context=context, url=_page(message.candidature))


def tell_infected(event_seq: int) -> None:
    """Tell who sent a file that the antivirus put it in quarantine: the other side never received it."""
    event = Event.objects.get(pk=event_seq)
    rows = Attachment.objects.select_related("message__candidature__service", "deposited_by")
    attachment = rows.get(public_id=event.data["attachment"])
    candidature = attachment.message.candidature
    context = {"candidature": candidature, "attachment": attachment}
    letters.write(event, "message_infected", [attachment.deposited_by], context=context, url=_page(candidature))


def _other_side(message: Message) -> list[User]:
    """Who is told: the whole team or, of the support, who follows the file, else who has written here, else everybody."""
    candidature = message.candidature
    if message.side == Side.SUPPORT:
        return team(candidature)
    agents = support(candidature)
    claim = claim_of(candidature)
    if claim is not None and claim.holder in agents:
        return [claim.holder]
    writers = set(candidature.messages.filter(side=Side.SUPPORT).values_list("author", flat=True))
    return [agent for agent in agents if agent.pk in writers] or agents


def _knows(person: User, message: Message, event: Event, kind: str) -> bool:
    """Say whether a person has read this message, or has a recent letter about the thread that still waits."""
    if message.receipts.filter(person=person).exists():
        return True
    since = event.at - timedelta(minutes=settings.PROCEDURE["message_letter_minutes"])
    told = Letter.objects.filter(recipient=person, subject_ref=event.subject, kind=kind, event__lt=event.pk)
    last = told.filter(written_at__gt=since).order_by("-pk").first()
    return last is not None and not _read_since(person, message.candidature, last)


def _read_since(person: User, candidature: Candidature, letter: Letter) -> bool:
    """Say whether a person has read since a letter was written, by marking as read or by answering."""
    receipts: QuerySet[Receipt] = Receipt.objects.filter(person=person, message__candidature=candidature)
    return receipts.filter(read_at__gte=letter.written_at).exists()


def _page(candidature: Candidature) -> str:
    return reverse("conversation:thread", args=[candidature.reference])
