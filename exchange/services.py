"""Depositing and examining the reports of technical tests. The acts that result are filed through the door."""

from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from exchange.milestones import DEPOSITED_AT, is_accepted, is_to_examine
from exchange.models import Milestone, ReportState, TestReport
from journal.record import record
from questionnaires import vault
from questionnaires.models import EvidenceRevision, ExpectedProof
from referencing.door import Refused, file_act
from referencing.kinds import ActKind
from referencing.locking import locked_with_sheet
from referencing.models import Candidature
from referencing.refusals import Refusal
from referencing.tracks import declared_apis, uncovered_apis

EDITOR, SUPPORT = "l'éditeur", "le support"


def deposit_unit_tests(
    candidature: Candidature, *, apis: list[str], summary: str, upload: File, actor: User
) -> TestReport:
    """Keep the report of unit tests and file the act UNIT_TESTS, which the guard of the dépôt asks for.

    `apis` are those that the report covers. Raises `Refused` (nothing is exchanged, wrong stage, API left out) or
    FileRefused. The caller has checked the right "deposit_tests".
    """
    revision = _vaulted(candidature, Milestone.UNIT, upload, actor)
    with transaction.atomic():
        locked = locked_with_sheet(candidature)
        _refuse_if(_deposit_reasons(locked, Milestone.UNIT))
        declared = declared_apis(locked.sheet.facts)
        left_out = uncovered_apis(locked.sheet.facts, apis)
        _refuse_if([_api_left_out(locked, name) for name in left_out])
        tested = [code for code in declared if code in apis]
        report = _keep(locked, Milestone.UNIT, tested, summary, revision, actor)
        payload = {"apis": tested, "summary": report.summary, "report": _about(report)}
        file_act(locked, ActKind.UNIT_TESTS, actor=actor, payload=payload, file_sha256=report.revision.sha256)
    return report


def deposit_test_book(
    candidature: Candidature, milestone: Milestone, *, summary: str, upload: File, actor: User
) -> TestReport:
    """Keep the report of the end-to-end tests, or the final book of the connection; the support examines it next.

    Raises `Refused` or FileRefused. The caller has checked the right "deposit_tests".
    """
    revision = _vaulted(candidature, milestone, upload, actor)
    with transaction.atomic():
        locked = locked_with_sheet(candidature)
        _refuse_if(_deposit_reasons(locked, milestone))
        report = _keep(locked, milestone, declared_apis(locked.sheet.facts), summary, revision, actor)
        data = {"milestone": report.milestone, "sha256": report.revision.sha256}
        record("exchange.deposited", locked.reference, actor=actor, data=data)
    return report


def accept_test_book(report: TestReport, *, actor: User) -> TestReport:
    """Accept a report; that of the connection files the act TEST_BOOK, which the guard of the commission asks for.

    The caller has checked the right "accept_tests". Raises `Refused` when it is not to be examined any more.
    """
    with transaction.atomic():
        locked = locked_with_sheet(report.candidature)
        report = _examinable(locked, report)
        _examine(report, ReportState.ACCEPTED, actor)
        if report.milestone == Milestone.CONNECTION:
            payload = {"summary": report.summary, "reports": [_about(one) for one in _accepted(locked)]}
            file_act(locked, ActKind.TEST_BOOK, actor=actor, payload=payload, file_sha256=report.revision.sha256)
        else:
            record("exchange.accepted", locked.reference, actor=actor, data={"milestone": report.milestone})
    return report


def refuse_test_book(report: TestReport, *, motive: str, actor: User) -> TestReport:
    """Send a report back to the éditeur, who deposits another; `motive` says what to mend."""
    if not motive.strip():
        raise Refused([Refusal("motive", "Dites à l'éditeur ce qu'il doit reprendre.", SUPPORT)])
    with transaction.atomic():
        locked = locked_with_sheet(report.candidature)
        report = _examinable(locked, report)
        _examine(report, ReportState.REFUSED, actor, motive=motive.strip())
        data = {"milestone": report.milestone, "report": report.pk}
        record("exchange.refused", locked.reference, actor=actor, data=data)
    return report


