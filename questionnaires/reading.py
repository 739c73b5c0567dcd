"""YAML read with its line numbers, so that every fault can say where it is. Nothing is ever constructed from a tag."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

PLAIN_TAG = "tag:yaml.org,2002:"
SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
DIGITS = re.compile(r"[0-9]{1,4}")
DEEPEST = 30  # the parser calls itself once a level: a text may not decide how far


@dataclass(frozen=True, order=True)
class Fault:
    """Something wrong in a text file, said as « fichier:ligne : phrase »."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} : {self.sentence}"


@dataclass(frozen=True)
class Place:
    """A line of a file, and the list where its faults go."""

    file: str
    line: int
    faults: list[Fault]

    def refuse(self, sentence: str) -> None:
        self.faults.append(Fault(self.file, self.line, sentence))


@dataclass(frozen=True)
class Words:
    """How a kind of source calls what it holds: a text file has keys, a spreadsheet has columns of other names."""

    noun: str = "la clé"
    flags: str = "true ou false"
    names: Mapping[str, str] = field(default_factory=dict)

    def called(self, key: str) -> str:
        return self.names.get(key, key)


KEYS = Words()


class Table:
    """A mapping being read: each getter notes a fault and returns a neutral value when the text is wrong.

    Its nodes are those of YAML, each with the mark of where it was written: the file, or the sheet, and the line.
    """

    def __init__(self, node: Node | None, file: str, faults: list[Fault], words: Words = KEYS) -> None:
        self.file = file
        self.faults = faults
        self.words = words
        self.place = self._at(node) if node else Place(file, 1, faults)
        self._nodes: dict[str, Node] = {}
        self._read: set[str] = set()
        self._is_mapping = isinstance(node, MappingNode)
        if not isinstance(node, MappingNode):
            self.place.refuse("on attend ici des clés et leurs valeurs (« clé: valeur »)")
            return
        for key, value in node.value:
            name = str(key.value)
            if name in self._nodes:
                self._at(key).refuse(f"{self._called(name)} figure deux fois")
            self._nodes[name] = value

    def text(self, key: str, *, required: bool = True, longest: int = 5000) -> str:
        node = self._take(key, required=required)
        if node is None:
            return ""
        if not isinstance(node, ScalarNode) or node.tag != f"{PLAIN_TAG}str":
            self._at(node).refuse(
                f"« {self.words.called(key)} » attend un texte ; mettez-le entre guillemets si YAML y lit autre chose"
            )
            return ""
        value = node.value.strip()
        if not value:
            self._at(node).refuse(f"« {self.words.called(key)} » est vide")
        if len(value) > longest:
            self._at(node).refuse(f"« {self.words.called(key)} » dépasse {longest} caractères")
        return value

    def slug(self, key: str) -> str:
        value = self.text(key, longest=40)
        if value and not SLUG.fullmatch(value):
            self.at(key).refuse(
                f"« {self.words.called(key)} » n'admet que des minuscules, des chiffres et des tirets, pas « {value} »"
            )
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        node = self._take(key, required=False)
        if node is None:
            return default
        if node.tag != f"{PLAIN_TAG}bool" or node.value not in ("true", "false"):
            self._at(node).refuse(f"« {self.words.called(key)} » attend {self.words.flags}")
            return default
        return node.value == "true"

    def number(self, key: str, *, default: int, highest: int) -> int:
        """Return a whole number from 0 to `highest`; YAML has a number there, a spreadsheet has a text."""
        node = self._take(key, required=False)
        if node is None:
            return default
        if not isinstance(node, ScalarNode) or not DIGITS.fullmatch(node.value) or int(node.value) > highest:
            self._at(node).refuse(f"« {self.words.called(key)} » attend un nombre entier, de 0 à {highest}")
            return default
        return int(node.value)

    def numbers(self, key: str, *, highest: int) -> list[tuple[str, int, Place]]:
        """Return the « name: number » pairs of a mapping, each with its place."""
        node = self._take(key, required=False)
        if node is None:
            return []
        inner = Table(node, self.file, self.faults, self.words)
        return [(name, inner.number(name, default=0, highest=highest), inner.at(name)) for name in inner._nodes]

    def date(self, key: str) -> dt.date:
        node = self._take(key, required=True)
        if node is None:
            return dt.date.min
        try:
            return dt.date.fromisoformat(str(node.value))
        except ValueError:
            self._at(node).refuse(f"« {self.words.called(key)} » attend une date comme 2025-01-31")
            return dt.date.min

    def texts(self, key: str, *, required: bool = False) -> list[tuple[str, Place]]:
        """Return the texts of a list, each with its place."""
        found = []
        for node in self._sequence(key, required=required):
            if isinstance(node, ScalarNode) and node.tag == f"{PLAIN_TAG}str" and node.value.strip():
                found.append((node.value.strip(), self._at(node)))
            else:
                self._at(node).refuse(f"« {self.words.called(key)} » attend une liste de textes")
        return found

    def tables(self, key: str, *, required: bool = False) -> "Iterator[Table]":
        """Yield each mapping of a list, and complain of the keys its reader did not ask for."""
        for node in self._sequence(key, required=required):
            table = Table(node, self.file, self.faults, self.words)
            yield table
            table.close()

    def lists(self, key: str) -> "list[tuple[str, list[tuple[str, Place]], Place]]":
        """Return the « name: [texts] » of a mapping: each name, its texts, its place."""
        node = self._take(key, required=False)
        if node is None:
            return []
        inner = Table(node, self.file, self.faults, self.words)
        return [(name, inner.texts(name, required=True), inner.at(name)) for name in inner._nodes]

    def pairs(self, key: str) -> list[tuple[str, str, Place]]:
        """Return the « name: text » pairs of a mapping, each with its place."""
        node = self._take(key, required=False)
        if node is None:
            return []
        inner = Table(node, self.file, self.faults, self.words)
        return [(name, inner.text(name), inner.at(name)) for name in inner._nodes]

    def has(self, key: str) -> bool:
        return key in self._nodes

    def table(self, key: str) -> "Table | None":
        """Return the mapping under a key, None when the key is missing. Its reader closes it."""
        node = self._take(key, required=False)
        return None if node is None else Table(node, self.file, self.faults, self.words)

    def at(self, key: str) -> Place:
        """Return where the value of a key is, or where the mapping begins when the key is missing."""
        return self._at(self._nodes[key]) if key in self._nodes else self.place

    def close(self) -> None:
        """Refuse the keys that nobody read."""
        for name, node in self._nodes.items():
            if name not in self._read:
                self._at(node).refuse(f"{self._called(name)} est inconnue")

    def _take(self, key: str, *, required: bool) -> Node | None:
        self._read.add(key)
        if key not in self._nodes and required and self._is_mapping:
            self.place.refuse(f"il manque {self._called(key)}")
        return self._nodes.get(key)

    def _sequence(self, key: str, *, required: bool) -> list[Node]:
        node = self._take(key, required=required)
        if node is None:
            return []
        if not isinstance(node, SequenceNode):
            self._at(node).refuse(f"« {self.words.called(key)} » attend une liste")
            return []
        if required and not node.value:
            self._at(node).refuse(f"« {self.words.called(key)} » est vide")
        return list(node.value)

    def _at(self, node: Node) -> Place:
        return Place(node.start_mark.name, node.start_mark.line + 1, self.faults)

    def _called(self, key: str) -> str:
        return f"{self.words.noun} « {self.words.called(key)} »"


