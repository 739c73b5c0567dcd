"""The versions of a report: each save that matters, read again, compared word by word, taken up again."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from evaluation.models import DraftReport, Origin, ReportVersion
from questionnaires.words import Piece, compare
from referencing.models import Candidature


@dataclass(frozen=True)
class Change:
    """One text of the report, from one version to another."""

    label: str
    pieces: tuple[Piece, ...]
    is_same: bool


def versions_of(candidature: Candidature) -> list[ReportVersion]:
    """Return every version of the report, of every round, the latest first; one query."""
    return list(ReportVersion.objects.filter(candidature=candidature).select_related("author"))


def changes(before: ReportVersion, after: ReportVersion) -> list[Change]:
    """Compare two versions, text by text."""
    texts = (
        ("Synthèse", before.synthesis, after.synthesis),
        ("Recommandation à la commission", before.recommendation, after.recommendation),
    )
    return [Change(label, compare(old, new), old == new) for label, old, new in texts]


def keep(draft: DraftReport, origin: Origin, *, source: int | None = None) -> ReportVersion:
    """Keep what the draft says as a version of whoever wrote it, the candidature being locked.

    A text already kept last is not kept twice, but for the one that is handed in.
    """
    last = ReportVersion.objects.filter(candidature=draft.candidature_id).first()
    if last and origin != Origin.FILED and _says_the_same(last, draft):
        return last
    return ReportVersion.objects.create(
        candidature_id=draft.candidature_id,
        round=draft.round,
        number=last.number + 1 if last else 1,
        synthesis=draft.synthesis,
        recommendation=draft.recommendation,
        origin=origin,
        source=source,
        author_id=draft.updated_by_id,
        written_at=_moment(draft, origin),
    )


def keep_before_another_hand(draft: DraftReport, actor: User) -> None:
    """Keep the text of the person before, who had not asked to, when another one goes on."""
    if draft.pk and draft.updated_by_id != actor.pk:
        keep(draft, Origin.HANDED_OVER)


def _says_the_same(version: ReportVersion, draft: DraftReport) -> bool:
    return (version.round, version.synthesis, version.recommendation) == (
        draft.round,
        draft.synthesis,
        draft.recommendation,
    )


def _moment(draft: DraftReport, origin: Origin) -> datetime:
    """When it was written: for a text kept after the fact, the day of its last save."""
    return draft.updated_at if origin == Origin.HANDED_OVER else timezone.now()
