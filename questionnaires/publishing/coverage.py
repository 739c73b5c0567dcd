"""The sheets « Certificats » and « Couverture » as `couverture.yaml` has them: editions, each with its own rows."""

from collections import defaultdict
from collections.abc import Collection

from yaml.nodes import Node

from questionnaires.publishing import columns as at
from questionnaires.publishing.cells import Line
from questionnaires.publishing.nodes import Pairs, mapping, sequence, text
from questionnaires.reading import Fault

Edition = tuple[str, str]


def coverage(sheets: dict[str, list[Line]], faults: list[Fault]) -> Node | None:
    """Return the editions with what they cover, None when there are none. A row that belongs nowhere is a fault."""
    editions = sheets[at.CERTIFICATES]
    known = {_named(line) for line in editions}
    rows: dict[Edition, list[Line]] = defaultdict(list)
    for line in sheets[at.COVERAGE]:
        problem = _problem(line, known)
        if problem:
            faults.append(Fault(at.COVERAGE, line.number, problem))
        else:
            rows[_named(line)].append(line)
    if not editions:
        return None
    start = Line(1, {})
    nodes = [_edition(line, rows[_named(line)]) for line in editions]
    return mapping([("editions", sequence(nodes, at.CERTIFICATES, start))], at.CERTIFICATES, start)


def _named(line: Line) -> Edition:
    return line["nature"], line["édition"]


def _problem(line: Line, known: Collection[Edition]) -> str:
    kind, edition = _named(line)
    extent, remaining = line["étendue"].casefold(), line["reste à prouver"]
    if _named(line) not in known:
        return f"l'édition « {edition} » du certificat {kind} n'est pas dans la feuille « {at.CERTIFICATES} »"
    if not line["critère"]:
        return "il manque la valeur de « critère »"
    if extent not in (at.PARTIAL, at.NOT_YET):
        return f"« {line['étendue']} » n'est pas une étendue ; attendu : {at.PARTIAL}, {at.NOT_YET}"
    if extent == at.PARTIAL and not remaining:
        return "il manque la valeur de « reste à prouver »"
    if extent == at.NOT_YET and remaining:
        return f"« reste à prouver » ne se dit que d'une couverture {at.PARTIAL}"
    return ""


def _edition(line: Line, rows: list[Line]) -> Node:
    partial: Pairs = [
        (row["critère"], text(row["reste à prouver"], at.COVERAGE, row))
        for row in rows
        if row["étendue"].casefold() == at.PARTIAL
    ]
    without = [
        node
        for row in rows
        if row["étendue"].casefold() == at.NOT_YET and (node := text(row["critère"], at.COVERAGE, row))
    ]
    pairs: Pairs = [
        ("kind", text(line["nature"], at.CERTIFICATES, line)),
        ("code", text(line["édition"], at.CERTIFICATES, line)),
        ("title", text(line["titre"], at.CERTIFICATES, line)),
        ("partial", mapping(partial, at.CERTIFICATES, line) if partial else None),
        ("without", sequence(without, at.CERTIFICATES, line) if without else None),
    ]
    return mapping(pairs, at.CERTIFICATES, line)
