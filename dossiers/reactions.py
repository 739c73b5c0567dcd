"""What is printed after an event. Each function does nothing the second time; none runs inside a transaction."""

from typing import IO

from dossiers import official, papers, press, reporting, seal
from dossiers.contents import dossier_at
from dossiers.keeping import keep, kept
from dossiers.papers import Paper
from journal.models import Event
from referencing.communication import report_is_communicated
from referencing.door import file_act
from referencing.kinds import ActKind, DocumentKind
from referencing.models import Candidature, Document


def print_receipt(event_seq: int) -> None:
    candidature, event = _about(event_seq)
    if not kept(event, DocumentKind.RECEIPT):
        _print(official.receipt(candidature, event), candidature, event)


def print_report(event_seq: int) -> None:
    candidature, event = _about(event_seq)
    if not kept(event, DocumentKind.REPORT):
        _print(reporting.report_paper(candidature, event), candidature, event)


def communicate_report(event_seq: int) -> None:
    """Print the éditeur's copy of the report when it becomes theirs to read; once, whichever event made it so."""
    candidature, event = _about(event_seq)
    has_copy = Document.objects.filter(candidature=candidature, kind=DocumentKind.REPORT_COPY).exists()
    if not has_copy and report_is_communicated(candidature):
        _print(reporting.report_copy(candidature, event), candidature, event)


def print_opinion(event_seq: int) -> None:
    candidature, event = _about(event_seq)
    if not kept(event, DocumentKind.OPINION):
        _print(official.opinion(candidature, event), candidature, event)


def print_decision(event_seq: int) -> None:
    candidature, event = _about(event_seq)
    if not kept(event, DocumentKind.DECISION):
        _print(official.decision(candidature, event), candidature, event)


def print_convention(event_seq: int) -> None:
    candidature, event = _about(event_seq)
    if not kept(event, DocumentKind.CONVENTION):
        _print(official.convention(candidature, event), candidature, event)


def seal_dossier(event_seq: int) -> None:
    """Print the dossier, enclose its proofs, and file the act DOSSIER with the paper, once.

    Follows the report, and the final test book when it is accepted after it: what the commission reads holds both.
    Raises `contents.Incomplete` while a proof is being scanned and `append.Altered` when one has changed: the outbox
    tries again, then says so.
    """
    candidature, event = _about(event_seq)
    has_report = candidature.acts.filter(kind=ActKind.REPORT, event__lte=event.pk).exists()
    if not has_report or kept(event, DocumentKind.DOSSIER):
        return
    contents = dossier_at(candidature, event)
    paper = papers.dossier(candidature, event, contents)
    printed = paper.print()
    pages, head = press.page_count(printed), f"{event.seq}:{event.hash}"
    attached = [piece for piece in contents.pieces if piece.is_attached]

    def write(target: IO[bytes]) -> None:
        seal.seal(printed, contents.pieces, seal.manifest(contents), target, at=event.at)

    def file(document: Document) -> None:
        payload = {
            "sha256": document.sha256,
            "pages": pages,
            "attachments": [{"name": one.name, "sha256": one.sha256, "size": one.size} for one in attached],
            "journal_head": head,
        }
        file_act(candidature, ActKind.DOSSIER, actor=None, payload=payload, document=document)

    keep(paper, candidature, event, pages=pages, write=write, also=file)


def _about(event_seq: int) -> tuple[Candidature, Event]:
    event = Event.objects.select_related("act__filed_by").get(pk=event_seq)
    candidature = Candidature.objects.select_related("service__organisation").get(reference=event.subject)
    return candidature, event


def _print(paper: Paper, candidature: Candidature, event: Event) -> None:
    printed = paper.print()

    def write(target: IO[bytes]) -> None:
        target.write(printed)

    keep(paper, candidature, event, pages=press.page_count(printed), write=write)
