"""The report assembled: the texts of the lead and the verdicts of the experts, as pages and papers show them.

Read from acts, so that the same act always gives the same report; a report not handed in is assembled from the act that
would be filed now. The éditeur's copy is the same, less what is not communicated.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import Role
from evaluation.evaluators import Evaluator
from evaluation.reports import report_payload
from evaluation.rounds_told import TOLD, RoundTold, rounds_told
from evaluation.values import FINAL_VALUES, SPEAKS_FOR_ITSELF, Value
from referencing import communication
from referencing.acts import GIVEN_BY_EDITOR
from referencing.kinds import ActKind
from referencing.models import Act, Candidature


@dataclass(frozen=True)
class ReportLine:
    """One criterion judged. `motive` is empty when the verdict speaks for itself."""

    code: str
    text: str
    value: str
    motive: str

    @property
    def label(self) -> str:
        return str(Value(self.value).label)

    @property
    def anchor(self) -> str:
        return f"critere-{self.code}"

    @property
    def calls_for_attention(self) -> bool:
        return self.value not in SPEAKS_FOR_ITSELF


@dataclass(frozen=True)
class ReportPart:
    """The criteria of one questionnaire; `unjudged` counts those without a verdict that stands."""

    code: str
    title: str
    lines: tuple[ReportLine, ...]
    unjudged: int

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many criteria received each final value, named, in the order of the values."""
        return _counted(self.lines)

    @property
    def total(self) -> int:
        return len(self.lines) + self.unjudged

    @property
    def findings(self) -> list[ReportLine]:
        return [line for line in self.lines if line.calls_for_attention]


@dataclass(frozen=True)
class Share:
    """One bar of the chart: `percent` of all criteria, not rounded."""

    value: str
    label: str
    number: int
    percent: float


@dataclass(frozen=True)
class Report:
    """Everything a page or a paper tells of a report. `handed_in_at` and `handed_in_by` are None and "" for a project."""

    candidature: Candidature
    round: int
    referential: str
    filed_at: datetime
    handed_in_at: datetime | None
    handed_in_by: str
    synthesis: str
    recommendation: str
    parts: tuple[ReportPart, ...]
    team: tuple[Evaluator, ...]
    rounds: tuple[RoundTold, ...]
    dispensed: int
    not_applicable: int
    is_copy: bool = False

    @property
    def lines(self) -> Iterator[ReportLine]:
        return (line for part in self.parts for line in part.lines)

    @property
    def total(self) -> int:
        return sum(part.total for part in self.parts)

    @property
    def unjudged(self) -> int:
        return sum(part.unjudged for part in self.parts)

    @property
    def totals(self) -> list[tuple[str, int]]:
        """The counts of all the questionnaires together."""
        return _counted(self.lines)

    @property
    def findings(self) -> list[ReportLine]:
        return [line for line in self.lines if line.calls_for_attention]

    @property
    def shares(self) -> list[Share]:
        numbers = [(value.value, *total) for value, total in zip(FINAL_VALUES, self.totals, strict=True)]
        numbers += [("unsettled", "Non tranché", self.unjudged)] if self.unjudged else []
        return [Share(value, label, number, 100 * number / (self.total or 1)) for value, label, number in numbers]


def filed_report(candidature: Candidature, *, up_to: int | None = None) -> Report | None:
    """Return the latest report handed in, of the acts up to an event when one is given; None without one. Two queries."""
    acts = _acts(candidature)
    known = [act for act in acts if up_to is None or act.event_id <= up_to]
    act = next((act for act in reversed(known) if act.kind == ActKind.REPORT), None)
    return _assemble(candidature, [one for one in known if one.pk <= act.pk], act.payload, act) if act else None


def projected_report(candidature: Candidature) -> Report:
    """Return the report as it would be handed in now."""
    return _assemble(candidature, _acts(candidature), report_payload(candidature), None)


def copy_for_editor(report: Report) -> Report:
    """Return what the éditeur may read of a report: who the experts are only when the setting says so."""
    if communication.communicates("experts"):
        return replace(report, is_copy=True)
    unnamed = tuple(replace(one, name="", quality="") for one in report.team)
    return replace(report, is_copy=True, team=unnamed, handed_in_by="")


def _counted(lines: Iterable[ReportLine]) -> list[tuple[str, int]]:
    found = Counter(line.value for line in lines)
    return [(str(value.label), found[value.value]) for value in FINAL_VALUES]


def _acts(candidature: Candidature) -> list[Act]:
    kinds = (*TOLD, ActKind.REPORT)
    return list(candidature.acts.filter(kind__in=kinds).select_related("filed_by").order_by("pk"))


def _assemble(candidature: Candidature, acts: list[Act], payload: Mapping[str, Any], filed: Act | None) -> Report:
    given = [act for act in acts if act.kind in GIVEN_BY_EDITOR]
    sheet = given[-1].payload["sheet"]
    return Report(
        candidature=candidature,
        round=filed.round if filed else candidature.round,
        referential=sheet["version"]["title"],
        filed_at=given[0].filed_at,
        handed_in_at=filed.filed_at if filed else None,
        handed_in_by=_named(filed.filed_by) if filed and filed.filed_by else "",
        synthesis=payload["synthesis"],
        recommendation=payload["recommendation"],
        parts=tuple(_parts(sheet, payload)),
        team=tuple(_team(payload)),
        rounds=rounds_told(acts),
        dispensed=len(sheet["dispensed"]),
        not_applicable=len(sheet["not_applicable"]),
    )


def _parts(sheet: Mapping[str, Any], payload: Mapping[str, Any]) -> Iterator[ReportPart]:
    verdicts, unjudged = payload["verdicts"], set(payload["unjudged"])
    for view in sheet["questionnaires"]:
        if view["is_answered"]:
            judged = [filed for filed in view["criteria"] if filed["code"] in verdicts]
            lines = tuple(_line(filed, verdicts[filed["code"]]) for filed in judged)
            yield ReportPart(
                view["code"], view["title"], lines, sum(filed["code"] in unjudged for filed in view["criteria"])
            )


def _line(filed: Mapping[str, Any], verdict: Mapping[str, Any]) -> ReportLine:
    return ReportLine(filed["code"], filed["text"], verdict["value"], verdict["motive"])


def _team(payload: Mapping[str, Any]) -> Iterable[Evaluator]:
    """Acts filed before domains were kept name their experts alone."""
    if "team" in payload:
        return [Evaluator(one["name"], one["quality"], one["role"], tuple(one["domains"])) for one in payload["team"]]
    return [Evaluator(signed, "", str(Role.EXPERT.label), ()) for signed in payload.get("experts", [])]


def _named(person: User) -> str:
    return ", ".join(part for part in (str(person), person.quality) if part)
