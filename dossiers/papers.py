"""What a paper is, and the one that tells the whole candidature: the dossier. Printing is `press`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from dossiers import press
from dossiers.contents import Dossier, Line
from evaluation.values import SPEAKS_FOR_ITSELF
from journal.models import Event
from referencing.kinds import DocumentKind
from referencing.models import Candidature, Document

DECLINATIONS = {"web": "site web", "ios": "application iOS", "android": "application Android"}


@dataclass(frozen=True)
class Paper:
    """A paper to print: its kind, who may read it, its title, its template and what fills it."""

    kind: DocumentKind
    audience: str
    title: str
    template: str
    context: Mapping[str, Any]
    made_at: datetime

    def print(self) -> bytes:
        """Return the PDF. The same event gives the same bytes."""
        return press.render(
            self.template, self.context, title=self.title, subject=self.context["subject"], made_at=self.made_at
        )


def file_name(document: Document) -> str:
    """Return the name under which a paper is saved, e.g. « MES-2026-0007 - Dossier de candidature.pdf »."""
    return f"{document.candidature.reference} - {document.get_kind_display()}.pdf"


def dossier(candidature: Candidature, event: Event, contents: Dossier) -> Paper:
    """The dossier that the commission reads; the proofs are enclosed by `dossiers.seal`."""
    return paper(
        DocumentKind.DOSSIER,
        Document.Audience.INTERNAL,
        "Dossier de candidature",
        "dossiers/dossier.html",
        candidature,
        event,
        {
            "dossier": contents,
            "findings": _findings(contents),
            "verify_url": full_url("dossiers:verify"),
        },
    )


def paper(
    kind: DocumentKind,
    audience: str,
    title: str,
    template: str,
    candidature: Candidature,
    event: Event,
    context: Mapping[str, Any],
) -> Paper:
    service, organisation = candidature.service, candidature.organisation
    common = {
        "candidature": candidature,
        "organisation": organisation,
        "siren": f"{organisation.siren[:3]} {organisation.siren[3:6]} {organisation.siren[6:]}",
        "declinations": ", ".join(DECLINATIONS.get(code, code) for code in service.declinations) or "non précisées",
        "at": event.at,
        "subject": f"{candidature.reference} — {service.name}",
        "running": f"{title} — {candidature.reference} — {service.name}",
        "seal_line": f"Journal, événement n° {event.seq} : {event.hash}",
        "appeal_months": settings.PROCEDURE["appeal_months"],
    }
    return Paper(kind, audience, f"{title} {candidature.reference}", template, {**common, **context}, event.at)


def _findings(contents: Dossier) -> list[Line]:
    return [line for line in contents.lines if line.finding and line.finding.value not in SPEAKS_FOR_ITSELF]


def full_url(name: str, *args: str) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=args)}"
