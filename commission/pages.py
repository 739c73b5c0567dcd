"""What the pages of the commission show, person by person. Reads only; the number of queries depends on no list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.roles import Role
from commission import law, seating
from commission.kinds import ItemState, Mode
from commission.law import Quorum, Seated, Standing
from commission.models import AgendaItem, Ballot, Member, Minutes, Poll, Presence, Seance
from commission.seances import day_of
from referencing import access
from referencing.kinds import DocumentKind
from referencing.models import Document

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Viewer:
    """In what capacity a person looks at a séance. `member` is their seat in it, if any."""

    user: User
    roles: tuple[Role, ...]
    presence: Presence | None

    @property
    def member(self) -> Member | None:
        return self.presence.member if self.presence else None

    @property
    def is_secretary(self) -> bool:
        return Role.SECRETARY in self.roles

    @property
    def is_support(self) -> bool:
        return Role.SUPPORT in self.roles


@dataclass(frozen=True)
class Line:
    """An item as one person may see it: `is_open` says they may read the candidature, `papers` what to read."""

    item: AgendaItem
    is_open: bool
    is_recused: bool
    recused: list[str]
    poll: Poll | None
    papers: list[Document] = field(default_factory=list)

    @property
    def adopted(self) -> Poll | None:
        return self.poll if self.poll and self.poll.is_adopted and self.item.state == ItemState.CLOSED else None


@dataclass(frozen=True)
class SeancePage:
    seance: Seance
    viewer: Viewer
    lines: list[Line]
    presences: list[Presence]
    quorum: Quorum

    @property
    def current(self) -> Line | None:
        return next((line for line in self.lines if line.item.state == ItemState.OPEN), None)

    @property
    def following(self) -> Line | None:
        return next((line for line in self.lines if line.item.state == ItemState.PENDING), None)

    @property
    def minutes(self) -> Minutes | None:
        return getattr(self.seance, "minutes", None)

    @property
    def has_second_call(self) -> bool:
        return hasattr(self.seance, "second_call")

    @property
    def is_the_day(self) -> bool:
        return day_of(self.seance) <= timezone.localdate()

    @property
    def waiting(self) -> int:
        """How many members have not answered the convocation."""
        return sum(presence.mode == Mode.UNANSWERED for presence in self.presences)

    @property
    def to_note(self) -> int:
        """How many members the roll call has not noted."""
        return sum(presence.noted_at is None for presence in self.presences)


@dataclass(frozen=True)
class Voice:
    """A voice that the person carries in the open scrutin, with the ballot once it is handed in."""

    member: Member
    ballot: Ballot | None


@dataclass(frozen=True)
class ItemPage:
    line: Line
    viewer: Viewer
    members: list[Seated]
    quorum: Quorum
    standing: Standing
    polls: list[Poll]
    voices: list[Voice]
    voted: list[Member]
    awaited: list[Member]

    @property
    def item(self) -> AgendaItem:
        return self.line.item

    @property
    def seance(self) -> Seance:
        return self.line.item.seance

    @property
    def open_poll(self) -> Poll | None:
        return next((poll for poll in self.polls if poll.is_open), None)

    @property
    def adopted(self) -> Poll | None:
        return next((poll for poll in self.polls if poll.is_adopted), None)

    @property
    def closed_polls(self) -> list[Poll]:
        """The scrutins counted, the latest first."""
        return [poll for poll in reversed(self.polls) if not poll.is_open]


def viewer_of(user: User, seance: Seance) -> Viewer:
    presence = seance.presences.filter(member__user=user).select_related("member__user", "holder__user").first()
    return Viewer(user, tuple(access.global_roles(user)), presence)


def seance_page(user: User, seance: Seance) -> SeancePage:
    viewer = viewer_of(user, seance)
    presences = seating.presences_of(seance)
    items = seance.items.select_related("candidature__service__organisation").prefetch_related(
        "polls", "recusals__member__user"
    )
    quorum = seating.quorum_of(seance, seating.seated_from(presences))
    return SeancePage(seance, viewer, lines_for(viewer, list(items)), presences, quorum)


def lines_for(viewer: Viewer, items: list[AgendaItem]) -> list[Line]:
    """Return the items as this person may see them; whoever withdrew from one reads nothing of it."""
    candidatures = [item.candidature_id for item in items]
    readable = set(access.visible_to(viewer.user).filter(pk__in=candidatures).values_list("pk", flat=True))
    papers = _papers(readable)
    lines = []
    for item in items:
        recusals = list(item.recusals.all())
        is_recused = viewer.member is not None and any(r.member_id == viewer.member.pk for r in recusals)
        is_open = item.candidature_id in readable and not is_recused
        polls = list(item.polls.all())
        lines.append(
            Line(
                item=item,
                is_open=is_open,
                is_recused=is_recused,
                recused=[str(recusal.member) for recusal in recusals],
                poll=polls[-1] if polls and not is_recused else None,
                papers=papers.get(item.candidature_id, []) if is_open else [],
            )
        )
    return lines


def item_page(user: User, item: AgendaItem) -> ItemPage:
    viewer = viewer_of(user, item.seance)
    presences = seating.presences_of(item.seance)
    members = seating.seated_from(presences)
    recused = seating.recused_from(item)
    (line,) = lines_for(viewer, [item])
    polls = [] if line.is_recused else list(item.polls.prefetch_related("ballots"))
    member = viewer.member
    standing = law.standing(member.pk, members, recused) if member else Standing((), "")
    people = {presence.member_id: presence.member for presence in presences}
    ballots = {b.member_id: b for poll in polls if poll.is_open for b in poll.ballots.all()}
    carried = law.collected_by_secretary(members, recused) if viewer.is_secretary else []
    taking_part = [people[seated.id] for seated in law.taking_part(members, recused)]
    return ItemPage(
        line=line,
        viewer=viewer,
        members=members,
        quorum=seating.quorum_of(item.seance, members, recused),
        standing=standing,
        polls=polls,
        voices=[Voice(people[pk], ballots.get(pk)) for pk in (*standing.carries, *(m.id for m in carried))],
        voted=[person for person in taking_part if person.pk in ballots],
        awaited=[person for person in taking_part if person.pk not in ballots],
    )


def _papers(candidatures: set[int]) -> dict[int, list[Document]]:
    """Return the latest dossier and report of each candidature; one query."""
    kinds = (DocumentKind.DOSSIER, DocumentKind.REPORT)
    latest: dict[tuple[int, str], Document] = {}
    for paper in Document.objects.filter(candidature__in=candidatures, kind__in=kinds).order_by("kind", "pk"):
        latest[paper.candidature_id, paper.kind] = paper
    found: dict[int, list[Document]] = {}
    for (candidature, _kind), paper in latest.items():
        found.setdefault(candidature, []).append(paper)
    return found
