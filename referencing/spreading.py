"""Giving one proof for many criteria at once, and moving what was given to a newer revision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from questionnaires import sheets
from questionnaires.models import Evidence, EvidenceRevision
from referencing import access
from referencing.coffre import Place
from referencing.stages import WITH_EDITOR

if TYPE_CHECKING:
    from accounts.models import User
    from questionnaires.sheets import Item
    from referencing.models import Candidature


@dataclass(frozen=True)
class Choice:
    """A criterion of a candidature for which a proof may be given now. `key` names it in a form."""

    candidature: Candidature
    item: Item

    @property
    def key(self) -> str:
        return f"{self.candidature.reference}/{self.item.code}"

    def expects(self, kind: str) -> bool:
        return any(proof.kind == kind for proof in self.item.expected)


@dataclass(frozen=True)
class Outcome:
    """How many criteria changed, and the sentences of those that could not."""

    done: int
    refusals: tuple[str, ...]


def choices(evidence: Evidence, user: User, *, any_kind: bool = False) -> list[Choice]:
    """Return the criteria for which a proof may be given: those that expect its nature, or all when `any_kind`.

    Only in the candidatures of its organisation that are in the hands of their team, and where it is not given yet.
    """
    found = []
    own = access.visible_to(user).filter(service__organisation=evidence.organisation_id, stage__in=WITH_EDITOR)
    for candidature in own.select_related("service", "sheet").order_by("service__name", "reference"):
        for item in sheets.overview(candidature.sheet).items:
            given = any(use.revision.evidence_id == evidence.pk for use in item.uses)
            choice = Choice(candidature, item)
            if item.may_change and not given and (any_kind or choice.expects(evidence.kind)):
                found.append(choice)
    return found


def spread(revision: EvidenceRevision, chosen: Iterable[Choice], user: User, note: str = "") -> Outcome:
    """Give a proof for every criterion chosen; one that may no longer change does not hold the others back."""
    done, refusals = 0, []
    for choice in chosen:
        try:
            sheets.attach(choice.candidature.sheet, choice.item.criterion, revision, user, note)
        except sheets.AnswerRefused as refused:
            refusals.append(f"{choice.key} : {refused.sentence}")
        else:
            done += 1
    return Outcome(done, tuple(refusals))


def move_uses(revision: EvidenceRevision, places: Iterable[Place], user: User) -> Outcome:
    """Give a newer revision where an older one of the same proof was given, wherever it may change now."""
    done, refusals = 0, []
    for place in places:
        try:
            sheets.move_use(place.use, revision, user)
        except sheets.AnswerRefused as refused:
            refusals.append(f"{place.candidature.reference}, {place.criterion.code} : {refused.sentence}")
        else:
            done += 1
    return Outcome(done, tuple(refusals))
