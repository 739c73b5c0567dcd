"""Cells as nodes of YAML, each marked with the sheet and the line where it was written."""

from collections.abc import Iterable

from yaml import Mark
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from questionnaires.publishing.cells import Line
from questionnaires.reading import PLAIN_TAG

Pairs = list[tuple[str, Node | None]]


def text(value: str, sheet: str, line: Line, *, keep_blank: bool = False) -> Node | None:
    """Return a text as a node, None for a blank cell: the reader then says which column is missing."""
    return ScalarNode(f"{PLAIN_TAG}str", value, *_marks(sheet, line)) if value or keep_blank else None


def texts(values: Iterable[str], sheet: str, line: Line) -> Node:
    return sequence([node for value in values if (node := text(value, sheet, line))], sheet, line)


def flag(word: str, sheet: str, line: Line) -> Node:
    known = {"oui": "true", "non": "false"}.get(word.casefold())
    return ScalarNode(f"{PLAIN_TAG}{'bool' if known else 'str'}", known or word, *_marks(sheet, line))


def sequence(nodes: list[Node], sheet: str, line: Line) -> Node:
    return SequenceNode(f"{PLAIN_TAG}seq", nodes, *_marks(sheet, line))


def mapping(pairs: Pairs, sheet: str, line: Line) -> Node:
    """Return a mapping, each key where its value stands."""
    named = [
        (ScalarNode(f"{PLAIN_TAG}str", key, node.start_mark, node.end_mark), node)
        for key, node in pairs
        if node is not None
    ]
    return MappingNode(f"{PLAIN_TAG}map", named, *_marks(sheet, line))


def _marks(sheet: str, line: Line) -> tuple[Mark, Mark]:
    mark = Mark(sheet, 0, line.number - 1, 0, None, 0)
    return mark, mark
