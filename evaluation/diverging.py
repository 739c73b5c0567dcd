"""What follows two opinions: the lead settles with a motive, those who evaluate talk it over, support waives the second."""

from django.db import transaction

from accounts.models import User
from evaluation import double
from evaluation.grid import Grid, Line, grid
from evaluation.judging import Conflict, Unfinished, belongs_to_the_team, criterion_of, write_verdict
from evaluation.models import Appraisal, DivergenceNote, SecondWaiver, Verdict
from evaluation.values import MOTIVE_MAX, lacks, too_long
from journal.record import record
from referencing import access
from referencing.door import Refused
from referencing.models import Candidature
from referencing.refusals import Refusal
from referencing.stages import Stage

NOT_DOUBLE = "Ce critère n'est pas en double évaluation."


@transaction.atomic
def settle(
    candidature: Candidature,
    code: str,
    *,
    value: str,
    settlement: str,
    edition: int,
    actor: User,
    motive: str = "",
    expected: str = "",
) -> Verdict:
    """Decide between two opinions: `settlement` says why, `motive` is that of the verdict.

    The lead alone settles, also when one of the two opinions is theirs: the verdict then says so. `edition` is that
    of the verdict on the page, 0 for none. Raises `door.Refused`, `judging.Conflict` or `judging.Unfinished`.
    """
    locked = _locked(candidature)
    whole = grid(locked)
    line = whole.line(code)
    reasons = why_not_settle(whole, line, actor)
    if line is None or reasons:
        raise Refused(reasons)
    if line.verdict_edition != edition:
        raise Conflict(line.verdict)
    if problems := lacks(value, motive, expected) | _lacks_motive("settlement", settlement):
        raise Unfinished(problems)
    first, second = double.pair(locked, line)
    verdict = write_verdict(
        locked,
        line,
        {
            "value": value,
            "motive": motive.strip(),
            "expected": expected.strip(),
            "private_note": "",
            "expert": first.expert,
            "second_expert": second.expert,
            "settled_by": actor,
            "settlement": settlement.strip(),
        },
    )
    record("evaluation.settled", locked.reference, actor=actor, data={"criterion": code})
    return verdict


def why_not_settle(whole: Grid, line: Line | None, actor: User) -> list[Refusal]:
    """Return every reason why this person may not settle a criterion now."""
    assignment = whole.assignment_of(actor)
    reasons = _closed(whole.candidature)
    if line is None or not double.needs_second(line):
        reasons.append(Refusal("criterion", NOT_DOUBLE))
    elif not line.is_paired:
        reasons.append(Refusal("pair", "Les deux appréciations ne sont pas encore rendues.", "les experts"))
    if assignment is None or not assignment.is_lead:
        reasons.append(Refusal("lead", "Trancher revient à l'expert coordonnateur.", "l'expert coordonnateur"))
    elif belongs_to_the_team(assignment):
        reasons.append(
            Refusal("conflict", "Vous faites partie de l'équipe de l'éditeur : vous ne pouvez pas l'évaluer.")
        )
    return reasons


@transaction.atomic
def waive(candidature: Candidature, code: str, *, motive: str, actor: User) -> SecondWaiver:
    """Give up the second opinion on one criterion: an opinion already given becomes the verdict.

    Raises `door.Refused` (not support, both opinions given, no second wanted) or `judging.Unfinished` (no motive).
    """
    locked = _locked(candidature)
    line = grid(locked).line(code)
    reasons = _closed(locked)
    if not access.may(actor, "assign", locked):
        reasons.append(Refusal("right", "Lever une double évaluation revient au support.", "le support"))
    if line is None or not double.needs_second(line):
        reasons.append(Refusal("criterion", NOT_DOUBLE))
    elif line.is_paired:
        reasons.append(Refusal("pair", "Les deux appréciations sont rendues : il n'y a plus rien à lever."))
    if line is None or reasons:
        raise Refused(reasons)
    if problems := _lacks_motive("motive", motive):
        raise Unfinished(problems)
    criterion = criterion_of(locked, code)
    waiver = SecondWaiver.objects.create(
        candidature=locked, criterion=criterion, motive=motive.strip(), waived_by=actor
    )
    for opinion in line.fresh_opinions:
        _stands_alone(locked, line, opinion.expert_id)
    data = {"criterion": code, "motive": waiver.motive}
    record("evaluation.second_waived", locked.reference, actor=actor, data=data)
    return waiver


@transaction.atomic
def say(candidature: Candidature, code: str, *, text: str, author: User) -> DivergenceNote:
    """Add a word to the discussion of two opinions. Raises `door.Refused` or `judging.Unfinished`."""
    locked = _locked(candidature)
    line = grid(locked).line(code)
    reasons = _closed(locked)
    if not may_discuss(author, locked):
        reasons.append(Refusal("right", "Cette discussion est celle de ceux qui évaluent."))
    if line is None or not line.is_paired:
        reasons.append(Refusal("pair", "Les deux appréciations ne sont pas encore rendues.", "les experts"))
    if reasons:
        raise Refused(reasons)
    if problems := _lacks_motive("text", text, sentence="Écrivez la note."):
        raise Unfinished(problems)
    return DivergenceNote.objects.create(
        candidature=locked, criterion=criterion_of(locked, code), round=locked.round, author=author, text=text.strip()
    )


def notes_on(candidature: Candidature, code: str) -> list[DivergenceNote]:
    notes = DivergenceNote.objects.filter(candidature=candidature, criterion__code=code)
    return list(notes.select_related("author"))


def may_discuss(user: User, candidature: Candidature) -> bool:
    """Whether a person is one of those who evaluate: the experts assigned and support, never the éditeur nor a member."""
    return access.may(user, "judge", candidature) or access.may(user, "write_report", candidature)


def _locked(candidature: Candidature) -> Candidature:
    return Candidature.objects.locked().select_related("sheet").get(pk=candidature.pk)


def _closed(candidature: Candidature) -> list[Refusal]:
    if candidature.stage == Stage.IN_EVALUATION:
        return []
    sentence = f"La candidature est à l'étape « {candidature.stage_label} » : les verdicts sont figés."
    return [Refusal("stage", sentence)]


def _lacks_motive(field: str, text: str, *, sentence: str = "Écrivez le motif.") -> dict[str, str]:
    if not text.strip():
        return {field: sentence}
    return {field: too_long(text)} if len(text) > MOTIVE_MAX else {}


def _stands_alone(candidature: Candidature, line: Line, expert: int) -> None:
    """Make the verdict of the only opinion that was given."""
    given = Appraisal.objects.filter(candidature=candidature, criterion__code=line.code, expert=expert)
    opinion = given.select_related("expert").latest("round")
    words = {field: getattr(opinion, field) for field in ("value", "motive", "expected", "private_note", "expert")}
    write_verdict(candidature, line, words)
