"""Sentences an expert may start a motive from: what the référentiel asks, seen against what is on file. Pure.

Nothing here judges: each sentence says a fact of the file or names a point to verify, and the expert keeps, mends or
leaves it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from kit.templatetags.french import long_date

LONGEST_POINT = 400


class Expected(Protocol):
    """What this module reads of a kind of proof that a criterion expects."""

    kind: str

    @property
    def is_written(self) -> bool: ...


@dataclass(frozen=True)
class Proposal:
    """A sentence for the motive, and what to ask the éditeur for if a complement follows from it."""

    key: str
    motive: str
    complement: str


def proposals(
    filed: Mapping[str, Any], expected: Sequence[Expected], not_enough: Sequence[str], *, today: date
) -> tuple[Proposal, ...]:
    """Return what may be said of one criterion, the facts of the file first, then the points to verify."""
    return (
        *_expired(filed["proofs"], today),
        *_missing(filed, expected),
        *_answer(filed),
        *_points(filed["points"]),
        *_insufficient(not_enough),
        *_unproven(filed),
    )


def proposal(found: Sequence[Proposal], key: str) -> Proposal | None:
    return next((one for one in found if one.key == key), None)


def added_to(text: str, sentence: str) -> str:
    """Return a text with one more sentence on a line of its own, unless it already has it."""
    if not sentence or sentence in text:
        return text
    return f"{text.rstrip()}\n{sentence}" if text.strip() else sentence


def _expired(proofs: Sequence[Mapping[str, Any]], today: date) -> Iterator[Proposal]:
    for rank, proof in enumerate(proofs, start=1):
        if proof.get("expires_on") and date.fromisoformat(proof["expires_on"]) < today:
            day = long_date(date.fromisoformat(proof["expires_on"]))
            yield Proposal(
                f"perimee-{rank}",
                f"La preuve « {proof['title']} » n'est plus valable depuis le {day}.",
                f"Remplacez « {proof['title']} » par une preuve en cours de validité.",
            )


def _missing(filed: Mapping[str, Any], expected: Sequence[Expected]) -> Iterator[Proposal]:
    to_join = [one for one in expected if not one.is_written]
    if not filed["proofs"]:
        names = " ; ".join(str(one) for one in to_join) or "une preuve"
        yield Proposal("sans-preuve", f"Aucune preuve n'est jointe. Attendu : {names}.", f"Joignez : {names}.")
        return
    given = {proof["kind"] for proof in filed["proofs"]}
    for rank, one in enumerate(to_join, start=1):
        if one.kind not in given:
            yield Proposal(f"manque-{rank}", f"Il manque une preuve attendue : {one}.", f"Joignez : {one}.")


def _answer(filed: Mapping[str, Any]) -> Iterator[Proposal]:
    if filed["value"] == "not_met":
        yield Proposal(
            "declare-non-conforme",
            "L'éditeur déclare lui-même ne pas être conforme.",
            "Dites ce qui sera mis en place, et à quelle date.",
        )
    if filed["value"] == "not_applicable":
        yield Proposal(
            "non-applicable",
            "Le motif pour lequel l'éditeur dit ce critère non applicable n'est pas établi.",
            "Établissez que ce critère ne s'applique pas, ou répondez-y.",
        )
    if not filed["comment"].strip():
        yield Proposal(
            "sans-explication",
            "La réponse n'est accompagnée d'aucune explication.",
            "Expliquez comment le service répond à l'exigence.",
        )


def _points(points: Sequence[Mapping[str, Any]]) -> Iterator[Proposal]:
    for point in points:
        text = _short(str(point.get("remaining") or point["text"]))
        yield Proposal(
            f"point-{point['code']}",
            f"Point {point['code']} non démontré : {text}",
            f"Démontrez le point {point['code']} : {text}",
        )


def _insufficient(not_enough: Sequence[str]) -> Iterator[Proposal]:
    for rank, text in enumerate(not_enough, start=1):
        yield Proposal(
            f"insuffisant-{rank}",
            f"Ce qui est produit ne suffit pas : {_short(text)}",
            f"Complétez la preuve ; ceci ne suffit pas : {_short(text)}",
        )


def _unproven(filed: Mapping[str, Any]) -> Iterator[Proposal]:
    if filed["proofs"]:
        yield Proposal(
            "non-demontre",
            "Les preuves jointes ne démontrent pas l'exigence.",
            "Joignez une preuve qui démontre l'exigence.",
        )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_POINT else f"{text[:LONGEST_POINT].rsplit(None, 1)[0]} […]"
