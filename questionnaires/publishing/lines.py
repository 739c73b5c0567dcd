"""One line of a sheet as a node: a question, a rule, a reason, what the cells of a criterion hold."""

from yaml.nodes import Node

from questionnaires.publishing import columns as at
from questionnaires.publishing.cells import Line
from questionnaires.publishing.nodes import Pairs, flag, mapping, text, texts


def variable(line: Line) -> Node:
    sheet = at.ORIENTATION
    choices: Pairs = []
    for choice in filter(None, (part.strip() for part in line["choix"].splitlines())):
        code, _, label = choice.partition("=")
        choices.append((code.strip(), text(label.strip(), sheet, line, keep_blank=True)))
    pairs: Pairs = [
        ("code", text(line["code"], sheet, line)),
        ("label", text(line["question"], sheet, line)),
        ("help", text(line["aide"], sheet, line)),
        ("statement", text(line["oui"], sheet, line)),
        ("negation", text(line["non"], sheet, line)),
        ("kind", text(at.KINDS.get(line["nature"].casefold(), line["nature"]), sheet, line)),
        ("choices", mapping(choices, sheet, line) if choices else None),
        ("derived_from", text(line["se déduit de"], sheet, line)),
        ("asked_if", text(line["posée si"], sheet, line)),
    ]
    return mapping(pairs, sheet, line)


def rule(line: Line) -> Node:
    pairs: Pairs = [
        ("when", text(line["si"], at.RULES, line)),
        ("then", text(line["alors"], at.RULES, line)),
        ("sentence", text(line["phrase"], at.RULES, line)),
        ("blocking", flag(line["bloquante"] or "oui", at.RULES, line)),
    ]
    return mapping(pairs, at.RULES, line)


def carried(line: Line) -> Node | None:
    """What a line of « Évolution » keeps of an answer; None when it keeps all, which goes without saying."""
    keeps = [(key, line[at.NAMES[key]].casefold()) for key in ("keep_answer", "keep_proofs")]
    if all(word in ("", "oui") for _, word in keeps):
        return None
    pairs: Pairs = [("code", text(line["ancien"], at.EVOLUTION, line))]
    pairs += [(key, flag(word or "oui", at.EVOLUTION, line)) for key, word in keeps]
    return mapping(pairs, at.EVOLUTION, line)


def proofs(cell: str) -> list[str]:
    """Proofs stand one a line, or are set apart by semicolons."""
    parts = cell.splitlines() if "\n" in cell else cell.split(" ; ")
    return [part.strip() for part in parts if part.strip()]


def reason(line: Line) -> Node:
    pairs: Pairs = [
        ("code", text(line["code"], at.REASONS, line)),
        ("text", text(line["motif"], at.REASONS, line)),
    ]
    pairs += [(key, said(line, at.NAMES[key], at.REASONS)) for key in ("needs_text", "needs_proof")]
    return mapping(pairs, at.REASONS, line)


def said(line: Line, column: str, sheet: str) -> Node | None:
    """Return « oui » or « non » as a node, None for a blank cell: the reader then has its own default."""
    return flag(line[column], sheet, line) if line[column] else None


def admitted(line: Line, sheet: str) -> Node | None:
    """Return the reasons that a criterion or a questionnaire admits, set apart by semicolons."""
    cell = line["motifs"]
    return texts((code.strip() for code in cell.split(";")), sheet, line) if cell else None


def examples(line: Line) -> Node | None:
    """Return what convinces and what falls short, one example a line."""
    cells = {key: line[at.NAMES[key]] for key in ("enough", "not_enough")}
    pairs: Pairs = [(key, _examples(cell, line)) for key, cell in cells.items() if cell]
    return mapping(pairs, at.CRITERIA, line) if pairs else None


def _examples(cell: str, line: Line) -> Node:
    return texts((example.strip() for example in cell.splitlines()), at.CRITERIA, line)
