"""Who takes part: what members announce before the séance, what the secretary notes at the roll call."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from commission import law, locks, seating
from commission.kinds import ATTENDING, Mode, SeanceState
from commission.models import Member, Presence, Seance
from commission.refusing import because, refuse_if, secretary_reasons
from commission.seances import state_reasons
from journal.record import record
from referencing.door import Refused
from referencing.refusals import Refusal

# What a member may announce; absence is only ever noted.
ANNOUNCED = (Mode.PRESENT, Mode.REMOTE, Mode.REPRESENTED, Mode.EXCUSED)


@dataclass(frozen=True)
class Entry:
    """One line of the roll: `holder` is the member who holds the mandate, `substitute` a name and a quality."""

    mode: Mode
    holder: int | None = None
    substitute: str = ""


@transaction.atomic
def announce(seance: Seance, *, actor: User, mode: Mode, holder: Member | None = None) -> Presence:
    """Let a member say beforehand how they will take part; giving a mandate names another member."""
    locked = locks.seance(seance)
    presence = locked.presences.select_related("member__user").filter(member__user=actor).first()
    if presence is None:
        raise Refused([because("member", "Vous n'êtes pas convoqué à cette séance.")])
    refuse_if(_announcing_reasons(locked, presence, mode, holder))
    presence.mode, presence.noted_at, presence.substitute = mode, None, ""
    presence.holder = holder if mode == Mode.REPRESENTED else None
    presence.save(update_fields=["mode", "holder", "substitute", "noted_at"])
    return presence


def roll_reasons(seance: Seance, roll: Mapping[int, Entry]) -> list[Refusal]:
    """Return what is wrong with a roll call: a member forgotten, a mandate or a substitute that the code forbids."""
    reasons = state_reasons(seance, SeanceState.CONVENED, SeanceState.OPEN)
    presences = seating.presences_of(seance)
    forgotten = [
        str(p.member) for p in presences if roll.get(p.member_id, Entry(Mode.UNANSWERED)).mode == Mode.UNANSWERED
    ]
    if forgotten:
        reasons.append(because("roll", f"Notez la participation de {', '.join(forgotten)}."))
    as_noted = [
        law.Seated(p.member_id, str(p.member), entry.mode, entry.holder, entry.substitute, p.member.ex_officio)
        for p in presences
        if (entry := roll.get(p.member_id))
    ]
    return reasons + [because("mandate", sentence) for sentence in law.mandate_problems(as_noted)]


@transaction.atomic
def call_roll(seance: Seance, roll: Mapping[int, Entry], *, actor: User) -> law.Quorum:
    """Note how every member takes part, at the opening or when somebody comes or leaves; return the quorum.

    `roll` maps each member to their line. Ballots already handed in stay.
    """
    locked = locks.seance(seance)
    locks.open_polls(locked)
    refuse_if(secretary_reasons(actor) + roll_reasons(locked, roll))
    presences = list(locked.presences.all())
    # Free every mandate first: two members may exchange the one they hold.
    locked.presences.update(mode=Mode.UNANSWERED, holder=None, substitute="")
    for presence in presences:
        _note(presence, roll[presence.member_id], timezone.now(), running=locked.is_running)
    members = seating.seated(locked)
    quorum = seating.quorum_of(locked, members)
    data = {
        "attending": sum(member.attends for member in members),
        "represented": quorum.counted - sum(member.attends for member in members),
        "quorum": quorum.reached,
    }
    record("seance.presence", locked.subject, actor=actor, data=data)
    return quorum


def _note(presence: Presence, entry: Entry, now: datetime, *, running: bool) -> None:
    """Write one line of the roll; comings and goings are timed while the séance runs."""
    if running and entry.mode in ATTENDING:
        presence.arrived_at, presence.left_at = presence.arrived_at or now, None
    elif running and presence.mode in ATTENDING:
        presence.left_at = now
    presence.mode, presence.holder_id, presence.substitute = entry.mode, entry.holder, entry.substitute
    presence.noted_at = now
    presence.save(update_fields=["mode", "holder", "substitute", "noted_at", "arrived_at", "left_at"])


def _announcing_reasons(seance: Seance, presence: Presence, mode: Mode, holder: Member | None) -> list[Refusal]:
    reasons = state_reasons(seance, SeanceState.CONVENED)
    if mode not in ANNOUNCED:
        reasons.append(because("mode", "Choisissez comment vous participez."))
    if mode != Mode.REPRESENTED:
        return reasons
    theirs = seance.presences.exclude(member=presence.member).filter(member=holder).first() if holder else None
    if theirs is None:
        reasons.append(because("holder", "Choisissez le membre à qui vous donnez mandat."))
    elif theirs.mode not in (*ATTENDING, Mode.UNANSWERED):
        reasons.append(because("holder", f"{holder} ne sera pas en séance et ne peut pas recevoir votre mandat."))
    if seance.presences.exclude(pk=presence.pk).filter(holder=holder, holder__isnull=False).exists():
        reasons.append(
            because(
                "holder", f"{holder} détient déjà un mandat : nul ne peut en détenir plus d'un (CRPA, art. R. 133-9)."
            )
        )
    return reasons