def read_table(name: str, content: bytes | None, faults: list[Fault]) -> Table | None:
    """Read a text whose content is a mapping. Return None, with the fault noted, when it is not safe plain YAML."""
    if content is None:
        faults.append(Fault(name, 1, "le fichier manque"))
        return None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        faults.append(Fault(name, 1, "le fichier n'est pas en UTF-8"))
        return None
    try:
        node = _composed(name, text, faults)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults.append(Fault(name, mark.line + 1 if mark else 1, f"ce n'est pas du YAML lisible ({error.problem})"))
        return None
    except yaml.YAMLError:
        faults.append(Fault(name, 1, "le fichier contient un caractère interdit en YAML"))
        return None
    return node if node is None else Table(node[0], name, faults)


def _composed(name: str, text: str, faults: list[Fault]) -> tuple[Node | None] | None:
    """Return the tree of a text, in a tuple since an empty text has none; None when it is too clever to be read."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        problem = _cleverness(event) or ("trop de niveaux s'emboîtent" if depth > DEEPEST else "")
        if problem:
            faults.append(Fault(name, event.start_mark.line + 1 if event.start_mark else 1, problem))
            return None
    loader: Any = yaml.SafeLoader(text)
    loader.name = name  # the marks of its nodes say where they are
    return (loader.get_single_node(),)


def _cleverness(event: yaml.Event) -> str:
    """Refuse anchors, aliases and explicit tags: they have no use here and have been used to harm."""
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return "les ancres et les alias de YAML sont interdits"
    return "les étiquettes « ! » de YAML sont interdites" if getattr(event, "tag", None) else ""
