"""Text files in and out of a ZIP archive. What comes in is opened in memory, never unpacked on the disk."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath

from django.core.files import File

from questionnaires.contents import UNREADABLE, Damaged, FileRefused, check_zip

MOST_FILES = 60
MOST_OF_ONE = 1024 * 1024
MOST_OF_ALL = 4 * 1024 * 1024
LITTER = ("__MACOSX/",)
A_DAY = (2020, 1, 1, 0, 0, 0)  # the same texts make the same archive, whenever it is made


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of text files, in alphabetical order; the same files always give the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, A_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, files[name])
    return stream.getvalue()


def unzipped(file: File, name: str) -> dict[str, bytes]:
    """Return the files of an archive, by name. One folder around them all is taken off, as people zip folders.

    Raises FileRefused with one sentence for what is no archive, or one that would do harm.
    """
    _refuse_by_contents(file, name)
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        entries = [
            entry for entry in archive.infolist() if not entry.is_dir() and not entry.filename.startswith(LITTER)
        ]
        _refuse_by_size(entries, name)
        if not entries:
            raise FileRefused(f"L'archive « {name} » est vide.")
        names = _flat([entry.filename for entry in entries], name)
        try:
            return {flat: archive.read(entry) for flat, entry in zip(names, entries, strict=True)}
        except UNREADABLE as error:
            raise FileRefused(f"L'archive « {name} » est abîmée : refaites-la.") from error


def _refuse_by_contents(file: File, name: str) -> None:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_by_size(archive.infolist(), name)
        check_zip(file, name)
    except (Damaged, *UNREADABLE) as error:
        raise FileRefused(f"Le fichier « {name} » n'est pas une archive ZIP lisible.") from error


def _refuse_by_size(entries: list[zipfile.ZipInfo], name: str) -> None:
    if len(entries) > MOST_FILES:
        raise FileRefused(f"L'archive « {name} » contient plus de {MOST_FILES} fichiers : ce n'est pas un référentiel.")
    heavy = next((entry for entry in entries if entry.file_size > MOST_OF_ONE), None)
    if heavy or sum(entry.file_size for entry in entries) > MOST_OF_ALL:
        raise FileRefused(
            f"L'archive « {name} » se décompresse en un volume démesuré : un fichier tient en 1 Mo, tous en 4 Mo."
        )


def _flat(paths: list[str], name: str) -> list[str]:
    parts = [PurePosixPath(path.replace("\\", "/")).parts for path in paths]
    depth = 1 if all(len(part) == 2 and part[0] == parts[0][0] for part in parts) else 0
    flat = ["/".join(part[depth:]) for part in parts]
    nested = next((path for path in flat if "/" in path), None)
    if nested:
        raise FileRefused(
            f"L'archive « {name} » range « {nested} » dans un dossier : mettez tous les fichiers ensemble."
        )
    if len(set(flat)) < len(flat):
        twice = next(path for path in flat if flat.count(path) > 1)
        raise FileRefused(f"L'archive « {name} » contient deux fois « {twice} ».")
    return flat
