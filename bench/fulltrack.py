"""A candidature on the full track: every criterion that one service can meet, answered with its proofs."""

from typing import Any

from accounts.models import User
from questionnaires import sheets, vault
from questionnaires.models import Version
from referencing.models import Candidature
from tests import play

PROOF_BYTES = 200_000
COMMENT = (
    "La politique est approuvée par le comité de direction et revue chaque année ; la dernière revue date de janvier. "
    "Les écarts sont suivis dans un registre partagé avec le responsable de la sécurité."
)
MOTIVE = "La procédure existe, mais sa dernière revue date de plus d'un an : elle doit être mise à jour."


def facts_for(version: Version) -> dict[str, object]:
    """Return answers that make as many criteria apply as one service can: everything but the certificates."""
    facts: dict[str, object] = {}
    for variable in version.variables.filter(derived_from=""):
        codes = [code for code, _ in variable.choices]
        facts[variable.code] = codes if variable.kind == "multiple" else codes[0] if codes else True
    return facts | {"dispositif_medical": False, "teleconsultation": False}


def answer(candidature: Candidature, editor: User, *, proofs: int) -> None:
    """Answer every criterion asked, each with two of the `proofs` files."""
    given = [
        vault.deposit(
            candidature.organisation,
            play.a_file(f"preuve-{rank:02d}.txt", f"Preuve {rank}. ".encode() * (PROOF_BYTES // 12)),
            title=f"Preuve {rank}",
            kind="DOC",
            user=editor,
        )
        for rank in range(proofs)
    ]
    asked = [item for item in sheets.overview(candidature.sheet).items if item.may_change]
    for rank, item in enumerate(asked):
        sheets.save_answer(
            candidature.sheet, item.criterion, value="met", comment=COMMENT, edition=item.edition, user=editor
        )
        for revision in {given[rank % proofs], given[(rank * 7 + 1) % proofs]}:
            sheets.attach(candidature.sheet, item.criterion, revision, editor)


def report_on(candidature: Candidature) -> dict[str, Any]:
    """Return the payload of a report that judges every criterion filed, one in five with a reserve."""
    filed = candidature.acts.get(kind="filing").payload["sheet"]["questionnaires"]
    codes = [criterion["code"] for part in filed for criterion in part["criteria"] if part["is_answered"]]
    verdicts: dict[str, dict[str, Any]] = {
        code: {"value": ("met", "minor_reserve")[rank % 5 == 0], "motive": MOTIVE, "pins": []}
        for rank, code in enumerate(codes)
    }
    return {"synthesis": COMMENT, "recommendation": "Favorable.", "verdicts": verdicts, "unjudged": []}
