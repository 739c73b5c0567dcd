"""The complement request: every complement the experts ask for in this round, sent at once, with one deadline.

What is asked comes from the verdicts; the deadline, the message and the files from the draft (evaluation/drafting.py).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from evaluation.grid import Grid, grid
from evaluation.models import ComplementDraft, RequestFile
from evaluation.values import MOTIVE_MAX, State, Value, too_long
from referencing.door import Refused, move
from referencing.due_dates import why_not_due
from referencing.models import Candidature
from referencing.refusals import Refusal
from referencing.stages import Stage
from referencing.working_days import next_working_day

CHANGED = "La demande a changé depuis l'affichage de la page : relisez-la, puis envoyez-la."
Item = dict[str, str]
"""One complement as the éditeur will read it: {"criterion": code, "expected": text}."""
File = Mapping[str, Any]
"""A file of the request, as `RequestFile.quoted` writes it."""


@dataclass(frozen=True)
class ComplementRequest:
    """The whole request, as the éditeur reads it and as the act keeps it."""

    items: Sequence[Item]
    deadline: date
    message: str = ""
    files: Sequence[File] = ()

    @classmethod
    def of_act(cls, payload: Mapping[str, Any]) -> "ComplementRequest":
        """Read it in an act; those filed before files could be joined have none."""
        day = date.fromisoformat(payload["deadline"])
        return cls(payload["items"], day, payload.get("message", ""), payload.get("files", ()))

    @property
    def payload(self) -> dict[str, Any]:
        return {
            "items": list(self.items),
            "deadline": self.deadline.isoformat(),
            "message": self.message.strip(),
            "files": [dict(file) for file in self.files],
        }

    @property
    def mark(self) -> str:
        """What a page carries to prove which request was read before it was sent."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True, default=str).encode()).hexdigest()


def asked_for(whole: Grid) -> list[Item]:
    """Return the complements that the verdicts of this round ask for, in the order of the référentiel."""
    if whole.candidature.stage != Stage.IN_EVALUATION:
        return []
    return [
        {"criterion": line.code, "expected": line.verdict.expected}
        for line in whole.lines
        if line.verdict and line.state == State.JUDGED and line.verdict.value == Value.COMPLEMENT_NEEDED
    ]


def default_deadline() -> date:
    """Return the usual deadline, on a worked day."""
    return next_working_day(timezone.localdate() + timedelta(days=settings.PROCEDURE["complement_reply_days"]))


def files_of(candidature: Candidature) -> list[RequestFile]:
    """Return the files joined to the request of the current round."""
    return list(RequestFile.objects.filter(candidature=candidature, round=candidature.round))


@transaction.atomic
def send_complement_request(
    candidature: Candidature, asked: ComplementRequest, *, actor: User, seen: int | None = None
) -> Candidature:
    """Send the request: the criteria it names reopen, and no other; the evaluation is suspended.

    `asked` is what `actor` read; raises `door.Refused` when the experts have changed the complements or somebody the
    files since, for a deadline that cannot be, for an infected file; and `door.Overtaken`.
    """

    def payload(locked: Candidature) -> dict[str, Any]:
        if reasons := _faults(locked, asked):
            raise Refused(reasons)
        return asked.payload

    moved = move(candidature, "request_complements", actor=actor, seen=seen, payload=payload)
    ComplementDraft.objects.filter(candidature=moved, round=moved.round).delete()
    return moved


def _faults(locked: Candidature, asked: ComplementRequest) -> list[Refusal]:
    reasons, files = [], files_of(locked)
    if list(asked.items) != asked_for(grid(locked)) or list(asked.files) != [file.quoted for file in files]:
        reasons.append(Refusal("items", CHANGED))
    if sentence := why_not_due(asked.deadline, timezone.localdate()):
        reasons.append(Refusal("deadline", sentence))
    if len(asked.message) > MOTIVE_MAX:
        reasons.append(Refusal("message", too_long(asked.message)))
    reasons += [Refusal("file", infected(file)) for file in files if file.is_infected]
    return reasons


def infected(file: RequestFile) -> str:
    return f"La pièce « {file.original_name} » contient un virus : retirez-la avant d'envoyer."
