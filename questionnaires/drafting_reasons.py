"""Reading why « Non applicable » may be said, and the examples of proofs: the parts of a référentiel that advise."""

from questionnaires.drafts import DraftReason, DraftVersion, Named
from questionnaires.reading import Fault, Table
from questionnaires.sources import Source

REASONS = "motifs.yaml"
LONGEST_EXAMPLE = 400


def read_reasons(source: Source, draft: DraftVersion, faults: list[Fault]) -> None:
    """Read the closed list of a version. Without that file, no criterion admits « Non applicable »."""
    if REASONS not in source.names():
        return
    table = source.table(REASONS, faults)
    if table is None:
        return
    for row in table.tables("reasons", required=True):
        reason = DraftReason(
            code=row.slug("code"),
            text=row.text("text", longest=300),
            needs_text=row.flag("needs_text", default=True),
            needs_proof=row.flag("needs_proof", default=False),
            row=row,
        )
        draft.reasons.append(reason)
    table.close()


def admitted(row: Table) -> Named:
    """Return the codes of the reasons that a questionnaire or a criterion admits; a list that is there is not empty."""
    return row.texts("na_reasons", required=row.has("na_reasons"))


def examples(row: Table) -> dict[str, list[str]]:
    """Return what convinces and what falls short, {} when the criterion gives no example."""
    inner = row.table("examples")
    if inner is None:
        return {}
    found = {key: inner.texts(key, required=True) for key in ("enough", "not_enough")}
    inner.close()
    for text, place in (pair for pairs in found.values() for pair in pairs):
        if len(text) > LONGEST_EXAMPLE:
            place.refuse(f"un exemple dépasse {LONGEST_EXAMPLE} caractères")
        if len(text.splitlines()) > 1:
            place.refuse("un exemple tient sur une ligne")
    return {key: [text for text, _ in pairs] for key, pairs in found.items()}
