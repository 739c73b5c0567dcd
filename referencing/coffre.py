"""Where the proofs of an organisation serve, and what falls when one expires. Read only, constant queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from kit.templatetags.french import plural, short_date
from questionnaires.applicability import certificates_held, judge
from questionnaires.completeness import MET
from questionnaires.models import Answer, Criterion, EvidenceRevision, EvidenceUse, Sheet
from referencing import access
from referencing.models import Candidature
from referencing.stages import Stage

if TYPE_CHECKING:
    from accounts.models import Organisation, User

# Where a proof no longer serves anything.
OVER = (Stage.WITHDRAWN, Stage.INADMISSIBLE, Stage.REJECTED)


@dataclass(frozen=True)
class Place:
    """A criterion of a candidature for which a proof is given.

    `counts` says that the criterion applies and its answer stands on its proofs; `may_change`, that the éditeur may
    change it now.
    """

    use: EvidenceUse
    candidature: Candidature
    counts: bool
    may_change: bool

    @property
    def revision(self) -> EvidenceRevision:
        return self.use.revision

    @property
    def criterion(self) -> Criterion:
        return self.use.answer.criterion


@dataclass(frozen=True)
class Fall:
    """What a revision takes with it on the day it expires. `lapses` says that the criteria become incomplete."""

    revision: EvidenceRevision
    places: tuple[Place, ...]
    lapses: bool
    is_past: bool

    @property
    def sentence(self) -> str:
        """« 3 critères tomberont le 12/03/2026 »."""
        criteria = plural(len(self.places), "critère,critères")
        day = short_date(self.revision.expires_on)
        many = len(self.places) > 1
        if not self.places:
            return f"aucun critère ne s'appuie sur elle le {day}"
        if not self.lapses:
            verb = ("seront" if many else "sera") if not self.is_past else ("sont" if many else "est")
            return f"{criteria} {verb} à confirmer : elle {'a expiré' if self.is_past else 'expire'} le {day}"
        if self.is_past:
            return f"{criteria} {'sont tombés' if many else 'est tombé'} le {day}"
        return f"{criteria} {'tomberont' if many else 'tombera'} le {day}"


def places_of(organisation: Organisation, user: User | None = None) -> list[Place]:
    """Return every use of the proofs of an organisation in its living candidatures. Two queries.

    For a person, only those they may read; without one (the clock), all.
    """
    readable = Candidature.objects.all() if user is None else access.visible_to(user)
    uses = (
        EvidenceUse.objects.filter(
            revision__evidence__organisation=organisation, answer__sheet__candidature__in=readable
        )
        .exclude(answer__sheet__candidature__stage__in=OVER)
        .select_related(
            "revision__evidence",
            "answer__criterion__section__questionnaire",
            "answer__sheet__candidature__service",
        )
        .prefetch_related("answer__sheet__reopenings")
        .order_by("answer__sheet__candidature__reference", "answer__criterion__order", "pk")
    )
    return [_place(use) for use in uses]


def _place(use: EvidenceUse) -> Place:
    answer: Answer = use.answer
    sheet, criterion = answer.sheet, answer.criterion
    held = certificates_held(sheet.facts)
    verdict = judge(criterion.condition, criterion.dispensed_by, sheet.facts, criterion.grounds, held)
    asked = verdict.applies and criterion.section.questionnaire.is_answered
    targeted = sheet.writing == Sheet.Writing.TARGETED and any(
        one.criterion_id == criterion.pk for one in sheet.reopenings.all()
    )
    may_change = asked and (sheet.writing == Sheet.Writing.OPEN or targeted)
    return Place(use, sheet.candidature, asked and answer.value == MET, may_change)


def falls(places: Iterable[Place], today: date, *, notice: int, kinds: Sequence[str]) -> list[Fall]:
    """Return what has fallen, and what falls within `notice` days, the soonest first. Pure.

    A criterion does not fall when another proof of the same nature, given for it, outlives the one that expires.
    """
    by_answer: dict[int, list[Place]] = defaultdict(list)
    by_revision: dict[int, list[Place]] = defaultdict(list)
    for place in places:
        by_answer[place.use.answer_id].append(place)
        by_revision[place.revision.pk].append(place)
    found = []
    for group in by_revision.values():
        revision = group[0].revision
        if revision.expires_on is None or revision.expires_on > today + timedelta(days=notice):
            continue
        touched = tuple(p for p in group if p.counts and not _is_relieved(p, by_answer[p.use.answer_id]))
        lapses = revision.evidence.kind in kinds
        found.append(Fall(revision, touched, lapses, revision.has_expired(today)))
    return sorted(found, key=lambda fall: (fall.revision.expires_on, fall.revision.pk))


def _is_relieved(place: Place, beside: Iterable[Place]) -> bool:
    """Say whether another proof of the same nature, given for the same answer, outlives this one."""
    mine = place.revision
    return any(
        other.evidence.kind == mine.evidence.kind
        and other.pk != mine.pk
        and not other.is_infected
        and (other.expires_on is None or (mine.expires_on is not None and other.expires_on > mine.expires_on))
        for other in (one.revision for one in beside)
    )


def watched(places: Iterable[Place], today: date) -> list[Fall]:
    """Return what the éditeur is shown: what has expired or expires soon and on which something stands."""
    notice, kinds = settings.PROCEDURE["proof_notice_days"], settings.PROCEDURE["proof_kinds_that_lapse"]
    return [fall for fall in falls(places, today, notice=notice, kinds=kinds) if fall.places]


def watched_vaults(user: User, today: date) -> list[tuple[Organisation, list[Fall]]]:
    """Return what is watched in the vault of each organisation of a person: nothing when all is well."""
    memberships = user.memberships.select_related("organisation").order_by("organisation__name")
    return [
        (one.organisation, found) for one in memberships if (found := watched(places_of(one.organisation, user), today))
    ]


def watched_in(candidature: Candidature, user: User, today: date) -> list[Fall]:
    """Return what is watched in one candidature, for those who answer it."""
    if candidature.stage in OVER or not access.may(user, "answer", candidature):
        return []
    places = [place for place in places_of(candidature.organisation, user) if place.candidature.pk == candidature.pk]
    return watched(places, today)
