"""The complement request: every complement the experts ask for in this round, sent at once, with one deadline."""

import hashlib
import json
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from evaluation.grid import Grid, grid
from evaluation.values import MOTIVE_MAX, State, Value, too_long
from referencing.door import Refused, move
from referencing.models import Candidature
from referencing.refusals import Refusal
from referencing.stages import Stage

CHANGED = "Les experts ont modifié les compléments demandés depuis l'affichage de la page : relisez la liste."
Item = dict[str, str]
"""One complement as the éditeur will read it: {"criterion": code, "expected": text}."""


def asked_for(whole: Grid) -> list[Item]:
    """Return the complements that the verdicts of this round ask for, in the order of the référentiel."""
    if whole.candidature.stage != Stage.IN_EVALUATION:
        return []
    return [
        {"criterion": line.code, "expected": line.verdict.expected}
        for line in whole.lines
        if line.verdict and line.state == State.JUDGED and line.verdict.value == Value.COMPLEMENT_NEEDED
    ]


def mark_of(items: list[Item]) -> str:
    """Return what a page carries to prove which list was read before it was sent."""
    return hashlib.sha256(json.dumps(items, sort_keys=True).encode()).hexdigest()


def default_deadline() -> date:
    return timezone.localdate() + timedelta(days=settings.PROCEDURE["complement_reply_days"])


def send_complement_request(
    candidature: Candidature,
    items: list[Item],
    deadline: date,
    message: str,
    *,
    actor: User,
    seen: int | None = None,
) -> Candidature:
    """Send the request: the criteria it names reopen, and no other; the evaluation is suspended.

    `items` are those that `actor` read; raises `door.Refused` when the experts have changed them since, or when the
    deadline is not in the future, and `door.Overtaken`.
    """

    def payload(locked: Candidature) -> dict[str, Any]:
        reasons = []
        if items != asked_for(grid(locked)):
            reasons.append(Refusal("items", CHANGED))
        if deadline <= timezone.localdate():
            reasons.append(Refusal("deadline", "L'échéance donnée à l'éditeur doit être dans le futur."))
        if len(message) > MOTIVE_MAX:
            reasons.append(Refusal("message", too_long(message)))
        if reasons:
            raise Refused(reasons)
        return {"items": items, "deadline": deadline.isoformat(), "message": message.strip()}

    return move(candidature, "request_complements", actor=actor, seen=seen, payload=payload)
