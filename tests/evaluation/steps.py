"""Gestures of an evaluation that several tests share."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from evaluation.complements import ComplementRequest, asked_for, files_of, send_complement_request
from evaluation.grid import Line, grid
from evaluation.judging import judge
from evaluation.models import Judgement
from evaluation.values import State, Value
from questionnaires import sheets, vault
from questionnaires.models import Criterion, EvidenceUse, ExpectedProof
from referencing import filing
from referencing.models import Candidature
from referencing.working_days import next_working_day
from tests import play

ClientOf = Callable[[User], Any]
ASSIGNED = ("evaluation.proposed", "evaluation.declared", "evaluation.accepted")
DOUBLE = "URB-HEB-01"  # judged by two experts where the version says so
CODES = ["ADM-02", "ADM-04", "SEC-GOV-01", "URB-HEB-01", "RGPD-FIN-04"]


def url(name: str, candidature: Candidature, *more: str) -> str:
    return reverse(f"evaluation:{name}", args=[candidature.reference, *more])


def stage_of(candidature: Candidature) -> str:
    return str(Candidature.objects.get(pk=candidature.pk).stage)


def states(candidature: Candidature) -> dict[str, str]:
    return {line.code: str(line.state) for line in grid(candidature).lines}


def line(candidature: Candidature, code: str) -> Line:
    found = grid(candidature).line(code)
    assert found is not None
    return found


def say(candidature: Candidature, code: str, expert: User, value: str = Value.MET, **texts: Any) -> Judgement:
    """Judge on top of whatever is there."""
    whole = grid(candidature)
    current = whole.line_for(code, whole.assignment_of(expert))
    edition = current.edition if current else 0
    return judge(candidature, code, value=value, edition=edition, expert=expert, **texts)


def ask(candidature: Candidature, code: str, expert: User, expected: str = "Un contrat signé.") -> Judgement:
    return say(candidature, code, expert, Value.COMPLEMENT_NEEDED, motive="Pièce illisible.", expected=expected)


def soon() -> date:
    return next_working_day(timezone.localdate() + timedelta(days=10))


def request_of(candidature: Candidature, deadline: date | None = None) -> ComplementRequest:
    """The request as it would leave now."""
    files = [file.quoted for file in files_of(candidature)]
    return ComplementRequest(asked_for(grid(candidature)), deadline or soon(), "Bonjour,", files)


def send(candidature: Candidature, actor: User, **options: Any) -> Candidature:
    return send_complement_request(candidature, request_of(candidature), actor=actor, **options)


def rewrite(candidature: Candidature, code: str, editor: User, comment: str) -> None:
    item = sheets.overview(candidature.sheet).item(code)
    assert item is not None
    sheets.save_answer(
        candidature.sheet, criterion(candidature, code), value="met", comment=comment, edition=item.edition, user=editor
    )


def replace_proof(candidature: Candidature, code: str, editor: User, content: bytes) -> str:
    """Put another file in the place of the proofs of a criterion; return its sha-256."""
    for use in EvidenceUse.objects.filter(answer__sheet=candidature.sheet, answer__criterion__code=code):
        sheets.detach(use, editor)
    return add_proof(candidature, code, editor, content)


def add_proof(candidature: Candidature, code: str, editor: User, content: bytes) -> str:
    revision = vault.deposit(
        candidature.organisation,
        play.a_file("nouveau.txt", content),
        title="Nouveau contrat",
        kind=ExpectedProof.Kind.CONTRACT,
        user=editor,
    )
    sheets.attach(candidature.sheet, criterion(candidature, code), revision, editor)
    return str(revision.sha256)


def criterion(candidature: Candidature, code: str) -> Criterion:
    return Criterion.objects.get(version=candidature.sheet.version_id, code=code)


def give_back(candidature: Candidature, editor: User) -> Candidature:
    return filing.return_complements(Candidature.objects.get(pk=candidature.pk), actor=editor)


def state(candidature: Candidature, expert: User | None = None, code: str = DOUBLE) -> tuple[State, bool]:
    """Where a criterion stands, and whether something is left, for everybody or for one expert."""
    whole = grid(candidature)
    found = whole.line_for(code, whole.assignment_of(expert) if expert else None)
    assert found is not None
    return found.state, found.is_left


def diverge(candidature: Candidature, emile: User, eva: User, code: str = DOUBLE) -> None:
    """Have two experts differ on a criterion of double evaluation."""
    say(candidature, code, emile, Value.NOT_MET, motive="Certificat échu.", private_note="Vu au registre.")
    say(candidature, code, eva, Value.MINOR_RESERVE, motive="Renouvellement en cours.")
