"""What the answers of a former sheet become in another: kept, to be confirmed, merged, or left behind with the reason.

Pure: values in, a plan out. It serves a renewal, a major modification, a sister product, and the passage of a draft to
another version. A verdict is never carried: what the experts said belongs to what they judged.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from kit.templatetags.french import long_date

ANOTHER_SERVICE = "Elle a été écrite pour un autre service."
COMMENT = "Son explication a été écrite pour une autre candidature."
REWORDED = "L'exigence est formulée autrement dans cette version."
PARTLY_ANSWERED = "Elle ne répondait qu'à une partie de l'exigence : {codes} n'avait pas de réponse."
SEVERAL = "Elle réunit les réponses à {codes}."
DIFFERENT_VALUES = "Les réponses à {codes} n'étaient pas les mêmes."


class Fate(StrEnum):
    KEPT = "kept"
    TO_CONFIRM = "to_confirm"
    MERGED = "merged"


@dataclass(frozen=True)
class Proof:
    """A proof given for an answer; `dated` is the day it was issued, or deposited when nobody said. `key` is yours."""

    key: int
    title: str
    dated: dt.date
    note: str = ""
    expires_on: dt.date | None = None
    is_infected: bool = False


@dataclass(frozen=True)
class Former:
    """One answer of the former sheet, with the words of the criterion that it answered."""

    code: str
    text: str
    value: str
    comment: str = ""
    proofs: tuple[Proof, ...] = ()

    @property
    def says_something(self) -> bool:
        return bool(self.value or self.comment.strip() or self.proofs)


@dataclass(frozen=True)
class Target:
    """A criterion of the new sheet. `why_not` says why it is not asked, "" when it is; `points` are its merged codes."""

    code: str
    text: str
    points: tuple[str, ...] = ()
    why_not: str = ""


@dataclass(frozen=True)
class Lineage:
    """What the criteria of the former version became: `merged` old code -> new code, `removed` old codes."""

    merged: Mapping[str, str] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()

    def becomes(self, code: str) -> str:
        """Return the code that carries an old one now, "" when it was removed."""
        return "" if code in self.removed else self.merged.get(code, code)


@dataclass(frozen=True)
class Rules:
    """`today`, the day before which a proof is too old, and whether the answers were written for another service."""

    today: dt.date
    oldest_proof: dt.date
    other_service: bool = False


@dataclass(frozen=True)
class Carried:
    """The answer of a criterion of the new sheet: `sources` are the old codes, `reasons` why it must be confirmed."""

    code: str
    fate: Fate
    value: str
    comment: str
    proofs: tuple[Proof, ...]
    sources: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def to_confirm(self) -> bool:
        return bool(self.reasons)


@dataclass(frozen=True)
class Left:
    """An answer that is not carried, and why."""

    code: str
    reason: str


@dataclass(frozen=True)
class Plan:
    """`carried` in the order of the new sheet, `left` in that of the former; `new` are the criteria without answer."""

    carried: tuple[Carried, ...]
    left: tuple[Left, ...]
    new: tuple[str, ...]

    def of(self, fate: Fate) -> list[Carried]:
        return [one for one in self.carried if one.fate == fate]

    @property
    def to_confirm(self) -> list[Carried]:
        return [one for one in self.carried if one.to_confirm]


def carry(former: Iterable[Former], targets: Iterable[Target], lineage: Lineage, rules: Rules) -> Plan:
    """Return what each former answer becomes. Each answer that said something is carried once, or left with a reason."""
    known = {target.code: target for target in targets}
    found: dict[str, list[Former]] = {}
    left: list[Left] = []
    for answer in former:
        if not answer.says_something:
            continue
        target = known.get(lineage.becomes(answer.code))
        if target is None or target.why_not:
            left.append(Left(answer.code, target.why_not if target else _gone(answer.code, lineage)))
        else:
            found.setdefault(target.code, []).append(answer)
    carried = tuple(_carried(known[code], found[code], rules) for code in known if code in found)
    new = tuple(code for code, target in known.items() if code not in found and not target.why_not)
    return Plan(carried, tuple(left), new)


def lineage_between(old: str, new: str, lineages: Mapping[str, Mapping[str, Any]]) -> Lineage:
    """Follow the versions from the new one back to the old one, each saying what it made of the one before.

    `lineages` gives `Version.lineage` by code of version. Versions that do not follow one another share the codes that
    they have in common, and nothing else is known of them.
    """
    steps: list[Mapping[str, Any]] = []
    code = new
    while code != old:
        step = lineages.get(code) or {}
        if not step or len(steps) > len(lineages):
            return Lineage()
        steps.insert(0, step)
        code = step["version"]
    merged: dict[str, str] = {}
    removed: set[str] = set()
    for step in steps:
        merged = {source: step["merged"].get(target, target) for source, target in merged.items()}
        merged = {**step["merged"], **merged}
        removed |= set(step["removed"]) | {source for source, target in merged.items() if target in step["removed"]}
    return Lineage(merged, frozenset(removed))


def _gone(code: str, lineage: Lineage) -> str:
    if code in lineage.removed:
        return "Cette exigence ne figure plus dans le référentiel choisi."
    return "Le référentiel choisi n'a pas cette exigence."


def _carried(target: Target, answers: Sequence[Former], rules: Rules) -> Carried:
    kept = [proof for answer in answers for proof in answer.proofs if not _refusal(proof, rules)]
    reasons = [*_of_words(target, answers, rules), *_of_proofs(answers, rules)]
    values = list(dict.fromkeys(answer.value for answer in answers if answer.value))
    merged = [answer.code for answer in answers] != [target.code]
    fate = Fate.MERGED if merged else Fate.TO_CONFIRM if reasons else Fate.KEPT
    return Carried(
        code=target.code,
        fate=fate,
        value=values[0] if len(values) == 1 else "",
        comment=_comment(answers),
        proofs=tuple({proof.key: proof for proof in kept}.values()),
        sources=tuple(answer.code for answer in answers),
        reasons=tuple(dict.fromkeys(reasons)),
    )


def _of_words(target: Target, answers: Sequence[Former], rules: Rules) -> list[str]:
    """Why the words must be read again."""
    codes, values = [answer.code for answer in answers], {answer.value for answer in answers}
    own = next((answer for answer in answers if answer.code == target.code), None)
    silent = [code for code in (target.code, *target.points) if code not in codes]
    reasons = []
    if rules.other_service:
        reasons.append(ANOTHER_SERVICE)
    if len(answers) > 1:
        reasons.append(SEVERAL.format(codes=_listed(codes)))
    if len(values) > 1:
        reasons.append(DIFFERENT_VALUES.format(codes=_listed(codes)))
    if codes != [target.code] and silent:
        reasons.append(PARTLY_ANSWERED.format(codes=_listed(silent)))
    if own and own.text.split() != target.text.split():
        reasons.append(REWORDED)
    if any(answer.comment.strip() for answer in answers):
        reasons.append(COMMENT)
    return reasons


def _of_proofs(answers: Sequence[Former], rules: Rules) -> list[str]:
    """Why its proofs must be looked at again: those left behind, those kept but old."""
    reasons = []
    for proof in (proof for answer in answers for proof in answer.proofs):
        if refusal := _refusal(proof, rules):
            reasons.append(refusal)
        elif proof.dated < rules.oldest_proof:
            reasons.append(f"La preuve « {proof.title} » date du {long_date(proof.dated)} : est-elle encore exacte ?")
    return reasons


def _refusal(proof: Proof, rules: Rules) -> str:
    if proof.is_infected:
        return f"La preuve « {proof.title} » contient un virus : elle n'est pas reprise."
    if proof.expires_on and proof.expires_on < rules.today:
        return f"La preuve « {proof.title} » a expiré le {long_date(proof.expires_on)} : elle n'est pas reprise."
    return ""


def _comment(answers: Sequence[Former]) -> str:
    """One comment as it was; several each under the code of its requirement."""
    said = [(answer.code, answer.comment.strip()) for answer in answers if answer.comment.strip()]
    if len(answers) == 1:
        return said[0][1] if said else ""
    return "\n\n".join(f"{code} : {comment}" for code, comment in said)


def _listed(codes: Sequence[str]) -> str:
    *head, last = codes
    return f"{', '.join(head)} et {last}" if head else last
