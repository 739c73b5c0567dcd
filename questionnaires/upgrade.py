"""From a sheet on one edition to a sheet on another: what is kept, what must be confirmed, what is left to do. Pure.

Nothing is decided twice: the page shows a simulation, the acceptance writes the same simulation.

    unchanged, renamed          answer and proofs kept
    reworded, proofs changed    kept, to confirm
    split                       copied to each, to confirm
    merged                      texts joined, proofs gathered, to confirm; no value when the answers disagreed
    new                         to answer
    removed                     set aside with the former sheet, which stays readable
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.db import models

from questionnaires.applicability import certificates_held, complete_facts, judge
from questionnaires.comparison import Aspect, Fate, Row, compare_editions
from questionnaires.completeness import CONFIRM, shortcomings
from questionnaires.conditions import Facts
from questionnaires.lineage import Descent
from questionnaires.models.sheet import AnswerValue
from questionnaires.orientation import unanswered
from questionnaires.plain import Edition, Question, Requirement
from questionnaires.reorienting import AskedAgain, reoriented

LONGEST_COMMENT = 20_000
LONGEST_ORIGIN = 40
CUT = "\n[…] La suite se lit dans les réponses d'avant le changement de version."
# What changes the request itself: an answer given before is worth reading again.
ASKS_AGAIN = frozenset({Aspect.TEXT, Aspect.POINTS, Aspect.PROOFS})


@dataclass(frozen=True)
class Proof:
    """A proof given: the revision, and where to look in it."""

    revision: int
    note: str = ""
    title: str = ""


@dataclass(frozen=True)
class Said:
    """What a sheet says of one criterion."""

    value: str = ""
    comment: str = ""
    proofs: tuple[Proof, ...] = ()
    edition: int = 0
    to_confirm: bool = False
    carried_from: str = ""
    na_reason: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.value or self.comment or self.proofs)

    @property
    def label(self) -> str:
        return str(AnswerValue(self.value).label) if self.value else "Pas de réponse"


NOTHING = Said()


class Outcome(models.TextChoices):
    """What an upgrade does to one criterion."""

    KEPT = "kept", "Gardée"
    TO_CONFIRM = "to_confirm", "Gardée, à confirmer"
    TO_ANSWER = "to_answer", "À remplir"
    NOT_ASKED = "not_asked", "Non demandée"
    SET_ASIDE = "set_aside", "Mise de côté"


@dataclass(frozen=True)
class Carried:
    """One criterion of the new version, or one that it removes (`row.newer` is None).

    `before` is what the former sheet says of each criterion it comes from, `after` what the new sheet would say.
    """

    row: Row
    outcome: Outcome
    before: tuple[tuple[str, Said], ...]
    after: Said
    why: str

    @property
    def code(self) -> str:
        return self.row.code

    @property
    def is_felt(self) -> bool:
        """Whether something the éditeur wrote is at stake, or something is asked of them."""
        return self.outcome in (Outcome.TO_CONFIRM, Outcome.TO_ANSWER) or any(
            not said.is_empty for _, said in self.before
        )


@dataclass(frozen=True)
class Advance:
    """How many answers are complete, among those that the orientation asks for."""

    done: int
    total: int

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 100


@dataclass(frozen=True)
class Simulation:
    """What the new sheet would be. `given` and `facts` are its orientation, `kept` the questions carried over."""

    carried: tuple[Carried, ...]
    given: Mapping[str, object]
    facts: Mapping[str, object]
    kept: tuple[Question, ...]
    asked_again: tuple[AskedAgain, ...]
    orientation_done: bool
    before: Advance
    after: Advance
    related: bool = True
    dropped: tuple[Question, ...] = field(default=())

    @cached_property
    def counts(self) -> dict[Outcome, int]:
        return {outcome: sum(one.outcome == outcome for one in self.carried) for outcome in Outcome}

    @cached_property
    def answers_aside(self) -> int:
        """How many answers given are not carried at all: they stay in the former sheet."""
        return sum(
            one.outcome == Outcome.SET_ASIDE and any(not said.is_empty for _, said in one.before)
            for one in self.carried
        )


def simulate(
    older: Edition, newer: Edition, descent: Descent, given: Facts, said: Mapping[str, Said], *, oriented: bool
) -> Simulation:
    """Work out the whole upgrade of a sheet that answers `older`, `said` by criterion; `oriented` when it was finished."""
    kept, again, now = reoriented(older, newer, descent, given)
    facts = complete_facts(newer.questions, now)
    asked = {requirement.code for requirement in _asked(newer, facts)}
    carried = tuple(
        _carry(row, descent, said, asked)
        for row in compare_editions(older, newer, descent).rows
        if (row.newer or row.older[0]).is_answered
    )
    after = {one.code: one.after for one in carried if one.row.newer}
    return Simulation(
        carried=carried,
        given=now,
        facts=facts,
        kept=kept,
        asked_again=again,
        orientation_done=oriented and not unanswered(newer.questions, now),
        before=_advance(older, complete_facts(older.questions, given), said),
        after=_advance(newer, facts, after),
        related=descent.related,
        dropped=tuple(question for question in older.questions if question.code not in descent.variables),
    )


def lacks(requirement: Requirement, said: Said) -> list[str]:
    """Return what an answer lacks, as the completeness of a sheet says it."""
    found = shortcomings(
        said.value,
        said.comment,
        proofs=len(said.proofs),
        is_written=requirement.is_written,
        reasons=requirement.reasons,
        na_reason=said.na_reason,
    )
    return [*found, *([CONFIRM] if said.to_confirm and said.value else [])]


def _carry(row: Row, descent: Descent, said: Mapping[str, Said], asked: Collection[str]) -> Carried:
    before = tuple((origin.code, said.get(origin.code, NOTHING)) for origin in row.older)
    if row.newer is None:
        return Carried(row, Outcome.SET_ASIDE, before, NOTHING, "Ce critère n'existe plus dans la nouvelle version.")
    blank = Outcome.TO_ANSWER if row.code in asked else Outcome.NOT_ASKED
    if not before:
        return Carried(row, blank, (), NOTHING, "Ce critère est nouveau.")
    saved = [(code, _kept(one, descent, code)) for code, one in before]
    given = [(code, one) for code, one in saved if not one.is_empty]
    edition = max(one.edition for _, one in before) + 1
    if not given:
        lost = any(not one.is_empty for _, one in before)
        why = "La nouvelle version demande une réponse neuve." if lost else "Rien n'y avait encore été répondu."
        return Carried(row, blank, before, replace(NOTHING, edition=edition if lost else 0), why)
    after = _joined(given) if len(row.older) > 1 else given[0][1]
    why = _why(row, descent)
    origin = _origin([code for code, _ in given]) if why else after.carried_from
    after = replace(after, edition=edition, to_confirm=bool(why) or after.to_confirm, carried_from=origin)
    outcome = Outcome.TO_CONFIRM if after.to_confirm else Outcome.KEPT
    return Carried(row, outcome, before, after, why or _still(after))


def _kept(said: Said, descent: Descent, code: str) -> Said:
    """What of an answer the lineage lets through."""
    heir = descent.heirs[code]
    if not heir.keeps_answer:
        said = replace(said, value="", comment="", to_confirm=False)
    return said if heir.keeps_proofs else replace(said, proofs=())


def _why(row: Row, descent: Descent) -> str:
    """Say why a carried answer must be confirmed; "" when it stands as it is."""
    if row.fate == Fate.MERGED:
        return f"Ce critère réunit {_enumerated([origin.code for origin in row.older])}."
    if row.fate == Fate.SPLIT:
        others = [code for code in descent.heirs[row.older[0].code].codes if code != row.code]
        return f"{row.older[0].code} est scindé ; sa réponse est aussi copiée dans {_enumerated(others)}."
    heir = descent.heirs[row.older[0].code]
    if not (heir.keeps_answer and heir.keeps_proofs):
        part = "sa réponse" if heir.keeps_proofs else "ses preuves"
        return f"La nouvelle version ne reprend pas {part}."
    changed = [change.aspect.label.lower() for change in row.differences if change.aspect in ASKS_AGAIN]
    return f"La demande a changé : {_enumerated(changed)}." if changed else ""


def _still(said: Said) -> str:
    return "Elle restait à confirmer." if said.to_confirm else ""


def _joined(given: Sequence[tuple[str, Said]]) -> Said:
    values = {one.value for _, one in given if one.value}
    comments = [(code, one.comment) for code, one in given if one.comment.strip()]
    distinct = {comment for _, comment in comments}
    if len(distinct) > 1 or len(values) > 1:
        text = "\n\n".join(f"{code} : {comment}" for code, comment in comments)
    else:
        text = next(iter(distinct), "")
    proofs = {proof.revision: proof for _, one in reversed(given) for proof in reversed(one.proofs)}
    return Said(
        value=values.pop() if len(values) == 1 else "",
        comment=text if len(text) <= LONGEST_COMMENT else text[: LONGEST_COMMENT - len(CUT)] + CUT,
        proofs=tuple(reversed(proofs.values())),
    )


def _origin(codes: Sequence[str]) -> str:
    whole = _enumerated(codes)
    return whole if len(whole) <= LONGEST_ORIGIN else f"{codes[0]} et {len(codes) - 1} autres"[:LONGEST_ORIGIN]


def _enumerated(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} et {words[-1]}" if len(words) > 1 else "".join(words)


def _asked(edition: Edition, facts: Facts) -> list[Requirement]:
    """Return the criteria to answer, given the facts."""
    held = certificates_held(facts)
    return [
        requirement
        for requirement in edition.requirements
        if requirement.is_answered
        and judge(requirement.condition, requirement.dispensed_by, facts, edition.grounds, held).applies
    ]


def _advance(edition: Edition, facts: Facts, said: Mapping[str, Said]) -> Advance:
    asked = _asked(edition, facts)
    done = sum(not lacks(requirement, said.get(requirement.code, NOTHING)) for requirement in asked)
    return Advance(done, len(asked))
