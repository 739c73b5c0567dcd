"""Letters: written once as rows, then sent until the post takes them.

A letter sent twice (a worker that dies between the post's yes and the database) bears the same Message-ID twice.
"""

import logging
import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import Context, Engine
from django.utils import timezone

from accounts.models import User
from journal.models import Event, Letter

# A letter in the middle of being sent is left alone that long, then its sender is taken for dead.
LEASE = timedelta(seconds=300)
# After the first failure, the second… ; then every hour for four days, as mail servers do (RFC 5321, § 4.5.4.1).
BACKOFF = tuple(timedelta(seconds=seconds) for seconds in (15, 60, 300, 1800, 3600))
MAX_ATTEMPTS = 100
# So many failures in a row mean that the post is closed: the others wait for the next round.
CLOSED_AFTER = 3
TITLE_LENGTH = Letter._meta.get_field("title").max_length
ERROR_LENGTH = 2000
BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")  # never in a header; spares the non-breaking spaces

logger = logging.getLogger(__name__)


def write(
    event: Event, kind: str, recipients: Iterable[User], *, context: dict[str, Any], url: str = ""
) -> list[Letter]:
    """Write one letter per active recipient from `templates/letters/<kind>.txt`; return them all, old and new.

    The first line of the template is the subject. It is plain text, nothing is escaped. It knows `context` and, for
    each letter: `recipient`, `event`, `operator` (settings.OPERATOR), `base_url` and `url` (whole address of the path
    given). Called twice for one event and kind, it writes nothing more: who has a letter keeps it as it is.
    """
    people = {person.pk: person for person in recipients if person.is_active}
    known = Letter.objects.filter(event=event, kind=kind, recipient__in=people)
    served = set(known.values_list("recipient", flat=True))
    Letter.objects.bulk_create(
        [_compose(event, kind, person, context, url) for pk, person in people.items() if pk not in served],
        ignore_conflicts=True,
    )
    return list(known.select_related("recipient").order_by("pk"))


def withdraw(recipient: User, subject: str) -> int:
    """Take back from a person every letter about `subject`, sent or waiting; return how many."""
    theirs = Letter.objects.readable().filter(recipient=recipient, subject_ref=subject)
    return theirs.update(withdrawn_at=timezone.now())


def post_unsent(limit: int = 100) -> int:
    """Send the letters that wait; return how many left. One refused is kept with its error and tried again later."""
    sent = failures = 0
    for letter in Letter.objects.due(timezone.now(), attempts=MAX_ATTEMPTS).select_related("event", "recipient")[
        :limit
    ]:
        if not _claim(letter):
            continue
        try:
            as_email(letter).send()
        except Exception as error:  # noqa: BLE001 whatever it is, it is kept on the letter and logged
            _postpone(letter, error)
            failures += 1
            if failures == CLOSED_AFTER:
                break
        else:
            Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now())
            sent += 1
            failures = 0
    return sent


def as_email(letter: Letter) -> EmailMessage:
    """Return the letter as it goes to the post: always the same Message-ID, and an answer reaches the operator."""
    host = urlsplit(settings.BASE_URL).hostname
    return EmailMessage(
        subject=BREAKS.sub(" ", letter.title),
        body=letter.body,
        to=[letter.recipient.email],
        reply_to=[settings.OPERATOR["email"]],
        headers={
            "Message-ID": f"<courrier-{letter.pk}.{letter.event.hash[:16]}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def text_of(kind: str, context: dict[str, Any], url: str = "") -> tuple[str, str]:
    """Return the subject and the body of a letter as they would be written; nothing is kept."""
    standard = {
        "operator": settings.OPERATOR,
        "base_url": settings.BASE_URL,
        "url": f"{settings.BASE_URL}{url}" if url else "",
    }
    template = Engine.get_default().get_template(f"letters/{kind}.txt")
    text = template.render(Context({**context, **standard}, autoescape=False))
    title, _, body = text.strip().partition("\n")
    return BREAKS.sub(" ", title).strip()[:TITLE_LENGTH], re.sub(r"\n{3,}", "\n\n", body).strip() + "\n"


def _compose(event: Event, kind: str, recipient: User, context: dict[str, Any], url: str) -> Letter:
    now = timezone.now()
    title, body = text_of(kind, {**context, "recipient": recipient, "event": event}, url)
    return Letter(
        event=event,
        kind=kind,
        subject_ref=event.subject,
        recipient=recipient,
        title=title,
        body=body,
        url=url,
        written_at=now,
        next_try_at=now,
    )


def _claim(letter: Letter) -> bool:
    """Take the letter, unless another process took it since it was read (compare-and-swap)."""
    mine = Letter.objects.readable().filter(pk=letter.pk, sent_at=None, attempts=letter.attempts)
    letter.attempts += 1
    return bool(mine.update(attempts=letter.attempts, next_try_at=timezone.now() + LEASE))


def _postpone(letter: Letter, error: Exception) -> None:
    wait = BACKOFF[min(letter.attempts, len(BACKOFF)) - 1]
    what = f"{type(error).__name__} : {error}"[:ERROR_LENGTH]
    Letter.objects.filter(pk=letter.pk).update(last_error=what, next_try_at=timezone.now() + wait)
    level = logging.ERROR if letter.attempts >= MAX_ATTEMPTS else logging.WARNING
    logger.log(level, "courrier %s non parti (essai %s)", letter.pk, letter.attempts, exc_info=error)
