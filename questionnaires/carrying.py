"""What the answers of a former sheet become in another: kept, to be confirmed, merged, or left behind with the reason.

Pure: values in, a plan out. It serves a renewal, a major modification, a sister product, and the passage of a draft to
another version. A verdict is never carried: what the experts said belongs to what they judged.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kit.templatetags.french import long_date
from questionnaires.lineage import Descent

ANOTHER_SERVICE = "Elle a été écrite pour un autre service."
COMMENT = "Son explication a été écrite pour une autre candidature."
REWORDED = "L'exigence est formulée autrement dans cette version."
PARTLY_ANSWERED = "Elle ne répondait qu'à une partie de l'exigence : {codes} n'avait pas de réponse."
SPLIT = "L'exigence {code} a été scindée : sa réponse est reprise dans chacune de ses parts."
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
    """What the criteria of the former version became, those that do not keep their code.

    `merged` old code -> new code (merged or renamed), `removed` old codes, `split` old code -> new codes.
    """

    merged: Mapping[str, str] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    split: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, descent: Descent) -> "Lineage":
        """Read a descent (questionnaires/lineage.py); versions that do not follow one another share only their codes."""
        if not descent.related:
            return cls()
        heirs = {old: heir.codes for old, heir in descent.heirs.items()}
        return cls(
            merged={old: codes[0] for old, codes in heirs.items() if len(codes) == 1 and codes[0] != old},
            removed=frozenset(old for old, codes in heirs.items() if not codes),
            split={old: codes for old, codes in heirs.items() if len(codes) > 1},
        )

    def becomes(self, code: str) -> tuple[str, ...]:
        """Return the codes that carry an old one now, none when it was removed."""
        if code in self.removed:
            return ()
        return self.split.get(code) or (self.merged.get(code, code),)

    def is_renamed(self, code: str, target: Target) -> bool:
        """Say whether a criterion is an older one under another code."""
        return self.merged.get(code) == target.code and code not in target.points


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
    """Return what each former answer becomes.

    Each answer that said something is carried, to each part of a criterion that was split, or left with a reason.
    """
    known = {target.code: target for target in targets}
    found: dict[str, list[Former]] = {}
    left: list[Left] = []
    for answer in former:
        if not answer.says_something:
            continue
        heirs = [known[code] for code in lineage.becomes(answer.code) if code in known]
        asked = [target for target in heirs if not target.why_not]
        for target in asked:
            found.setdefault(target.code, []).append(answer)
        if not asked:
            left.append(Left(answer.code, heirs[0].why_not if heirs else _gone(answer.code, lineage)))
    carried = tuple(_carried(known[code], found[code], lineage, rules) for code in known if code in found)
    new = tuple(code for code, target in known.items() if code not in found and not target.why_not)
    return Plan(carried, tuple(left), new)


def _gone(code: str, lineage: Lineage) -> str:
    if code in lineage.removed:
        return "Cette exigence ne figure plus dans le référentiel choisi."
    return "Le référentiel choisi n'a pas cette exigence."


def _carried(target: Target, answers: Sequence[Former], lineage: Lineage, rules: Rules) -> Carried:
    kept = [proof for answer in answers for proof in answer.proofs if not _refusal(proof, rules)]
    reasons = [*_of_words(target, answers, lineage, rules), *_of_proofs(answers, rules)]
    values = list(dict.fromkeys(answer.value for answer in answers if answer.value))
    merged = len(answers) > 1 or not (answers[0].code == target.code or lineage.is_renamed(answers[0].code, target))
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


def _of_words(target: Target, answers: Sequence[Former], lineage: Lineage, rules: Rules) -> list[str]:
    """Why the words must be read again."""
    codes, values = [answer.code for answer in answers], {answer.value for answer in answers}
    renamed = [answer for answer in answers if lineage.is_renamed(answer.code, target)]
    own = next((answer for answer in (*answers, *renamed) if answer in renamed or answer.code == target.code), None)
    split = [code for code in codes if code in lineage.split]
    answered = {*codes, *([target.code] if renamed or split else [])}
    silent = [code for code in (target.code, *target.points) if code not in answered]
    reasons = []
    if rules.other_service:
        reasons.append(ANOTHER_SERVICE)
    reasons += [SPLIT.format(code=code) for code in split]
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
