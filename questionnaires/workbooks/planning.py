"""The dry run: line by line, what a workbook would change and what is wrong. Reads, and writes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from questionnaires import words
from questionnaires.models import Answer, Sheet
from questionnaires.na_reasons import Reason, objection
from questionnaires.sheets import Item, overview
from questionnaires.workbooks.columns import LABELS, LONGEST_COMMENT, MARK, fingerprint, folded, tidy
from questionnaires.workbooks.intake import Line, Reading

VALUES = {folded(label): value for value, label in Answer.Value.choices} | {"": ""}
CLOSED = "La candidature est déposée : les réponses ne peuvent plus changer."
TARGETED = "Seuls les critères nommés par la demande de compléments peuvent changer."


class Fate(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    CONFLICT = "conflict"
    WRONG = "wrong"


@dataclass(frozen=True)
class Said:
    """An answer in full: what was chosen, the explanation, and the reason given for « Non applicable »."""

    value: str
    comment: str
    reason: Reason | None = None

    @property
    def label(self) -> str:
        if not self.value:
            return "Pas de réponse"
        return f"{Answer.Value(self.value).label}{f' ({self.reason.text})' if self.reason else ''}"

    @property
    def reason_code(self) -> str:
        return self.reason.code if self.reason else ""

    @property
    def print(self) -> str:
        return fingerprint(self.value, self.comment, self.reason_code)


@dataclass(frozen=True)
class Planned:
    """What would become of one line: `now` is on file, `then` what the workbook says, both None when it is no criterion.

    `by` names who wrote what is on file; `reasons` are sentences, for a line that is wrong.
    """

    number: int
    code: str
    fate: Fate
    item: Item | None = None
    now: Said = Said("", "")
    then: Said = Said("", "")
    reasons: tuple[str, ...] = ()

    @property
    def by(self) -> str:
        answer = self.item.answer if self.item else None
        return str(answer.updated_by) if answer and answer.updated_by else ""

    @cached_property
    def comment(self) -> tuple[words.Piece, ...]:
        return words.shortened(words.compare(self.now.comment, self.then.comment))

    @property
    def erases(self) -> bool:
        """Whether something that was said would be said no more."""
        return bool((self.now.value and not self.then.value) or (self.now.comment and not self.then.comment))


@dataclass(frozen=True)
class Plan:
    reading: Reading
    lines: tuple[Planned, ...]

    def of(self, fate: Fate) -> list[Planned]:
        return [line for line in self.lines if line.fate == fate]

    @cached_property
    def wrong(self) -> list[Planned]:
        return self.of(Fate.WRONG)

    @cached_property
    def conflicts(self) -> list[Planned]:
        return self.of(Fate.CONFLICT)

    @cached_property
    def changed(self) -> list[Planned]:
        return self.of(Fate.CHANGED)

    @cached_property
    def same(self) -> list[Planned]:
        return self.of(Fate.SAME)

    @property
    def may_be_confirmed(self) -> bool:
        return not self.wrong and bool(self.changed or self.conflicts)

    @cached_property
    def seal(self) -> str:
        """What a confirmation must send back: it stands for this very plan, on these very answers."""
        parts = [self.reading.sha256]
        parts += [f"{one.number} {one.code} {one.fate} {one.item.edition if one.item else ''}" for one in self.lines]
        return sha256("\n".join(parts).encode()).hexdigest()


def plan(reading: Reading, sheet: Sheet) -> Plan:
    """Say what each line would do to the sheet as it is now. Four queries."""
    items = {folded(item.code): item for item in overview(sheet).items}
    first: dict[str, int] = {}
    lines = []
    for line in reading.lines:
        key = folded(line.code)
        lines.append(_planned(line, items.get(key), first.get(key), sheet.writing))
        first.setdefault(key, line.number)
    return Plan(reading, tuple(lines))


def _planned(line: Line, item: Item | None, before: int | None, writing: str) -> Planned:
    then = _said(line, item)
    reasons = tuple(_unfit(line, item, before))
    if item is None or reasons:
        return Planned(line.number, line.code, Fate.WRONG, item, then=then, reasons=reasons)
    answer = item.answer
    now = Said(answer.value, tidy(answer.comment), item.reason) if answer else Said("", "")
    fate, reasons = _fate(line, item, now, then, writing)
    return Planned(line.number, item.code, fate, item, now, then, reasons)


def _said(line: Line, item: Item | None) -> Said:
    """What a line answers. Without a column for it, the reason on file still holds."""
    value = VALUES.get(folded(line.value), "")
    if item is None or value != Answer.Value.NOT_APPLICABLE:
        return Said(value, line.comment)
    if line.reason is None:
        return Said(value, line.comment, item.reason)
    return Said(value, line.comment, _reason(item, line.reason))


def _reason(item: Item, text: str) -> Reason | None:
    """Find an admissible reason by its words or by its code."""
    wanted = folded(text)
    return next((one for one in item.criterion.reasons if wanted in (folded(one.text), folded(one.code))), None)


def _unfit(line: Line, item: Item | None, before: int | None) -> Iterator[str]:
    """What is wrong with a line whatever is on file."""
    yield from line.faults
    if not line.code:
        if not line.faults:
            yield "La ligne n'a pas d'ID : on ne sait pas de quel critère elle parle."
        return
    if item is None:
        yield f"Le critère « {line.code} » n'existe pas dans la version du référentiel de cette candidature."
    elif before is not None:
        yield f"Le critère {item.code} est déjà donné à la ligne {before} : gardez une seule des deux."
    if folded(line.value) not in VALUES:
        yield f"La réponse « {line.value} » n'est pas l'une de celles admises ({', '.join(LABELS)})."
    elif item is not None and VALUES[folded(line.value)] == Answer.Value.NOT_APPLICABLE:
        yield from _inadmissible(line, item)
    if len(line.comment) > LONGEST_COMMENT:
        yield f"L'explication compte {len(line.comment)} caractères : la limite est de {LONGEST_COMMENT}."


def _inadmissible(line: Line, item: Item) -> Iterator[str]:
    if sentence := objection(item.criterion.reasons, ""):
        yield sentence
    elif line.reason and _reason(item, line.reason) is None:
        admitted = " ; ".join(reason.text for reason in item.criterion.reasons)
        yield f"Le motif « {line.reason} » n'est pas admis pour {item.code}. Motifs admis : {admitted}"


def _fate(line: Line, item: Item, now: Said, then: Said, writing: str) -> tuple[Fate, tuple[str, ...]]:
    """Compare three texts: what was exported, what is on file, what comes back.

    A line that says what was exported touches nothing, though a colleague has changed the answer since.
    """
    mine, theirs = then.print, now.print
    exported = MARK.fullmatch(line.mark)
    known = exported.group(1) if exported else ""
    if not line.mark and not item.edition:
        known = fingerprint("", "")  # a line added by hand, for a criterion that nobody has answered
    if mine in (theirs, known):
        return Fate.SAME, ()
    if refusal := _closed(item, writing):
        return Fate.WRONG, (refusal,)
    if not known:
        return Fate.WRONG, (
            "La colonne « Édition » ne dit plus à quelle réponse cette ligne fait suite : repartez d'un nouvel export.",
        )
    return (Fate.CHANGED if known == theirs else Fate.CONFLICT), ()


def _closed(item: Item, writing: str) -> str:
    if not item.criterion.section.questionnaire.is_answered:
        return "Ce jalon est constaté par les tests techniques ; il n'appelle pas de réponse ici."
    if not item.verdict.applies:
        return item.verdict.because
    if item.may_change:
        return ""
    return CLOSED if writing == Sheet.Writing.CLOSED else TARGETED
