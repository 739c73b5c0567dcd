"""Gestures of the commission: the seats, one séance held, one to come."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from commission import (
    agenda,
    attendance,
    conclusions,
    members,
    recusals,
    seances,
    sittings,
    voting,
)
from commission.kinds import Choice, Mode, Seat
from commission.models import AgendaItem, Member, Seance
from demonstration import judgements
from demonstration.stories import Story
from demonstration.troupe import Troupe
from referencing.kinds import Opinion

PLACE = "14 avenue Duquesne, Paris — salle Laennec"


def appoint_everyone(troupe: Troupe) -> None:
    """Give each of the nine seats to a member for two years."""
    today = timezone.localdate()
    for seat, user in zip(Seat, troupe.all_playing(Role.MEMBER), strict=True):
        members.appoint(
            user,
            seat,
            title=user.quality,
            mandate_from=today,
            mandate_to=today + timedelta(days=730),
            actor=troupe.playing(Role.SECRETARY),
        )


def plan(troupe: Troupe, name: str, in_days: int) -> None:
    starts_at = timezone.localtime(timezone.now() + timedelta(days=in_days)).replace(hour=14, minute=0, second=0)
    troupe.seances[name] = seances.plan_seance(
        starts_at=starts_at.replace(microsecond=0),
        place=PLACE,
        remote_link="https://visio.example/commission",
        actor=troupe.playing(Role.SECRETARY),
    )


def enrol(troupe: Troupe, name: str, story: Story) -> None:
    agenda.put_on_agenda(
        troupe.seances[name], troupe.of(story), actor=troupe.playing(Role.SUPPORT), rapporteur="Émile Garnier"
    )


def convene(troupe: Troupe, name: str) -> None:
    seances.convene(troupe.seances[name], actor=troupe.playing(Role.SECRETARY))


def open_sitting(troupe: Troupe, name: str) -> None:
    """Call the roll, seven in the room or at a distance, one mandate given, one excused; then open."""
    seance, secretary = _fresh(troupe, name), troupe.playing(Role.SECRETARY)
    sitting = list(Member.objects.filter(presences__seance=seance).order_by("seat", "pk"))
    modes = [Mode.PRESENT] * 5 + [Mode.REMOTE] * 2 + [Mode.REPRESENTED, Mode.EXCUSED]
    presiding = next(member for member in sitting if member.seat == Seat.DNS)
    ordered = [presiding, *(member for member in sitting if member != presiding)]
    roll = {
        member.pk: attendance.Entry(mode, holder=ordered[1].pk if mode == Mode.REPRESENTED else None)
        for member, mode in zip(ordered, modes, strict=True)
    }
    attendance.call_roll(seance, roll, actor=secretary)
    sittings.open_seance(seance, presiding=presiding, actor=secretary)


def deliberate(troupe: Troupe, name: str, story: Story, opinion: Opinion) -> None:
    """Examine one item: a déport where there is a link, a vote, an avis."""
    secretary = troupe.playing(Role.SECRETARY)
    item = AgendaItem.objects.get(seance=troupe.seances[name], candidature=troupe.of(story))
    if story.key == "vaccicarnet":
        linked = Member.objects.get(seat=Seat.COMPANIES)
        motive = "Conseil de la société VacciCarnet jusqu'à l'an dernier."
        recusals.declare_recusal(item, linked, motive=motive, actor=secretary)
    agenda.open_item(item, actor=secretary)
    poll = voting.open_poll(item, proposition=opinion, reserves=judgements.reserves_for(story), actor=secretary)
    for rank, (member, actor) in enumerate(_voices(troupe, item)):
        choice = Choice.AGAINST if rank == 6 else Choice.ABSTAIN if rank == 5 else Choice.FOR
        voting.cast(poll, member, choice, actor=actor)
    voting.close_poll(poll, actor=secretary)
    conclusions.conclude_item(item, actor=secretary)


def close_sitting(troupe: Troupe, name: str) -> None:
    sittings.close_seance(_fresh(troupe, name), actor=troupe.playing(Role.SECRETARY))


def _fresh(troupe: Troupe, name: str) -> Seance:
    return Seance.objects.get(pk=troupe.seances[name].pk)


def _voices(troupe: Troupe, item: AgendaItem) -> list[tuple[Member, User]]:
    """Return who votes and by whose hand: present members by theirs, a represented one by the holder of the mandate."""
    recused = set(item.recusals.values_list("member", flat=True))
    presences = item.seance.presences.select_related("member__user", "holder__user").order_by("member__seat")
    voices = []
    for presence in presences:
        if presence.member_id in recused or presence.mode not in (Mode.PRESENT, Mode.REMOTE, Mode.REPRESENTED):
            continue
        hand = presence.holder.user if presence.mode == Mode.REPRESENTED and presence.holder else presence.member.user
        voices.append((presence.member, hand))
    return voices
