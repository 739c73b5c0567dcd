"""What an expert has said on every file: their past verdicts, the latest first."""

from django.db.models import Q, QuerySet

from accounts.models import User
from evaluation.models import Verdict
from evaluation.values import Value
from referencing import access

LATEST = 5


def verdicts_of(expert: User, *, value: str = "", words: str = "") -> QuerySet[Verdict]:
    """Return the verdicts of an expert on the files they may still read, of one value, holding these words.

    The words are looked for in the code of the criterion, the reference of the file and the texts.
    """
    theirs = Q(expert=expert) | Q(second_expert=expert) | Q(settled_by=expert)
    said = Verdict.objects.filter(theirs, candidature__in=access.visible_to(expert))
    if value in Value.values:
        said = said.filter(value=value)
    if words:
        said = said.filter(
            Q(criterion__code__icontains=words)
            | Q(candidature__reference__icontains=words)
            | Q(motive__icontains=words)
            | Q(expected__icontains=words)
        )
    return said.select_related("criterion", "candidature__service").order_by("-judged_at", "-pk")


def latest_of(expert: User) -> list[Verdict]:
    return list(verdicts_of(expert)[:LATEST])