def _refuse_if(reasons: list[Refusal]) -> None:
    if reasons:
        raise Refused(reasons)


def _api_left_out(candidature: Candidature, name: str) -> Refusal:
    sentence = f"Le rapport doit couvrir l'API {name}, que vous avez déclarée dans l'orientation."
    return Refusal(f"api:{name}", sentence, EDITOR, "referencing:orientation", reference=candidature.reference)


def _deposit_reasons(candidature: Candidature, milestone: Milestone) -> list[Refusal]:
    if not declared_apis(candidature.sheet.facts):
        sentence = "D'après l'orientation, le service n'échange aucune donnée : aucun test n'est demandé."
        return [Refusal("no_exchange", sentence, EDITOR, "referencing:orientation", reference=candidature.reference)]
    if candidature.stage not in DEPOSITED_AT[milestone]:
        expected = " ou ".join(f"« {stage.label} »" for stage in DEPOSITED_AT[milestone])
        return [Refusal("stage", f"{milestone.label} : le dépôt se fait à l'étape {expected}.", EDITOR)]
    reports = list(candidature.test_reports.all())
    if is_accepted(reports, milestone):
        return [Refusal("accepted", f"{milestone.label} : ce jalon est déjà accepté.")]
    if milestone == Milestone.CONNECTION and not is_accepted(reports, Milestone.END_TO_END):
        sentence = "Le cahier de tests final se dépose une fois les tests de bout en bout acceptés."
        return [Refusal("order", sentence, SUPPORT)]
    return []


def _vaulted(candidature: Candidature, milestone: Milestone, upload: File, actor: User) -> EvidenceRevision:
    """Examine and keep the file before anything is locked: 50 MB take time, and nobody should wait for them.

    When the deposit is refused after that, the file stays among the proofs of the organisation.
    """
    return vault.deposit(
        candidature.organisation,
        upload,
        title=f"{milestone.label} — {candidature.reference}",
        kind=ExpectedProof.Kind.TEST,
        user=actor,
    )


def _keep(
    candidature: Candidature,
    milestone: Milestone,
    apis: list[str],
    summary: str,
    revision: EvidenceRevision,
    actor: User,
) -> TestReport:
    return TestReport.objects.create(
        candidature=candidature,
        milestone=milestone,
        apis=apis,
        summary=summary.strip(),
        revision=revision,
        deposited_by=actor,
        deposited_at=timezone.now(),
    )


def _examinable(candidature: Candidature, report: TestReport) -> TestReport:
    """Return the report, read again under the lock, when it is the latest of its milestone and waits for the support."""
    own = candidature.test_reports.filter(milestone=report.milestone).select_related("revision")
    latest = own.first()
    if latest is None or latest.pk != report.pk or not is_to_examine(latest):
        raise Refused(
            [
                Refusal(
                    "overtaken",
                    "Ce rapport n'est plus à examiner : il l'a déjà été, ou l'éditeur en a déposé un autre.",
                )
            ]
        )
    if candidature.stage not in DEPOSITED_AT[Milestone(latest.milestone)]:
        raise Refused(
            [Refusal("stage", "La candidature n'est plus en cours d'évaluation : ses tests ne changent plus.")]
        )
    return latest


def _examine(report: TestReport, state: ReportState, actor: User, *, motive: str = "") -> None:
    report.state, report.motive = state, motive
    report.examined_by, report.examined_at = actor, timezone.now()
    report.save(update_fields=["state", "motive", "examined_by", "examined_at"])


def _accepted(candidature: Candidature) -> list[TestReport]:
    reports = candidature.test_reports.filter(state=ReportState.ACCEPTED).select_related("revision")
    return list(reports.order_by("deposited_at"))


def _about(report: TestReport) -> dict[str, Any]:
    """What an act keeps of a report: all that the dossier prints, enough to find its bytes and to know them."""
    return {
        "milestone": report.milestone,
        "apis": report.apis,
        "summary": report.summary,
        "file": str(report.revision.public_id),
        "name": report.revision.original_name,
        "sha256": report.revision.sha256,
        "deposited_at": report.deposited_at.isoformat(),
    }
