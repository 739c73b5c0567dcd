"""Recording what an expert finds: by whoever is entrusted with the criterion, on what is on file, never over another's
work. It is the verdict, or where two experts judge, the opinion of one (evaluation.double).
"""

from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, User
from evaluation import double, keeping
from evaluation.grid import Grid, Line, grid
from evaluation.models import Appraisal, Assignment, Judgement, Verdict
from evaluation.values import lacks
from journal.record import record
from questionnaires.models import Criterion
from referencing.door import Refused
from referencing.models import Candidature
from referencing.refusals import Refusal
from referencing.stages import Stage


class Unfinished(Exception):
    """The verdict lacks something; `problems` gives one French sentence a field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class Conflict(Exception):
    """Somebody recorded a verdict on this criterion meanwhile, or oneself an opinion elsewhere; `current` is that one."""

    def __init__(self, current: Judgement | None) -> None:
        super().__init__("Ce critère a reçu un autre verdict depuis l'affichage de la page.")
        self.current = current


class Moved(Exception):
    """The answer or the proofs are no longer those that the page showed: nobody judges what they did not see."""

    sentence = "La réponse ou les preuves ont changé depuis l'affichage de la page : relisez-les, puis enregistrez."

    def __init__(self) -> None:
        super().__init__(self.sentence)


class Texts(TypedDict, total=False):
    """What goes with the value of a verdict."""

    motive: str
    expected: str
    private_note: str


@transaction.atomic
def judge(
    candidature: Candidature,
    code: str,
    *,
    value: str,
    edition: int,
    expert: User,
    seen: str = "",
    **texts: Unpack[Texts],
) -> Judgement:
    """Record what an expert finds on the criterion `code`, pinned to what is on file.

    Where two experts judge, that is an Appraisal, and the second one makes the verdict when both agree. `edition` is
    that of the verdict, or of the opinion of their own, that the expert had before their eyes, 0 for none; `seen` is
    the mark of what they read (`OnFile.mark`), empty when no page stood between. Raises `door.Refused` (stage,
    criterion, not theirs), `Conflict` (stale edition), `Moved` (other proofs) or `Unfinished` (no
    motive, text too long).
    """
    locked = Candidature.objects.locked().select_related("sheet").get(pk=candidature.pk)
    whole = grid(locked)
    assignment = whole.assignment_of(expert)
    line = whole.line_for(code, assignment)
    reasons = why_not(whole, line, code, assignment)
    if line is None or reasons:
        raise Refused(reasons)
    if line.edition != edition:
        raise Conflict(double.own(locked, code, expert) if double.needs_second(line) else line.verdict)
    if seen and seen != line.on_file.mark:
        raise Moved
    said = {name: str(texts.get(name, "")) for name in keeping.TEXTS}
    if problems := lacks(value, **said):
        raise Unfinished(problems)
    keeping.forget(locked, code, expert)
    found = {"value": value, **{name: text.strip() for name, text in said.items()}, "expert": expert}
    return _appraise(locked, line, found) if double.needs_second(line) else write_verdict(locked, line, found)


def write_verdict(candidature: Candidature, line: Line, found: dict[str, Any]) -> Verdict:
    """Write the verdict of this round on what is on file, in the place of the former. The candidature is locked."""
    alone: dict[str, Any] = {"second_expert": None, "settled_by": None, "settlement": ""}
    verdict, _ = Verdict.objects.update_or_create(
        candidature=candidature,
        criterion=criterion_of(candidature, line.code),
        round=candidature.round,
        defaults={**alone, **found, **_pinned(line), "edition": line.verdict_edition + 1},
    )
    return verdict


def criterion_of(candidature: Candidature, code: str) -> Criterion:
    return Criterion.objects.get(version=candidature.sheet.version_id, code=code)


def _pinned(line: Line) -> dict[str, Any]:
    pins = list(line.on_file.pins)
    return {"pins": pins, "answer_edition": line.on_file.edition, "judged_at": timezone.now()}


def _appraise(candidature: Candidature, line: Line, found: dict[str, Any]) -> Appraisal:
    """Write one opinion; with the other one already there, they make the verdict, or the divergence is told."""
    appraisal, _ = Appraisal.objects.update_or_create(
        candidature=candidature,
        criterion=criterion_of(candidature, line.code),
        round=candidature.round,
        expert=found["expert"],
        defaults={**found, **_pinned(line), "edition": line.edition + 1},
    )
    both = double.pair(candidature, _read_again(candidature, line.code))
    if both and double.agree(*both):
        write_verdict(candidature, line, double.verdict_of(*both))
    elif both:
        record("evaluation.diverged", candidature.reference, actor=None, data={"criterion": line.code})
    return appraisal


def _read_again(candidature: Candidature, code: str) -> Line:
    line = grid(candidature).line(code)
    if line is None:  # it was there a moment ago, and the candidature is locked
        raise LookupError(code)
    return line


def why_not(whole: Grid, line: Line | None, code: str, assignment: Assignment | None) -> list[Refusal]:
    """Return every reason why a person with this assignment may not judge a criterion now."""
    reasons = []
    if whole.candidature.stage != Stage.IN_EVALUATION:
        reasons.append(
            Refusal(
                "stage", f"La candidature est à l'étape « {whole.candidature.stage_label} » : les verdicts sont figés."
            )
        )
    if line is None:
        reasons.append(
            Refusal("criterion", f"{code} : ce critère ne s'applique pas à ce service, il n'est pas à juger.")
        )
    if assignment is None:
        reasons.append(Refusal("assignment", "Vous n'êtes pas affecté à cette candidature.", "le support"))
    elif line is not None and not assignment.judges(line):
        reasons.append(Refusal("criterion", f"{code} : ce critère ne vous est pas confié.", "le support"))
    if line is not None and double.needs_second(line) and line.is_paired:
        page, reference = "evaluation:divergence", whole.candidature.reference
        reasons.append(Refusal("double", double.BOTH_GIVEN, "l'expert coordonnateur", page, code, reference))
    if assignment is not None and belongs_to_the_team(assignment):
        reasons.append(
            Refusal("conflict", "Vous faites partie de l'équipe de l'éditeur : vous ne pouvez pas l'évaluer.")
        )
    return reasons


def belongs_to_the_team(assignment: Assignment) -> bool:
    """An expert may have joined the team since they were assigned."""
    team = Membership.objects.filter(organisation__services__candidatures=assignment.candidature_id)
    return team.filter(user=assignment.expert_id).exists()


def next_left(whole: Grid, assignment: Assignment | None, code: str) -> Line | None:
    """Return the next criterion this expert has left to judge after `code`, going round to the first; None when done."""
    lines = whole.entrusted_to(assignment)
    here = next((i for i, line in enumerate(lines) if line.code == code), -1)
    return next((line for line in lines[here + 1 :] + lines[: here + 1] if line.is_left and line.code != code), None)
