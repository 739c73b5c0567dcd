"""A file that support brings in: recognised by its content, read as a référentiel, every fault placed."""

import hashlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile

from questionnaires.contents import FileRefused
from questionnaires.drafts import DraftVersion
from questionnaires.lint import lint_source
from questionnaires.loader import ancestors
from questionnaires.publishing.archive import unzipped
from questionnaires.publishing.workbook import read_workbook
from questionnaires.publishing.writing import written
from questionnaires.reading import Fault
from questionnaires.sources import Source, Texts, hash_of

MOST_BYTES = 5 * 1024 * 1024
KINDS = (".zip", ".xlsx")


@dataclass(frozen=True)
class Received:
    """What a file amounts to. `texts` is empty while there are faults; `draft` None when nothing could be read."""

    name: str
    size: int
    sha256: str
    draft: DraftVersion | None
    faults: list[Fault]
    texts: dict[str, bytes] = field(default_factory=dict)

    @property
    def content_sha256(self) -> str:
        return hash_of(self.texts) if self.texts else ""


def receive(file: UploadedFile) -> Received:
    """Read a file whole. Raises FileRefused, with one sentence, for what cannot even be opened as a référentiel."""
    name = PurePosixPath((file.name or "fichier").replace("\\", "/")).name[:255]
    kind = PurePosixPath(name).suffix.lower()
    if not file.size:
        raise FileRefused(f"Le fichier « {name} » est vide.")
    if kind not in KINDS:
        raise FileRefused(f"Le fichier « {name} » n'est ni une archive ZIP ni un tableur XLSX.")
    texts = unzipped(file, name) if kind == ".zip" else None
    source: Source = Texts(texts) if texts is not None else read_workbook(file, name)
    draft, faults = examined(source)
    if draft is not None and not faults:
        texts = written(draft) if texts is None else texts
    return Received(name, file.size, _sha256(file), draft, faults, texts if texts and not faults else {})


def examined(source: Source) -> tuple[DraftVersion | None, list[Fault]]:
    """Lint a source against what is published: the version that it follows must be among them."""
    known = ancestors()
    linted = lint_source(source, known)
    faults = list(linted.faults)
    said = linted.draft.evolution if linted.draft else None
    if said and said.version and said.version not in known:
        where = said.place
        faults.append(Fault(where.file, where.line, f"la version précédente « {said.version} » n'est pas publiée ici"))
    return linted.draft, sorted(faults)


def _sha256(file: UploadedFile) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
