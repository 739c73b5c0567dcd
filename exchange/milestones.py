"""Where the technical tests of a candidature stand: what is asked, what is missing, who acts. Reads, writes nothing.

The order (unit tests before the dépôt, then end to end, then connection during the examination) is that of the guide
presented at the end of 2024.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from exchange.models import Milestone, ReportState, TestReport
from questionnaires import sheets
from questionnaires.sheets import Item
from referencing.models import Candidature
from referencing.stages import Stage
from referencing.tracks import uncovered_apis

# The référentiel keeps the criteria of the three milestones in one questionnaire; their codes tell them apart.
QUESTIONNAIRE = "tests"
CODES = {Milestone.UNIT: "TST-U-", Milestone.END_TO_END: "TST-B-", Milestone.CONNECTION: "TST-R-"}
EXAMINED = (Stage.IN_EVALUATION, Stage.COMPLEMENTS_REQUESTED, Stage.EVALUATED)
DEPOSITED_AT: dict[Milestone, tuple[Stage, ...]] = {
    Milestone.UNIT: (Stage.DRAFT, Stage.INCOMPLETE),
    Milestone.END_TO_END: EXAMINED,
    Milestone.CONNECTION: EXAMINED,
}
TONES = {"passed": "success", "deposited": "info", "refused": "warning", "awaited": "new", "ahead": ""}
WHEN = {
    Milestone.UNIT: "Avant le dépôt de la candidature",
    Milestone.END_TO_END: "Pendant l'évaluation",
    Milestone.CONNECTION: "Pendant l'évaluation, une fois les tests de bout en bout acceptés",
}
WHAT = {
    Milestone.UNIT: "Les charges utiles sont conformes aux spécifications de chaque API déclarée, sans appel réel.",
    Milestone.END_TO_END: "Le parcours entier d'un usager de test, de l'appariement aux appels ; l'éditeur remet le dossier de recettes.",
    Milestone.CONNECTION: "Le cahier de tests exécuté avec l'équipe de Mon espace santé ; l'éditeur remet le cahier final.",
}


@dataclass(frozen=True)
class Standing:
    """One milestone of one candidature. `report` is the latest deposit; `lacks` says what is missing, and from whom."""

    milestone: Milestone
    report: TestReport | None
    earlier: tuple[TestReport, ...]
    criteria: tuple[Item, ...]
    lacks: tuple[str, ...]
    state: str
    label: str
    who: str
    may_deposit: bool
    may_examine: bool

    @property
    def title(self) -> str:
        return str(self.milestone.label)

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def when(self) -> str:
        return WHEN[self.milestone]

    @property
    def what(self) -> str:
        return WHAT[self.milestone]


def standings(candidature: Candidature) -> list[Standing]:
    """Return the three milestones in order, whatever the person; the page adds what this one may do."""
    reports = list(candidature.test_reports.select_related("deposited_by", "examined_by", "revision"))
    view = sheets.overview(candidature.sheet).questionnaire(QUESTIONNAIRE)
    items = view.items if view else ()
    return [_standing(candidature, milestone, reports, items) for milestone in Milestone]


def _standing(
    candidature: Candidature, milestone: Milestone, reports: list[TestReport], items: Iterable[Item]
) -> Standing:
    own = [report for report in reports if report.milestone == milestone]
    report = own[0] if own else None
    open_now = candidature.stage in DEPOSITED_AT[milestone]
    waits = milestone == Milestone.CONNECTION and not is_accepted(reports, Milestone.END_TO_END)
    passed = report is not None and is_passed(report, candidature.sheet.facts)
    state, label, who = _state(report, passed=passed, open_now=open_now, waits=waits)
    return Standing(
        milestone=milestone,
        report=report,
        earlier=tuple(own[1:]),
        criteria=tuple(item for item in items if item.code.startswith(CODES[milestone])),
        lacks=tuple(_lacks(candidature, report, passed=passed)),
        state=state,
        label=label,
        who=who,
        may_deposit=open_now and not waits and not is_accepted(reports, milestone),
        may_examine=open_now and report is not None and is_to_examine(report),
    )


def is_accepted(reports: Iterable[TestReport], milestone: Milestone) -> bool:
    return any(report.milestone == milestone and report.state == ReportState.ACCEPTED for report in reports)


def is_to_examine(report: TestReport) -> bool:
    """Unit tests are judged by the experts with the criteria; the two others are accepted or sent back."""
    return report.milestone != Milestone.UNIT and report.state == ReportState.DEPOSITED


def is_passed(report: TestReport, facts: Mapping[str, object]) -> bool:
    """Say whether a milestone is behind: accepted, or for the unit tests every API declared today covered."""
    if report.milestone == Milestone.UNIT:
        return not uncovered_apis(facts, report.apis)
    return report.state == ReportState.ACCEPTED


def _state(report: TestReport | None, *, passed: bool, open_now: bool, waits: bool) -> tuple[str, str, str]:
    """Return the state, its words, and who acts next."""
    if passed:
        return "passed", "Fait", ""
    if report and is_to_examine(report):
        return "deposited", "Déposé, à examiner", "au support du GIE SESAM-Vitale"
    if report:
        return "refused", "À reprendre", "à l'éditeur"
    if open_now and not waits:
        return "awaited", "À déposer", "à l'éditeur"
    return "ahead", "Plus tard", ""


def _lacks(candidature: Candidature, report: TestReport | None, *, passed: bool) -> Iterable[str]:
    if passed:
        return
    if report is None:
        yield "Le rapport n'est pas encore déposé."
        return
    if report.milestone == Milestone.UNIT:
        for name in uncovered_apis(candidature.sheet.facts, report.apis):
            yield f"L'API {name}, déclarée dans l'orientation, n'est pas couverte par le rapport déposé."
    elif report.state == ReportState.DEPOSITED:
        yield "Le rapport attend l'avis du support."
    else:
        yield "Le support a renvoyé le rapport : lisez le motif et déposez une nouvelle version."
