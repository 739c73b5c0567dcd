"""What a page of the thread shows one side: each message, who signs it, who has read it. Reads nothing by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from conversation.models import Attachment, Message, Receipt, Side
from questionnaires.serving import why_not

BODY = "Le support"


@dataclass(frozen=True)
class Reading:
    """Who has read a message, as this reader may know it, and when."""

    who: str
    at: datetime


@dataclass(frozen=True)
class Joined:
    """A file of a message; `withheld` says why it is not given now, empty when it is."""

    attachment: Attachment
    withheld: str


@dataclass(frozen=True)
class Line:
    """One message before one reader. `is_ours` when their own side wrote it."""

    message: Message
    who: str
    is_ours: bool
    is_new: bool
    readings: tuple[Reading, ...]
    files: tuple[Joined, ...]


def lines(messages: Iterable[Message], reader: User, side: Side) -> list[Line]:
    """Return the messages as this reader sees them; receipts and files come prefetched."""
    return [_line(message, reader, side) for message in messages]


def signature(message: Message, side: Side) -> str:
    """Name who wrote: the éditeur reads the names of their own, and of an agent that it was the support."""
    if message.side == Side.SUPPORT and side == Side.EDITOR:
        return BODY
    return str(message.author)


def _line(message: Message, reader: User, side: Side) -> Line:
    receipts = list(message.receipts.all())
    return Line(
        message=message,
        who=signature(message, side),
        is_ours=message.side == side,
        is_new=message.side != side and not _is_read(receipts, reader, side),
        readings=tuple(_readings(receipts, side)),
        files=tuple(Joined(one, why_not(one)) for one in message.attachments.all()),
    )


def _is_read(receipts: Iterable[Receipt], reader: User, side: Side) -> bool:
    """Say it as `MessageQuerySet.unread_by` does: each for oneself in the team, one for all at the support."""
    if side == Side.SUPPORT:
        return any(receipt.side == Side.SUPPORT for receipt in receipts)
    return any(receipt.person_id == reader.pk for receipt in receipts)


def _readings(receipts: Iterable[Receipt], side: Side) -> Iterable[Reading]:
    """The first reading of the support stands for all of them before the éditeur."""
    told_support = False
    for receipt in receipts:
        if receipt.side == Side.EDITOR or side == Side.SUPPORT:
            yield Reading(str(receipt.person), receipt.read_at)
        elif not told_support:
            told_support = True
            yield Reading(BODY.lower(), receipt.read_at)
