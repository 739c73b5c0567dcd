"""Where one answer stands: what it lacks, what time and the antivirus took from it, and the word that sums it up."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from questionnaires.completeness import CONFIRM, shortcomings
from questionnaires.lapse import NOTHING, Given, Lapse, lapse_of
from questionnaires.models import Answer, Criterion, EvidenceUse, ExpectedProof


class ItemState(models.TextChoices):
    NOT_ASKED = "not_asked", "Non demandé"
    TO_DO = "to_do", "À faire"
    IN_PROGRESS = "in_progress", "En cours"
    DONE = "done", "Complet"


def lacks(
    criterion: Criterion, answer: Answer | None, expected: tuple[ExpectedProof, ...], proofs: int
) -> tuple[str, ...]:
    """Return what an answer lacks, with so many proofs given."""
    said = answer or Answer()
    found = shortcomings(
        said.value,
        said.comment,
        proofs=proofs,
        is_written=all(proof.is_written for proof in expected),
        reasons=criterion.reasons,
        na_reason=said.na_reason,
    )
    return (*found, *([CONFIRM] if said.to_confirm else []))


def lapse_now(answer: Answer | None, uses: tuple[EvidenceUse, ...]) -> Lapse:
    """Return what an answer that may change has lost today, or soon loses, of the proofs it stands on."""
    if answer is None or not uses:
        return NOTHING
    revisions = [use.revision for use in uses]
    given = [Given(one.evidence.title, one.evidence.kind, one.expires_on, one.is_infected) for one in revisions]
    kinds, notice = settings.PROCEDURE["proof_kinds_that_lapse"], settings.PROCEDURE["proof_notice_days"]
    return lapse_of(answer.value, given, timezone.localdate(), kinds=kinds, notice=notice)


def state_of(answer: Answer | None, *, asked: bool, complete: bool) -> ItemState:
    """Return where an answer stands, `complete` when it lacks nothing."""
    if not asked:
        return ItemState.NOT_ASKED
    if complete:
        return ItemState.DONE
    return ItemState.IN_PROGRESS if answer and answer.edition else ItemState.TO_DO
