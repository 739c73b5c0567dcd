"""A référentiel as a spreadsheet, in the shape that an import reads: what goes out comes back the same."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from questionnaires.drafts import (
    DraftCriterion,
    DraftEvolution,
    DraftPoint,
    DraftQuestionnaire,
    DraftVariable,
    DraftVersion,
    Named,
)
from questionnaires.models import Variable
from questionnaires.publishing import columns as at
from questionnaires.publishing import scale

Row = list[str]
LETTERS = {tuple(certificates): letter for letter, certificates in at.DISPENSATIONS.items() if letter}
WIDE = frozenset(
    {"exigence", "conseils", "question", "aide", "phrase", "valeur", "présentation", "preuves"}
    | {"suffit", "ne suffit pas", "motif", "reste à prouver"}
)


def workbook_of(draft: DraftVersion) -> bytes:
    """Return the bytes of a spreadsheet. Every cell is a text: nothing in it can be run."""
    book = Workbook(write_only=True)
    sheets: dict[str, Iterable[Row]] = {
        at.VERSION: _version(draft),
        at.CRITERIA: _criteria(draft),
        at.ORIENTATION: (_variable(variable) for variable in draft.variables),
        at.RULES: ([rule.when, rule.then, rule.sentence, _yes(rule.blocking)] for rule in draft.rules),
        at.QUESTIONNAIRES: (_questionnaire(questionnaire) for questionnaire in draft.questionnaires),
        at.SECTIONS: (
            [questionnaire.code, section.code, section.advice]
            for questionnaire in draft.questionnaires
            for section in questionnaire.sections
            if section.advice
        ),
        at.EVOLUTION: _evolution(draft.evolution) if draft.evolution else (),
        at.CERTIFICATES: ([edition.kind, edition.code, edition.title] for edition in draft.editions),
        at.COVERAGE: _coverage(draft),
        at.REASONS: (
            [reason.code, reason.text, _yes(reason.needs_text), _yes(reason.needs_proof)] for reason in draft.reasons
        ),
        at.SCALE: scale.rows(draft),
    }
    for name, rows in sheets.items():
        _fill(book.create_sheet(name), at.COLUMNS[name], rows)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(sheet: Any, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    for rank, column in enumerate(columns):
        sheet.column_dimensions[chr(ord("A") + rank)].width = 60 if column in WIDE else 18
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, column, bold=True) for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Any, value: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"  # a text that begins with « = » stays a text
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell


def _yes(value: bool) -> str:
    return "oui" if value else "non"


def _version(draft: DraftVersion) -> Iterator[Row]:
    yield ["code", draft.code]
    yield ["titre", draft.title]
    yield ["présentation", draft.summary]
    yield ["origine", draft.source]
    yield ["en vigueur le", draft.effective_on.isoformat()]
    yield ["ouverte", _yes(draft.is_open)]
    if draft.evolution:
        yield [at.FOLLOWS, draft.evolution.version]


def _questionnaire(draft: DraftQuestionnaire) -> Row:
    return [draft.code, draft.title, draft.intro, _yes(draft.is_answered), _codes(draft.na_reasons)]


def _codes(named: Named) -> str:
    return " ; ".join(code for code, _ in named)


def _coverage(draft: DraftVersion) -> Iterator[Row]:
    for edition in draft.editions:
        for code, remaining, _ in edition.partial:
            yield [edition.kind, edition.code, code, at.PARTIAL, remaining]
        for code, _ in edition.without:
            yield [edition.kind, edition.code, code, at.NOT_YET, ""]


def _criteria(draft: DraftVersion) -> Iterator[Row]:
    for questionnaire in draft.questionnaires:
        for section in questionnaire.sections:
            place = [section.code, section.title, questionnaire.title]
            for criterion in section.criteria:
                yield _row(place, criterion, at.KEPT, criterion)
                for point in criterion.points:
                    yield _row(place, point, f"{at.MERGED}{criterion.code}", None)


def _row(place: list[str], part: DraftCriterion | DraftPoint, simplified: str, whole: DraftCriterion | None) -> Row:
    details = [f"{kind} {detail}".strip() for kind, detail in whole.proofs] if whole else []
    joint = "\n" if any(" ; " in detail for detail in details) else " ; "
    return [
        part.code.partition("-")[0],
        *place,
        part.code,
        part.text,
        part.condition,
        at.LEVEL_LETTERS[part.level],
        joint.join(details) + ("\n" if joint == "\n" else ""),
        simplified,
        LETTERS[tuple(sorted(part.dispensed_by))],
        whole.profile if whole else "",
        "",
        *(_advice(whole) if whole else ()),
    ]


def _advice(criterion: DraftCriterion) -> Row:
    return [
        criterion.guidance,
        _codes(criterion.na_reasons),
        "oui" if criterion.never_na else "",
        *("\n".join(criterion.examples.get(key, [])) for key in ("enough", "not_enough")),
        "oui" if criterion.double_evaluation else "",
        str(criterion.weight) if criterion.weight != 1 else "",
    ]


def _variable(variable: DraftVariable) -> Row:
    return [
        variable.step,
        variable.code,
        variable.label,
        variable.help,
        str(Variable.Kind(variable.kind).label),
        variable.statement,
        variable.negation,
        "\n".join(f"{code} = {label}" for code, label in variable.choices),
        variable.derived_from,
        variable.asked_if,
    ]


def _evolution(said: DraftEvolution) -> Iterator[Row]:
    aside = {code: [_yes(answer), _yes(proofs)] for code, answer, proofs, _ in said.set_aside}
    words = {key: word for word, key in at.FATES.items()}
    rows = [(old, words["renamed"], new) for old, new, _ in said.renamed]
    rows += [(old, words["merged"], new) for old, new, _ in said.merged]
    rows += [(old, words["split"], " ; ".join(code for code, _ in new)) for old, new, _ in said.split]
    rows += [(old, words["removed"], "") for old, _ in said.removed]
    for old, word, new in rows:
        yield [old, word, new, *aside.pop(old, ["", ""])]
    for code, kept in aside.items():
        yield [code, at.SAME, "", *kept]
    for old, new, _ in said.renamed_variables:
        yield [old, words["renamed_variables"], new, "", ""]
