"""Why « Non applicable » may be said of a criterion: a closed list that the référentiel gives. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

NEVER = "Ce critère ne peut pas être déclaré « Non applicable » : répondez « Conforme » ou « Non conforme »."
UNKNOWN = "Ce motif n'est pas admis pour ce critère : choisissez l'un de ceux qui sont proposés."


@dataclass(frozen=True)
class Reason:
    """One admissible reason. `needs_text` asks for an explanation, `needs_proof` for a file that establishes it."""

    code: str
    text: str
    needs_text: bool = True
    needs_proof: bool = False


def find(reasons: Sequence[Reason], code: str) -> Reason | None:
    """Return the admissible reason of that code, None when the criterion does not admit it."""
    return next((reason for reason in reasons if reason.code == code), None)


def objection(reasons: Sequence[Reason], code: str) -> str:
    """Return why « Non applicable » cannot be kept with this reason, "" when it can; the reason may come later."""
    if not reasons:
        return NEVER
    return UNKNOWN if code and find(reasons, code) is None else ""


def lacks(reasons: Sequence[Reason], code: str, comment: str, *, proofs: int) -> list[str]:
    """Return what an answer « Non applicable » still needs, in French; an empty list when it is complete."""
    if not reasons:
        return [NEVER]
    reason = find(reasons, code)
    if reason is None:
        return ["Choisissez le motif pour lequel ce critère ne s'applique pas."]
    sentences = []
    if reason.needs_text and not comment.strip():
        sentences.append("Expliquez en commentaire pourquoi ce critère ne concerne pas le service.")
    if reason.needs_proof and not proofs:
        sentences.append("Joignez la pièce qui établit le motif choisi.")
    return sentences
