"""What the check page shows every member: what is missing and who holds it, what waits, what one attests.

What forbids the dépôt is what the door would say: the same guards, the same sentences.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import Profile
from questionnaires import sheets
from questionnaires.models import Answer
from questionnaires.sheets import Item, Overview
from questionnaires.sheets.filters import Filter, kept
from referencing import access, discussions
from referencing.attestation import Attested, sentences
from referencing.door import refusals
from referencing.models import Candidature, Thread
from referencing.refusals import Refusal
from referencing.verbs import Verb

ANYBODY = "Toute l'équipe"


@dataclass(frozen=True)
class Group:
    """What one trade has to mend. `people` are those of the team who have that profile."""

    label: str
    people: tuple[str, ...]
    is_mine: bool
    reasons: tuple[Refusal, ...]


@dataclass(frozen=True)
class Expiring:
    """A proof that expires soon, or already has, and the criteria that rest on it."""

    title: str
    on: date
    codes: tuple[str, ...]
    is_past: bool


@dataclass(frozen=True)
class Check:
    """Everything the page needs. `filers` may file; `may_file` says whether the reader is one of them."""

    overview: Overview
    groups: list[Group]
    filers: list[User]
    may_file: bool
    review: list[Item]
    unproven: list[Item]
    set_aside: list[Item]
    expiring: list[Expiring]
    threads: list[Thread]
    attested: Attested
    attestation: list[str]

    @property
    def number(self) -> int:
        return sum(len(group.reasons) for group in self.groups)

    @property
    def is_ready(self) -> bool:
        return not self.groups

    @property
    def is_clear(self) -> bool:
        """Whether nothing at all is left to look at again."""
        return not (self.review or self.unproven or self.expiring or self.threads)


def check_of(candidature: Candidature, verb: Verb, reader: User) -> Check:
    """Read all there is to check before filing, or before sending complements back."""
    reasons = refusals(candidature, verb.name, reader)
    to_mend = [reason for reason in reasons if reason.code != "right"]
    whole = sheets.overview(candidature.sheet)
    organisation = candidature.organisation
    attested = Attested.of(sheets.snapshot(candidature.sheet, whole))
    team = list(organisation.memberships.filter(user__is_active=True).select_related("user"))
    return Check(
        overview=whole,
        groups=groups(to_mend, team, reader),
        filers=access.holders(verb.name, candidature),
        may_file=len(to_mend) == len(reasons),
        review=kept(whole.items, Filter.REVIEW),
        unproven=kept(whole.items, Filter.NO_PROOF),
        set_aside=[item for item in kept(whole.items, None) if _says(item, Answer.Value.NOT_APPLICABLE)],
        expiring=expiring(whole.items, timezone.localdate(), settings.PROCEDURE["proof_notice_days"]),
        threads=list(discussions.threads_of(candidature, reader).filter(resolved_at=None)),
        attested=attested,
        attestation=sentences(attested, organisation=organisation.name, siren=organisation.siren),
    )


def groups(reasons: Iterable[Refusal], team: Iterable[Membership], reader: User) -> list[Group]:
    """Share what is missing by trade, the reader's first, then in the order of the profiles; what is anybody's, last."""
    by_profile: dict[str, list[Refusal]] = {}
    for reason in reasons:
        by_profile.setdefault(reason.profile, []).append(reason)
    members = list(team)
    own = {profile for member in members if member.user_id == reader.pk for profile in member.profiles}
    found = [
        Group(
            label=str(Profile(profile).label) if profile else ANYBODY,
            people=tuple(str(member.user) for member in members if profile in member.profiles),
            is_mine=profile in own,
            reasons=tuple(by_profile[profile]),
        )
        for profile in (*Profile.values, "")
        if profile in by_profile
    ]
    return sorted(found, key=lambda group: not group.is_mine)


def expiring(items: Iterable[Item], today: date, days: int) -> list[Expiring]:
    """Return the proofs given that expire within so many days, those already expired included, the soonest first."""
    last = today + timedelta(days=days)
    found: dict[int, tuple[str, date, list[str]]] = {}
    for item in kept(items, None):
        for proof in (use.revision for use in item.uses):
            if proof.expires_on and proof.expires_on <= last:
                found.setdefault(proof.pk, (proof.evidence.title, proof.expires_on, []))[2].append(item.code)
    rows = [Expiring(title, on, tuple(dict.fromkeys(codes)), on < today) for title, on, codes in found.values()]
    return sorted(rows, key=lambda row: (row.on, row.title))


def _says(item: Item, value: str) -> bool:
    return bool(item.answer and item.answer.value == value)
