"""What an expert types is kept before it is recorded: on the server, for them alone, from one page to the next."""

from collections.abc import Mapping

from django.db.models import QuerySet

from accounts.models import User
from evaluation.models import Appraisal, DraftVerdict, Verdict
from evaluation.values import MOTIVE_MAX, Value, too_long
from questionnaires.models import Criterion
from referencing.door import Refused
from referencing.models import Candidature
from referencing.refusals import Refusal
from referencing.stages import Stage

TEXTS = ("motive", "expected", "private_note")


class TooLong(Exception):
    """A text exceeds what a verdict holds. `problems` gives one French sentence a field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


def draft_of(candidature: Candidature, code: str, expert: User) -> DraftVerdict | None:
    """Return what this expert was typing on a criterion, if anything."""
    return _mine(candidature, code, expert).first()


def keep(
    candidature: Candidature, criterion: Criterion, expert: User, *, said: Mapping[str, str], edition: int, seen: str
) -> DraftVerdict | None:
    """Keep what is typed in the place of what was; nothing typed leaves no draft.

    `edition` and `seen` are those of the page. What arrives after its author recorded the verdict is dropped: a
    request of the page that was left behind. Raises `Refused` out of the evaluation, `TooLong`.
    """
    if candidature.stage != Stage.IN_EVALUATION:
        raise Refused([Refusal("stage", f"La candidature est à l'étape « {candidature.stage_label} ».")])
    kept = {name: said.get(name, "") for name in TEXTS}
    if problems := {name: too_long(text) for name, text in kept.items() if len(text) > MOTIVE_MAX}:
        raise TooLong(problems)
    value = said.get("value", "")
    value = value if value in Value.values else ""
    if _recorded_since(candidature, criterion, expert, edition):
        return None
    if not value and not any(text.strip() for text in kept.values()):
        forget(candidature, criterion.code, expert)
        return None
    draft, _ = DraftVerdict.objects.update_or_create(
        candidature=candidature,
        criterion=criterion,
        expert=expert,
        defaults={**kept, "value": value, "edition": edition, "seen": seen[:64]},
    )
    return draft


def forget(candidature: Candidature, code: str, expert: User) -> None:
    _mine(candidature, code, expert).delete()


def _mine(candidature: Candidature, code: str, expert: User) -> QuerySet[DraftVerdict]:
    return DraftVerdict.objects.filter(candidature=candidature, criterion__code=code, expert=expert)


def _recorded_since(candidature: Candidature, criterion: Criterion, expert: User, edition: int) -> bool:
    """Whether the author recorded an opinion of their own after this page, or where one is enough, the verdict."""
    opinions = Appraisal.objects.filter(candidature=candidature, criterion=criterion, expert=expert)
    if editions := list(opinions.values_list("edition", flat=True)):
        return max(editions) > edition
    verdicts = Verdict.objects.filter(candidature=candidature, criterion=criterion, expert=expert)
    return verdicts.filter(edition__gt=edition).exists()
