"""More time for complements: asked for by the éditeur before the deadline, granted or refused by support or the lead.

Granting goes through the door (verb `extend_deadline`): only it writes a deadline, and the reminders start again from
the new one. All three lock the candidature first: of an answer and a return sent at once, one is told.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from journal.record import record
from kit.templatetags.french import long_date, plural
from referencing import access
from referencing.door import Refused, move
from referencing.due_dates import why_not_due
from referencing.models import Candidature, Extension
from referencing.models.extension import MOTIVE_MAX, ExtensionState
from referencing.refusals import Refusal
from referencing.stages import Stage

ASKED, REFUSED = "candidature.extension_asked", "candidature.extension_refused"
WHY_ASK = "Dites pourquoi il vous faut plus de temps."
WHY_GRANT = "Dites pourquoi vous prolongez le délai : l'éditeur le lira."
WHY_REFUSE = "Écrivez le motif du refus : l'éditeur le lira."
ANSWERED = "Cette demande de délai a déjà reçu une réponse, ou n'a plus d'objet : rechargez la page."


def pending(candidature: Candidature) -> Extension | None:
    """Return the ask that waits for an answer now; None when the éditeur has answered or asked for nothing."""
    if candidature.stage != Stage.COMPLEMENTS_REQUESTED:
        return None
    waiting = candidature.extensions.filter(round=candidature.round, state=ExtensionState.PENDING)
    return waiting.select_related("asked_by").first()


def why_not_ask(candidature: Candidature, today: date) -> list[Refusal]:
    """Return why no time may be asked for now, whatever the date; empty when it may."""
    if candidature.stage != Stage.COMPLEMENTS_REQUESTED or candidature.deadline is None:
        return [Refusal("stage", "Aucun complément n'est attendu : il n'y a pas d'échéance à repousser.")]
    reasons = []
    if candidature.deadline < today:
        passed = f"L'échéance du {long_date(candidature.deadline)} est passée : répondez au plus vite, ou écrivez-nous."
        reasons.append(Refusal("late", passed))
    if pending(candidature):
        reasons.append(Refusal("pending", "Votre demande de délai précédente attend encore une réponse."))
    return reasons


@transaction.atomic
def ask(candidature: Candidature, *, until: date, motive: str, actor: User) -> Extension:
    """Ask for more time, once at a time and before the deadline. Raises `door.Refused` with every reason."""
    locked = Candidature.objects.locked().get(pk=candidature.pk)
    today = timezone.localdate()
    reasons = why_not_ask(locked, today) or _faults(locked, until, motive, today, lacking=WHY_ASK)
    if not access.may(actor, "answer", locked):
        reasons = [Refusal("right", "Seule l'équipe de l'éditeur peut demander un délai.", "l'éditeur")]
    if reasons or locked.deadline is None:
        raise Refused(reasons)
    asked = Extension.objects.create(
        candidature=locked,
        round=locked.round,
        deadline=locked.deadline,
        until=until,
        motive=motive.strip(),
        asked_by=actor,
        asked_at=timezone.now(),
    )
    data = {"extension": asked.pk, "until": until.isoformat(), "round": locked.round, "version": locked.version}
    record(ASKED, locked.reference, actor=actor, data=data)
    return asked


@transaction.atomic
def grant(
    candidature: Candidature, *, until: date, answer: str, actor: User, asked: Extension | None, seen: int | None = None
) -> Candidature:
    """Give a new deadline: the answer to what was `asked`, or one's own initiative, which then says why.

    The date may be another than the one wished. Raises `door.Refused` and `door.Overtaken`.
    """

    def payload(locked: Candidature) -> Mapping[str, Any]:
        reasons = _faults(
            locked, until, answer or (asked.motive if asked else ""), timezone.localdate(), lacking=WHY_GRANT
        )
        if asked:
            reasons += _settled(locked, asked)
        elif pending(locked):
            reasons.append(Refusal("pending", "L'éditeur vient de demander un délai : répondez à sa demande."))
        if reasons:
            raise Refused(reasons)
        return {
            "deadline": until.isoformat(),
            "previous": locked.deadline.isoformat() if locked.deadline else "",
            "motive": asked.motive if asked else answer.strip(),
            "answer": answer.strip(),
            "asked": asked.pk if asked else None,
        }

    moved = move(candidature, "extend_deadline", actor=actor, seen=seen, payload=payload)
    if asked:
        _answer(asked, ExtensionState.GRANTED, actor, answer=answer.strip(), granted_until=until)
    return moved


@transaction.atomic
def refuse(asked: Extension, *, answer: str, actor: User) -> None:
    """Say no, with a motive; the deadline stays. Raises `door.Refused`."""
    locked = Candidature.objects.locked().get(pk=asked.candidature_id)
    reasons = _settled(locked, asked) + _words(answer, lacking=WHY_REFUSE)
    if not access.may(actor, "extend_deadline", locked):
        reasons = [Refusal("right", "Répondre à cette demande revient au support ou à l'expert coordonnateur.")]
    if reasons:
        raise Refused(reasons)
    _answer(asked, ExtensionState.REFUSED, actor, answer=answer.strip())
    data = {"extension": asked.pk, "round": locked.round, "version": locked.version}
    record(REFUSED, locked.reference, actor=actor, data=data)


def _faults(locked: Candidature, until: date, words: str, today: date, *, lacking: str) -> list[Refusal]:
    reasons = []
    if locked.deadline and until <= locked.deadline:
        later = f"La nouvelle date doit venir après l'échéance actuelle, le {long_date(locked.deadline)}."
        reasons.append(Refusal("until", later))
    elif sentence := why_not_due(until, today):
        reasons.append(Refusal("until", sentence))
    return reasons + _words(words, lacking=lacking)


def _words(words: str, *, lacking: str) -> list[Refusal]:
    if not words.strip():
        return [Refusal("motive", lacking)]
    if len(words) > MOTIVE_MAX:
        most = plural(MOTIVE_MAX, "caractère,caractères")
        return [Refusal("motive", f"Ce motif compte {plural(len(words), 'caractère,caractères')} : {most} au plus.")]
    return []


def _settled(locked: Candidature, asked: Extension) -> list[Refusal]:
    """Read the ask again, now that the candidature is locked: somebody may have answered, or the éditeur returned."""
    current = pending(locked)
    return [] if current and current.pk == asked.pk else [Refusal("answered", ANSWERED)]


def _answer(asked: Extension, state: ExtensionState, actor: User, **words: Any) -> None:
    rows = Extension.objects.filter(pk=asked.pk, state=ExtensionState.PENDING)
    rows.update(state=state, answered_by=actor, answered_at=timezone.now(), **words)
