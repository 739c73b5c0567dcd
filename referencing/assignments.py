"""Reading and changing the répartition of a candidature inside its team."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, User
from questionnaires import sheets
from referencing.models import Candidature, SectionAssignment
from referencing.sharing import Given, Mate, Part, Sharing, share
from referencing.stages import WITH_EDITOR, Stage


class NotShared(Exception):
    """A section that cannot be given; the text is the sentence to show."""


@dataclass(frozen=True)
class Mine:
    """What is left to one person on one candidature: sections with their number of criteria."""

    parts: list[tuple[Part, int]]
    has_profile: bool

    @property
    def total(self) -> int:
        return sum(number for _, number in self.parts)


def may_be_shared(candidature: Candidature) -> bool:
    """Say whether the team is the one that has to work: afterwards, nobody answers anything."""
    return Stage(candidature.stage) in WITH_EDITOR


def sharings(candidatures: Collection[Candidature]) -> dict[int, Sharing]:
    """Return the répartition of each candidature by its number. Eight queries whatever their number, none for none."""
    if not candidatures:
        return {}
    sheets_read = [candidature.sheet for candidature in candidatures]
    read = sheets.overviews(sheets_read)
    reopened = sheets.unanswered(sheets_read, read)
    given, teams = _given(candidatures), _mates(candidatures)
    return {
        row.pk: share(
            read[row.sheet_id],
            given[row.pk],
            teams[row.service.organisation_id],
            unanswered=reopened[row.sheet_id],
        )
        for row in candidatures
    }


def sharing_of(candidature: Candidature) -> Sharing:
    return sharings([candidature])[candidature.pk]


def left_to(user: User, candidatures: Collection[Candidature]) -> dict[int, Mine]:
    """Return what is left to a person on each candidature that waits for their team, by its number."""
    found = sharings([candidature for candidature in candidatures if may_be_shared(candidature)])
    mine = {number: mine_in(sharing, user) for number, sharing in found.items()}
    return {number: left for number, left in mine.items() if left}


def mine_in(sharing: Sharing, user: User) -> Mine | None:
    """Return what is left to a person, None when they are not of the team."""
    mate = next((mate for mate in sharing.mates if mate.person == user.pk), None)
    if mate is None:
        return None
    return Mine(sharing.left_for(mate), bool(mate.profiles) or any(part.named == mate for part in sharing.parts))


@transaction.atomic
def give(
    candidature: Candidature, questionnaire: str, section: str, *, to: str | Membership | None, actor: User
) -> None:
    """Give a section to a profile or to a member; None gives it back to what the référentiel says. Raises `NotShared`."""
    locked = Candidature.objects.locked().get(pk=candidature.pk)
    if not may_be_shared(locked):
        raise NotShared("La candidature n'est plus entre les mains de votre équipe : il n'y a rien à répartir.")
    rows = SectionAssignment.objects.filter(candidature=locked, questionnaire=questionnaire, section=section)
    rows.delete()
    if to is None:
        return
    SectionAssignment.objects.create(
        candidature=locked,
        questionnaire=questionnaire,
        section=section,
        profile=to if isinstance(to, str) else "",
        member=to if isinstance(to, Membership) else None,
        assigned_by=actor,
        assigned_at=timezone.now(),
    )


def _given(candidatures: Collection[Candidature]) -> dict[int, dict[tuple[str, str], Given]]:
    found: dict[int, dict[tuple[str, str], Given]] = defaultdict(dict)
    for row in SectionAssignment.objects.filter(candidature__in=candidatures):
        found[row.candidature_id][row.questionnaire, row.section] = Given(row.profile, row.member_id)
    return found


def _mates(candidatures: Collection[Candidature]) -> dict[int, list[Mate]]:
    found: dict[int, list[Mate]] = defaultdict(list)
    organisations = {candidature.service.organisation_id for candidature in candidatures}
    for membership in Membership.objects.filter(organisation__in=organisations).select_related("user"):
        mate = Mate(membership.pk, membership.user_id, str(membership.user), frozenset(membership.profiles))
        found[membership.organisation_id].append(mate)
    return found
