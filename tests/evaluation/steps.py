"""Gestures of an evaluation that several tests share."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from evaluation.complements import asked_for, send_complement_request
from evaluation.grid import grid
from evaluation.judging import judge
from evaluation.models import Verdict
from evaluation.values import Value
from questionnaires import sheets, vault
from questionnaires.models import Criterion, EvidenceUse, ExpectedProof
from referencing import filing
from referencing.models import Candidature
from tests import play

CODES = ["ADM-02", "ADM-04", "SEC-GOV-01", "URB-HEB-01", "RGPD-FIN-04"]


def states(candidature: Candidature) -> dict[str, str]:
    return {line.code: str(line.state) for line in grid(candidature).lines}


def say(candidature: Candidature, code: str, expert: User, value: str = Value.MET, **texts: Any) -> Verdict:
    """Judge on top of whatever is there."""
    line = grid(candidature).line(code)
    return judge(candidature, code, value=value, edition=line.edition if line else 0, expert=expert, **texts)


def ask(candidature: Candidature, code: str, expert: User, expected: str = "Un contrat signé.") -> Verdict:
    return say(candidature, code, expert, Value.COMPLEMENT_NEEDED, motive="Pièce illisible.", expected=expected)


def soon() -> date:
    return timezone.localdate() + timedelta(days=10)


def send(candidature: Candidature, actor: User, **options: Any) -> Candidature:
    items = asked_for(grid(candidature))
    return send_complement_request(candidature, items, soon(), "Bonjour,", actor=actor, **options)


def rewrite(candidature: Candidature, code: str, editor: User, comment: str) -> None:
    item = sheets.overview(candidature.sheet).item(code)
    sheets.save_answer(
        candidature.sheet, criterion(candidature, code), value="met", comment=comment, edition=item.edition, user=editor
    )


def replace_proof(candidature: Candidature, code: str, editor: User, content: bytes) -> str:
    """Put another file in the place of the proofs of a criterion; return its sha-256."""
    for use in EvidenceUse.objects.filter(answer__sheet=candidature.sheet, answer__criterion__code=code):
        sheets.detach(use, editor)
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
