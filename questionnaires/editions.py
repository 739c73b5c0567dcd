"""The coverage table of a référentiel: what each edition of the ANS certificates covers, criterion by criterion.

`dispensed_by` says, beside each criterion, which certificates cover it; `couverture.yaml` says which editions exist and,
edition by edition, what is covered in part only, with the duty that remains, or not yet. The rows come from both.
"""

from collections.abc import Iterable, Iterator

from questionnaires.applicability import CERTIFICATES
from questionnaires.certificates import Extent, Row
from questionnaires.drafts import DraftCriterion, DraftEdition, DraftPoint, DraftVersion
from questionnaires.reading import Fault, Place, Table
from questionnaires.sources import Source

COVERAGE = "couverture.yaml"
Covered = DraftCriterion | DraftPoint


def read_editions(source: Source, faults: list[Fault]) -> list[DraftEdition]:
    """Read `couverture.yaml`; no edition when the file is not there."""
    if COVERAGE not in source.names():
        return []
    table = source.table(COVERAGE, faults)
    if table is None:
        return []
    found = [_edition(row) for row in table.tables("editions", required=True)]
    table.close()
    return found


def check_editions(draft: DraftVersion) -> None:
    """Refuse an unknown kind, an edition or a row given twice, a criterion that does not exist or is not covered."""
    parts = {part.code: part for part in _parts(draft)}
    seen: set[tuple[str, str]] = set()
    for edition in draft.editions:
        if edition.kind and edition.kind not in CERTIFICATES:
            edition.row.at("kind").refuse(
                f"le certificat « {edition.kind} » est inconnu ; attendu : {', '.join(CERTIFICATES)}"
            )
        if (edition.kind, edition.code) in seen:
            edition.row.at("code").refuse(f"l'édition « {edition.code} » du certificat {edition.kind} existe déjà")
        seen.add((edition.kind, edition.code))
        _check_rows(edition, parts, draft.words.called("dispensed_by"))
    known = {edition.kind for edition in draft.editions}
    for part in parts.values():
        for kind in part.dispensed_by:
            if kind in CERTIFICATES and kind not in known:
                part.row.at("dispensed_by").refuse(
                    f"{part.code} est dispensé par {kind}, dont {draft.words.called(COVERAGE)} ne décrit aucune édition"
                )


def coverage_of(part: Covered, editions: Iterable[DraftEdition]) -> list[Row]:
    """Return what each edition covers of a criterion or of a point."""
    return [row for edition in editions if (row := _row(part, edition))]


def _edition(row: Table) -> DraftEdition:
    return DraftEdition(
        kind=row.text("kind"),
        code=row.slug("code"),
        title=row.text("title", longest=200),
        partial=row.pairs("partial"),
        without=row.texts("without"),
        row=row,
    )


def _check_rows(edition: DraftEdition, parts: dict[str, Covered], dispensed_by: str) -> None:
    seen: set[str] = set()
    for code, place in _named(edition):
        if code in seen:
            place.refuse(f"{code} figure deux fois dans l'édition « {edition.code} »")
        elif code not in parts:
            place.refuse(f"le critère « {code} » n'existe pas")
        elif edition.kind in CERTIFICATES and edition.kind not in parts[code].dispensed_by:
            place.refuse(
                f"{code} n'est pas dispensé par {edition.kind} : ajoutez-le à « {dispensed_by} », ou ôtez-le d'ici"
            )
        seen.add(code)


def _named(edition: DraftEdition) -> Iterator[tuple[str, Place]]:
    yield from ((code, place) for code, _, place in edition.partial)
    yield from edition.without


def _parts(draft: DraftVersion) -> Iterator[Covered]:
    for criterion in draft.criteria:
        yield criterion
        yield from criterion.points


def _row(part: Covered, edition: DraftEdition) -> Row | None:
    if edition.kind not in part.dispensed_by or part.code in {code for code, _ in edition.without}:
        return None
    remaining = next((text for code, text, _ in edition.partial if code == part.code), "")
    extent = Extent.PARTIAL if remaining else Extent.FULL
    return {"kind": edition.kind, "edition": edition.code, "extent": extent.value, "remaining": remaining}
