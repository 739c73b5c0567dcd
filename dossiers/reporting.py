"""The evaluation report on paper: the project while it is written, the report once handed in, the éditeur's copy."""

from typing import Any

from django.utils import timezone

from dossiers.contents import Incomplete
from dossiers.papers import Paper, paper
from evaluation.assembly import Report, copy_for_editor, filed_report, projected_report
from evaluation.values import FINAL_VALUES
from journal.models import Event
from kit.templatetags.french import long_date, long_moment, plural
from referencing.kinds import DocumentKind
from referencing.models import Candidature, Document

CRITERIA = "critère applicable,critères applicables"
TITLES = {DocumentKind.REPORT: "Rapport d'évaluation", DocumentKind.REPORT_COPY: "Rapport d'évaluation communiqué"}


def report_paper(candidature: Candidature, event: Event) -> Paper:
    """The report handed in at this event, for the commission and the ministry."""
    return _paper(_found(candidature, event), event, DocumentKind.REPORT, Document.Audience.INTERNAL)


def report_copy(candidature: Candidature, event: Event) -> Paper:
    """What the éditeur may read of it, when this event makes it communicable."""
    report = copy_for_editor(_found(candidature, event))
    return _paper(report, event, DocumentKind.REPORT_COPY, Document.Audience.EDITOR)


def report_project(candidature: Candidature) -> Paper:
    """The report as it would be handed in now, marked « projet » on every page; kept nowhere."""
    moment = Event(at=timezone.now(), seq=0)  # a paper tells of an event: this one is no fact, and is never recorded
    words = {
        "seal_line": f"Projet imprimé le {long_moment(moment.at)} : sans valeur tant que le rapport n'est pas remis",
        "warning": "PROJET — rapport non remis",
    }
    return _paper(projected_report(candidature), moment, DocumentKind.REPORT, Document.Audience.INTERNAL, **words)


def _found(candidature: Candidature, event: Event) -> Report:
    report = filed_report(candidature, up_to=event.pk)
    if report is None:
        raise Incomplete("Le rapport d'évaluation n'est pas au dossier.")
    return report


def _paper(report: Report, event: Event, kind: DocumentKind, audience: str, **words: Any) -> Paper:
    return paper(
        kind,
        audience,
        TITLES[kind],
        "dossiers/report.html",
        report.candidature,
        event,
        {"report": report, "values": FINAL_VALUES, "more_facts": _facts(report), **words},
    )


def _facts(report: Report) -> list[tuple[str, str]]:
    left_out = [
        plural(number, forms)
        for number, forms in (
            (report.dispensed, "dispensé par un certificat,dispensés par un certificat"),
            (report.not_applicable, "sans rapport avec le service,sans rapport avec le service"),
        )
        if number
    ]
    return [
        ("Candidature déposée le", long_date(report.filed_at)),
        ("Référentiel", report.referential),
        ("Critères évalués", ", ".join([plural(report.total, CRITERIA), *left_out])),
        ("Demandes de compléments", str(len(report.rounds) or "aucune")),
    ]
