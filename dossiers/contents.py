"""What the dossier of a candidature says: plain values, read from the acts on file as they stood at one event.

The answers are those photographed by the dépôt, or by the last return of complements; the verdicts those of the
report; the technical tests those of the acts filed by then. Nothing that may still change is read, so the same event
gives the same dossier. Five queries, whatever its size.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.conf import settings

from dossiers import orientation
from dossiers.certificates import Certificate, certificates
from dossiers.pieces import Piece, gather
from evaluation.values import Value
from exchange.models import Milestone
from journal.models import Event
from questionnaires.models import Answer, Criterion, EvidenceRevision, Version
from referencing.kinds import ActKind
from referencing.models import Act, Candidature
from referencing.verbs import all_verbs

ANSWERING = (ActKind.FILING, ActKind.COMPLEMENT_RETURN)
TESTING = (ActKind.UNIT_TESTS, ActKind.TEST_BOOK)
NO_ANSWER = "Sans réponse"


class Incomplete(Exception):
    """The acts that a dossier is made of are not on file, or a proof is still being scanned: try again later."""


@dataclass(frozen=True)
class Finding:
    """What the experts found on one criterion."""

    value: str
    motive: str

    @property
    def label(self) -> str:
        return str(Value(self.value).label)


@dataclass(frozen=True)
class Line:
    """One applicable criterion. `points` are (code, text) pairs merged into it; `proofs` say what became of each file.

    `remaining` is what a certificate leaves to prove, "" when none covers a part.
    """

    code: str
    level: str
    text: str
    points: tuple[tuple[str, str], ...]
    because: str
    remaining: str
    answer: str
    reason: str
    comment: str
    proofs: tuple[tuple[Piece, str], ...]
    finding: Finding | None

    @property
    def anchor(self) -> str:
        return f"critere-{self.code}"


@dataclass(frozen=True)
class Part:
    """A questionnaire: `sections` are (title, lines) pairs. `is_answered` is false for the technical tests."""

    code: str
    title: str
    is_answered: bool
    sections: tuple[tuple[str, tuple[Line, ...]], ...]

    @property
    def lines(self) -> Iterator[Line]:
        return (line for _, lines in self.sections for line in lines)


@dataclass(frozen=True)
class Count:
    """How many criteria received one verdict, and its share of the whole, in percent."""

    value: str
    label: str
    number: int
    share: float


@dataclass(frozen=True)
class Test:
    """A report of technical tests."""

    milestone: str
    apis: str
    summary: str
    deposited_at: datetime
    piece: Piece | None


@dataclass(frozen=True)
class Dossier:
    """Everything the template prints and the manifest lists."""

    candidature: Candidature
    event: Event
    round: int
    referential: Mapping[str, str]
    effective_on: date
    filed_at: datetime
    filed_by: str
    orientation: list[orientation.Step]
    parts: tuple[Part, ...]
    not_applicable: list[dict[str, str]]
    dispensed: list[dict[str, str]]
    certificates: list[Certificate]
    synthesis: str
    recommendation: str
    experts: list[str]
    counts: list[Count]
    tests: list[Test]
    history: list[tuple[datetime, str, str]]
    pieces: list[Piece]

    @property
    def lines(self) -> list[Line]:
        return [line for part in self.parts for line in part.lines]


def dossier_at(candidature: Candidature, event: Event) -> Dossier:
    """Read the dossier as it stood when `event` happened.

    `candidature` comes with its service and organisation. Raises `Incomplete` without a dépôt and a report, or while a
    proof is being scanned.
    """
    acts = list(candidature.acts.filter(event__lte=event.pk).select_related("filed_by").order_by("pk"))
    answered, report = _last(acts, *ANSWERING), _last(acts, ActKind.REPORT)
    admitted = _last(acts, ActKind.ADMISSION)
    if answered is None or report is None:
        raise Incomplete("Le dossier attend le dépôt et le rapport d'évaluation.")
    first = next(act for act in acts if act.kind == ActKind.FILING)
    sheet, findings = answered.payload["sheet"], report.payload["verdicts"]
    version = Version.objects.get(code=sheet["version"]["code"])
    reports = _test_reports(acts)
    pieces = _pieces(sheet, reports)
    by_sum = {piece.sha256: piece for piece in pieces}
    parts = tuple(_part(questionnaire, findings, by_sum) for questionnaire in sheet["questionnaires"])
    return Dossier(
        candidature=candidature,
        event=event,
        round=report.round,
        referential=sheet["version"],
        effective_on=version.effective_on,
        filed_at=first.filed_at,
        filed_by=_named(first),
        orientation=orientation.in_words(version, sheet["facts"]),
        parts=parts,
        not_applicable=sheet["not_applicable"],
        dispensed=sheet["dispensed"],
        certificates=certificates(sheet, admitted.payload.get("certificates", ()) if admitted else (), by_sum),
        synthesis=report.payload["synthesis"],
        recommendation=report.payload["recommendation"],
        experts=report.payload.get("experts", []),
        counts=count(parts),
        tests=[_test(one, by_sum) for one in reports],
        history=_history(candidature, event),
        pieces=pieces,
    )


def count(parts: Iterable[Part]) -> list[Count]:
    """Count the findings by value, in the order of the values; those never given are left out."""
    found = Counter(line.finding.value for part in parts for line in part.lines if line.finding)
    whole = sum(found.values())
    return [Count(v.value, str(v.label), found[v.value], 100 * found[v.value] / whole) for v in Value if found[v.value]]


def _last(acts: list[Act], *kinds: ActKind) -> Act | None:
    return next((act for act in reversed(acts) if act.kind in kinds), None)


def _named(act: Act) -> str:
    person = act.filed_by
    return ", ".join(part for part in (str(person), person.quality) if part) if person else ""


def _test_reports(acts: list[Act]) -> list[dict[str, Any]]:
    """The reports of tests on file, the latest of each milestone, in the order of the milestones."""
    latest: dict[str, dict[str, Any]] = {}
    for act in acts:
        if act.kind in TESTING:
            reports = act.payload["reports"] if act.kind == ActKind.TEST_BOOK else [act.payload["report"]]
            latest |= {report["milestone"]: report for report in reports}
    return [latest[milestone] for milestone in Milestone if milestone in latest]


def _pieces(sheet: Mapping[str, Any], reports: list[dict[str, Any]]) -> list[Piece]:
    """Every file quoted, once, in the order of the criteria; the technical tests last."""
    quoted = [
        (criterion["code"], proof["public_id"])
        for questionnaire in sheet["questionnaires"]
        for criterion in questionnaire["criteria"]
        for proof in criterion["proofs"]
    ]
    quoted += [("Certificat", one["proof"]["public_id"]) for one in sheet.get("certificates", [])]
    quoted += [("Tests", report["file"]) for report in reports]
    revisions = EvidenceRevision.objects.filter(public_id__in={public_id for _, public_id in quoted})
    by_id = {str(revision.public_id): revision for revision in revisions.select_related("evidence")}
    pieces = [_piece(by_id[public_id], code) for code, public_id in quoted]
    return gather(pieces, limit=settings.DOSSIER_MAX_BYTES)


def _piece(revision: EvidenceRevision, criterion: str) -> Piece:
    if not revision.is_served and not revision.is_infected:
        raise Incomplete(f"La preuve « {revision.original_name} » est encore à l'analyse antivirus.")
    return Piece(
        sha256=revision.sha256,
        size=revision.size,
        original_name=revision.original_name,
        title=revision.evidence.title,
        media_type=revision.media_type,
        criteria=(criterion,),
        source=revision.file,
        is_dangerous=revision.is_infected,
    )


def _part(questionnaire: Mapping[str, Any], findings: Mapping[str, Any], pieces: Mapping[str, Piece]) -> Part:
    sections = groupby(questionnaire["criteria"], key=lambda criterion: criterion["section"])
    return Part(
        code=questionnaire["code"],
        title=questionnaire["title"],
        is_answered=questionnaire["is_answered"],
        sections=tuple((title, tuple(_line(one, findings, pieces) for one in group)) for title, group in sections),
    )


def _line(criterion: Mapping[str, Any], findings: Mapping[str, Any], pieces: Mapping[str, Piece]) -> Line:
    found = findings.get(criterion["code"])
    return Line(
        code=criterion["code"],
        level=str(Criterion.Level(criterion["level"]).label),
        text=criterion["text"],
        points=tuple((point["code"], _point(point)) for point in criterion["points"]),
        because=criterion["because"],
        remaining=criterion.get("remaining", ""),
        answer=str(Answer.Value(criterion["value"]).label) if criterion["value"] else NO_ANSWER,
        reason=(criterion.get("na_reason") or {}).get("text", ""),  # unknown of the acts filed before it was asked
        comment=criterion["comment"],
        proofs=tuple((pieces[proof["sha256"]], proof["note"]) for proof in criterion["proofs"]),
        finding=Finding(found["value"], found["motive"]) if found else None,
    )


def _point(point: Mapping[str, Any]) -> str:
    remaining = point.get("remaining", "")
    return f"{point['text']} Dispensé en partie ; reste à prouver : {remaining}" if remaining else point["text"]


def _test(report: Mapping[str, Any], pieces: Mapping[str, Piece]) -> Test:
    return Test(
        milestone=str(Milestone(report["milestone"]).label),
        apis=", ".join(report["apis"]),
        summary=report["summary"],
        deposited_at=datetime.fromisoformat(report["deposited_at"]),
        piece=pieces.get(report["sha256"]),
    )


def _history(candidature: Candidature, event: Event) -> list[tuple[datetime, str, str]]:
    """The moves up to the event: when, what, who."""
    told = {verb.event_kind: verb.done for verb in all_verbs().values()} | {"candidature.opened": "Candidature ouverte"}
    moves = Event.objects.about(candidature.reference).filter(kind__in=told, seq__lte=event.seq).select_related("actor")
    return [(move.at, told[move.kind], str(move.actor or "Échéance")) for move in moves.order_by("seq")]
