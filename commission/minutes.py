"""The procès-verbal: what the séance itself wrote, gathered, printed once and kept (CRPA, art. R. 133-13)."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from commission import seating
from commission.kinds import ATTENDING, ItemState
from commission.models import AgendaItem, Minutes, Poll, Presence, Seance
from dossiers import press

if TYPE_CHECKING:
    from journal.models import Event


@dataclass(frozen=True)
class Deliberation:
    """One question examined: the propositions put to the vote, in order, and what the members asked to be written."""

    item: AgendaItem
    polls: list[Poll]
    recused: list[str]
    dissents: list[tuple[str, str]]

    @property
    def adopted(self) -> Poll | None:
        """The avis given, if the item came to one."""
        given = self.item.state == ItemState.CLOSED
        return next((poll for poll in self.polls if poll.is_adopted), None) if given else None


def contents(seance: Seance) -> dict[str, Any]:
    """Return what the paper says, from the rows of a closed séance."""
    presences = seating.presences_of(seance)
    items = seance.items.select_related("candidature__service__organisation").prefetch_related(
        "polls", "recusals__member__user", "dissents__member__user"
    )
    return {
        "seance": seance,
        "attending": [presence for presence in presences if _came(presence)],
        "represented": [presence for presence in presences if presence.holder],
        "missing": [presence for presence in presences if not _came(presence) and not presence.holder],
        "deliberations": [_deliberation(item) for item in items],
    }


def keep(seance: Seance, event: Event) -> None:
    """Print and store the procès-verbal, once: a second call, or a second worker, changes nothing."""
    if Minutes.objects.filter(seance=seance).exists():
        return
    title = f"Procès-verbal de la séance n° {seance.number}"
    subject = f"Commission de référencement, séance n° {seance.number}"
    more = {
        "at": event.at,
        "running": f"{title} — Commission de référencement",
        "seal_line": f"Journal, événement n° {event.seq} : {event.hash}",
    }
    pdf = press.render(
        "commission/minutes.html", {**contents(seance), **more}, title=title, subject=subject, made_at=event.at
    )
    paper = Minutes(seance=seance, event=event, sha256=hashlib.sha256(pdf).hexdigest(), size=len(pdf))
    paper.file.save("", ContentFile(pdf), save=False)
    try:
        with transaction.atomic():
            paper.save(force_insert=True)
    except IntegrityError:
        with suppress(OSError):
            paper.file.delete(save=False)


def _came(presence: Presence) -> bool:
    """Say whether a member was there, even if they left before the end."""
    return presence.arrived_at is not None or presence.mode in ATTENDING


def _deliberation(item: AgendaItem) -> Deliberation:
    return Deliberation(
        item=item,
        polls=list(item.polls.all()),
        recused=[str(recusal.member) for recusal in item.recusals.all()],
        dissents=[(str(dissent.member), dissent.statement) for dissent in item.dissents.all()],
    )
