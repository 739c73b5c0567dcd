"""A séance before it opens: planned, changed, convened. What happens on the day is in `commission/sittings.py`."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from commission import agenda, law, locks, recusals, rules
from commission.kinds import SeanceState
from commission.members import open_to_members
from commission.models import Member, Presence, Seance
from commission.refusing import because, refuse_if, secretary_reasons
from journal.record import record
from referencing.models import Counter
from referencing.refusals import Refusal


@transaction.atomic
def plan_seance(
    *, starts_at: datetime, place: str, actor: User, remote_link: str = "", second_call_of: Seance | None = None
) -> Seance:
    """Plan a séance; `second_call_of` is the one closed for want of a quorum (CRPA, art. R. 133-10)."""
    refuse_if(secretary_reasons(actor) + (_second_call_reasons(second_call_of) if second_call_of else []))
    seance = Seance.objects.create(
        number=_next_number(starts_at),
        starts_at=starts_at,
        place=place,
        remote_link=remote_link,
        second_call_of=second_call_of,
        secretary=actor,
    )
    record("seance.planned", seance.subject, actor=actor, data={"starts_at": starts_at.isoformat()})
    return seance


@transaction.atomic
def replan(seance: Seance, *, starts_at: datetime, place: str, actor: User, remote_link: str = "") -> Seance:
    """Change a séance that nobody was convened to yet; its date only while its ordre du jour is empty."""
    locked = locks.seance(seance)
    reasons = secretary_reasons(actor) + state_reasons(locked, SeanceState.PLANNED)
    if starts_at != locked.starts_at and locked.items.exists():
        reasons.append(
            because(
                "agenda",
                "La date figure aux actes des candidatures inscrites : retirez-les de l'ordre du jour pour la changer.",
            )
        )
    refuse_if(reasons)
    locked.starts_at, locked.place, locked.remote_link = starts_at, place, remote_link
    locked.save(update_fields=["starts_at", "place", "remote_link"])
    record("seance.replanned", locked.subject, actor=actor, data={"starts_at": starts_at.isoformat()})
    return locked


def convening_reasons(seance: Seance, urgency: str = "") -> list[Refusal]:
    """Return why a séance cannot be convened now; `urgency` is the written motive, if any."""
    reasons = state_reasons(seance, SeanceState.PLANNED)
    candidatures = set(seance.items.values_list("candidature", flat=True))
    problems = law.convocation_problems(
        timezone.localdate(), day_of(seance), items=len(candidatures), urgency=urgency, rules=rules.current()
    )
    reasons += [because("convocation", sentence) for sentence in problems]
    if not Member.objects.sitting(day_of(seance)).exists():
        reasons.append(because("members", "Aucun membre n'est en fonction à la date de la séance."))
    if seance.second_call_of and candidatures != agenda.left_for_want_of_quorum(seance.second_call_of, seance):
        reasons.append(
            because(
                "agenda",
                "Une seconde convocation porte sur le même ordre du jour que la première (CRPA, art. R. 133-10).",
            )
        )
    return reasons


@transaction.atomic
def convene(seance: Seance, *, actor: User, urgency_motive: str = "") -> Seance:
    """Convene the members in office on the day. The convocations leave by the outbox."""
    locked = locks.seance(seance)
    refuse_if(secretary_reasons(actor) + convening_reasons(locked, urgency_motive))
    members = list(Member.objects.sitting(day_of(locked)))
    Presence.objects.bulk_create(Presence(seance=locked, member=member) for member in members)
    items = list(locked.items.select_related("candidature"))
    for item in items:
        recusals.withdraw_beforehand(item, members, actor=actor)
        open_to_members(item, members)
    locked.state, locked.convened_at, locked.urgency_motive = (
        SeanceState.CONVENED,
        timezone.now(),
        urgency_motive.strip(),
    )
    locked.save(update_fields=["state", "convened_at", "urgency_motive"])
    data = {
        "items": [item.candidature.reference for item in items],
        "members": len(members),
        "urgent": bool(locked.urgency_motive),
        "second_call": locked.second_call_of_id is not None,
    }
    record("seance.convened", locked.subject, actor=actor, data=data)
    return locked


def state_reasons(seance: Seance, *expected: SeanceState) -> list[Refusal]:
    if seance.state in expected:
        return []
    wanted = " ou ".join(f"« {state.label.lower()} »" for state in expected)
    return [
        because(
            "state", f"La séance est « {SeanceState(seance.state).label.lower()} » ; il faut qu'elle soit {wanted}."
        )
    ]


def day_of(seance: Seance) -> date:
    """Return the day of a séance in Paris."""
    return timezone.localdate(seance.starts_at)


def _second_call_reasons(first: Seance) -> list[Refusal]:
    if not first.without_quorum:
        return [
            because(
                "second_call",
                "La première séance n'a pas été close faute de quorum : aucune seconde convocation n'est due.",
            )
        ]
    if Seance.objects.filter(second_call_of=first).exists():
        return [because("second_call", "Une seconde séance est déjà prévue.")]
    return []


def _next_number(starts_at: datetime) -> str:
    """Return the next number of the year, e.g. "2026-03"."""
    year = timezone.localtime(starts_at).year
    Counter.objects.get_or_create(name=f"SEANCE-{year}")
    counter = Counter.objects.select_for_update(of=("self",)).get(name=f"SEANCE-{year}")
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{year}-{counter.last:02d}"
