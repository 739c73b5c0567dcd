"""Gestures of the commission, played through its services: appoint nine people, convene, call the roll, vote."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from commission import agenda, attendance, conclusions, members, seances, sittings, voting
from commission.attendance import Entry
from commission.kinds import Choice, Mode, Seat
from commission.models import AgendaItem, Member, Poll, Seance
from questionnaires.models import Version
from referencing import door
from referencing.kinds import ActKind
from referencing.models import Candidature
from tests import play

REPORT = {
    "synthesis": "Conforme.",
    "recommendation": "Favorable.",
    "verdicts": {},
    "unjudged": [],
    "experts": ["Émile Roux"],
}
DOSSIER = {"sha256": "0" * 64, "pages": 1, "attachments": [], "journal_head": "0" * 64}
MODES = {"P": Mode.PRESENT, "D": Mode.REMOTE, "E": Mode.EXCUSED, "A": Mode.ABSENT}
CHOICES = {"P": Choice.FOR, "C": Choice.AGAINST, "A": Choice.ABSTAIN}


def nine(users: list[User]) -> list[Member]:
    """Put nine people on the nine seats, for two years around today."""
    today = timezone.localdate()
    return [
        members.appoint(
            user,
            seat,
            title=str(seat.label),
            mandate_from=today - timedelta(days=30),
            mandate_to=today + timedelta(days=700),
        )
        for user, seat in zip(users, Seat, strict=True)
    ]


def ready(editor: User, version: Version, support: User, **options: object) -> Candidature:
    """A candidature evaluated, its dossier sealed: what the commission expects. The papers themselves are not printed."""
    candidature = play.in_evaluation(editor, version, support, **options)
    evaluated = door.move(candidature, "conclude_evaluation", actor=support, payload=REPORT)
    door.file_act(evaluated, ActKind.DOSSIER, actor=None, payload=DOSSIER)
    return evaluated


def planned(secretary: User, *, at: datetime | None = None, second_call_of: Seance | None = None) -> Seance:
    """A séance of this very moment unless said otherwise."""
    return seances.plan_seance(
        starts_at=at or timezone.now(), place="Salle Laennec, Paris", actor=secretary, second_call_of=second_call_of
    )


def convened(candidatures: list[Candidature], *, support: User, secretary: User) -> Seance:
    """A séance of today, convened in urgency, with these candidatures on its ordre du jour."""
    seance = planned(secretary)
    for candidature in candidatures:
        agenda.put_on_agenda(seance, candidature, actor=support, rapporteur="Émile Roux")
    return seances.convene(seance, actor=secretary, urgency_motive="Déploiement national imminent.")


def roll(seance: Seance, sitting: list[Member], row: str, *, secretary: User) -> None:
    """Call the roll from a row such as "P P D M1 E": P in the room, D at a distance, M1 mandate to the first."""
    entries = {
        member.pk: Entry(Mode.REPRESENTED, holder=sitting[int(code[1:]) - 1].pk)
        if code[0] == "M"
        else Entry(MODES[code])
        for member, code in zip(sitting, row.split(), strict=True)
    }
    attendance.call_roll(seance, entries, actor=secretary)


def opened(seance: Seance, presiding: Member, *, secretary: User) -> Seance:
    return sittings.open_seance(seance, presiding=presiding, actor=secretary)


def examined(seance: Seance, order: int = 1, *, secretary: User) -> AgendaItem:
    """Pass to an item of a running séance."""
    return agenda.open_item(seance.items.get(order=order), actor=secretary)


def voted(
    item: AgendaItem, row: str, *, secretary: User, proposition: str = "favourable", reserves: tuple = ()
) -> Poll:
    """Open a scrutin, hand in a ballot for each voice in the order of the members who take part, close it."""
    poll = voting.open_poll(item, proposition=proposition, reserves=reserves, actor=secretary)
    for presence, code in zip(item.seance.presences.select_related("member__user", "holder__user"), row, strict=False):
        if code in CHOICES:
            voice = presence.holder or presence.member
            voting.cast(poll, presence.member, CHOICES[code], actor=voice.user)
    return voting.close_poll(poll, actor=secretary)


def concluded(item: AgendaItem, *, secretary: User) -> Candidature:
    return conclusions.conclude_item(item, actor=secretary)
