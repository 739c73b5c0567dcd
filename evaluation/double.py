"""Double evaluation: two experts judge a criterion, blind to each other until both have.

What an opinion says is read here and nowhere else: by its author, then by those who evaluate once two of them are about
what is on file. Everything else (grid, counts, report, journal) knows only that an opinion was given (`Opinion`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from accounts.models import User
from evaluation.freshness import state_of
from evaluation.models import Appraisal, Judgement, SecondWaiver
from evaluation.values import MOTIVE_MAX, State

if TYPE_CHECKING:
    from evaluation.grid import Grid, Line
    from referencing.models import Candidature

ENOUGH = 2
BOTH_GIVEN = (
    "Les deux appréciations de ce critère sont rendues : elles ne changent plus, l'expert coordonnateur tranche."
)


class Doubled(Protocol):
    """A criterion of the référentiel, or a line of a grid, where a waiver by support makes it False."""

    @property
    def double_evaluation(self) -> bool: ...


def is_double(filed: dict[str, Any]) -> bool:
    """Whether the référentiel wants two experts on a criterion filed; acts filed before it could say so do not."""
    return bool(filed.get("double_evaluation"))


def needs_second(asked: Doubled) -> bool:
    """Say whether two experts must judge it."""
    return asked.double_evaluation


@dataclass(frozen=True)
class Opinion:
    """That an expert gave an opinion on a criterion, and on which bytes: nothing of what it says.

    `is_fresh` says that it is about what is on file; the other fields are those of the `Appraisal`.
    """

    expert_id: int
    name: str
    round: int
    pins: list[str]
    answer_edition: int
    edition: int
    is_fresh: bool = False


@dataclass(frozen=True)
class Seconds:
    """By candidature and criterion: the latest opinion of each expert, and where support waived the second."""

    opinions: dict[tuple[int, str], list[Opinion]]
    waived: frozenset[tuple[int, str]]

    def told_on(self, line: "Line", candidature: "Candidature", asked_in: int) -> "Line":
        """Return the line of a criterion with its opinions. A replaced proof reopens both, as it does a verdict."""
        if not is_double(line.filed):
            return line
        key, now = (candidature.pk, line.code), candidature.round
        opinions = tuple(
            replace(one, is_fresh=state_of(one, line.on_file, now=now, asked_in=asked_in) == State.JUDGED)
            for one in self.opinions.get(key, ())
        )
        if key in self.waived:
            return replace(line, is_waived=True, opinions=opinions)
        state = _state_with(line.state, sum(one.is_fresh for one in opinions))
        return replace(line, double_evaluation=True, opinions=opinions, state=state)


def seconds_of(files: Iterable[int]) -> Seconds:
    """Read what double evaluation adds to the grids of some candidatures: two queries, none without any."""
    concerned = list(files)
    if not concerned:
        return Seconds({}, frozenset())
    waived = SecondWaiver.objects.filter(candidature__in=concerned).values_list("candidature", "criterion__code")
    return Seconds(_opinions(concerned), frozenset(waived))


def _opinions(files: list[int]) -> dict[tuple[int, str], list[Opinion]]:
    names = ("candidature", "criterion__code", "expert", "expert__full_name")
    marks = ("round", "pins", "answer_edition", "edition")
    latest: dict[tuple[int, str], dict[int, Opinion]] = {}
    given = Appraisal.objects.filter(candidature__in=files).order_by("round", "pk")
    for candidature, code, expert, name, *rest in given.values_list(*names, *marks):
        latest.setdefault((candidature, code), {})[expert] = Opinion(expert, name, *rest)
    return {key: list(by_expert.values()) for key, by_expert in latest.items()}


def _state_with(state: State, given: int) -> State:
    """Say where a criterion of double evaluation stands, from where its verdict does and how many opinions hold."""
    if state not in (State.TO_JUDGE, State.TO_REVIEW):
        return state
    return State.DIVERGENT if given >= ENOUGH else State.SECOND_AWAITED if given else state


def agree(one: Judgement, other: Judgement) -> bool:
    """Whether two opinions make one verdict: the same value, and words that hold together in its texts."""
    fits = all(len(joined(one, other, field)) <= MOTIVE_MAX for field in ("motive", "expected"))
    return one.value == other.value and fits


def joined(one: Judgement, other: Judgement, field: str) -> str:
    """Return the texts of two opinions one after the other, once when they are the same."""
    texts = (getattr(one, field).strip(), getattr(other, field).strip())
    return "\n\n".join(dict.fromkeys(text for text in texts if text))


def verdict_of(one: Judgement, other: Judgement) -> dict[str, Any]:
    """Return the verdict that two opinions make together: both authors, both motives. Notes stay with the opinions."""
    return {
        "value": one.value,
        "motive": joined(one, other, "motive"),
        "expected": joined(one, other, "expected"),
        "private_note": "",
        "expert": one.expert,
        "second_expert": other.expert,
    }


def own(candidature: "Candidature", code: str, expert: User) -> Appraisal | None:
    """Return the latest opinion that an expert gave on a criterion: theirs to read, whatever the other did."""
    mine = Appraisal.objects.filter(candidature=candidature, criterion__code=code, expert=expert)
    return mine.order_by("-round", "-pk").first()


def pair(candidature: "Candidature", line: "Line") -> list[Appraisal]:
    """Return both opinions once both are given, the earlier first; none before."""
    if not line.is_paired:
        return []
    experts = [opinion.expert_id for opinion in line.fresh_opinions]
    rows = Appraisal.objects.filter(candidature=candidature, criterion__code=line.code, expert__in=experts)
    latest = {row.expert_id: row for row in rows.select_related("expert").order_by("round", "pk")}
    return sorted(latest.values(), key=lambda one: (one.judged_at, one.pk))


def lacking_experts(whole: "Grid") -> list["Line"]:
    """Return the criteria that wait for a second opinion that nobody is there to give."""
    judged = {one.expert_id: {line.code for line in whole.entrusted_to(one)} for one in whole.assignments}

    def able(line: "Line") -> set[int]:
        given = {opinion.expert_id for opinion in line.fresh_opinions}
        return given | {expert for expert, codes in judged.items() if line.code in codes}

    return [line for line in whole.lines if needs_second(line) and not line.is_paired and len(able(line)) < ENOUGH]
