"""Where the texts of a référentiel come from. All that is read from them is read the same way."""

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Protocol

from questionnaires.reading import Fault, Table, read_table


class Source(Protocol):
    """Something that holds the tables of a référentiel under the names of its files."""

    def names(self) -> Collection[str]: ...

    def table(self, name: str, faults: list[Fault]) -> Table | None:
        """Return a table, or None with the fault noted."""
        ...


class Texts:
    """Text files already in memory: those of an archive, or of a version kept in the database."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    def names(self) -> Collection[str]:
        return set(self.files)

    def table(self, name: str, faults: list[Fault]) -> Table | None:
        return read_table(name, self.files.get(name), faults)


class Folder:
    """A folder of the disk."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def names(self) -> Collection[str]:
        return {path.name for path in self.path.iterdir()}

    def table(self, name: str, faults: list[Fault]) -> Table | None:
        path = self.path / name
        return read_table(name, path.read_bytes() if path.is_file() else None, faults)


def texts_of(folder: Path) -> dict[str, bytes]:
    """Return the text files of a folder."""
    return {path.name: path.read_bytes() for path in folder.glob("*.yaml")}


def hash_of(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of text files, each as its name, its length and its bytes, in alphabetical order."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\n{len(files[name])}\n".encode())
        digest.update(files[name])
    return digest.hexdigest()
