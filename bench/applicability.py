"""Applicability and completeness of the full référentiel, at 1×, 2× and 4× its criteria: queries and milliseconds.

One sheet is read whole as the check page and the guard read it (overview, then what is missing), and a change of its
orientation is foreseen as the confirmation page shows it. Each size is made in one embedded database.
"""

import json
import sys
from typing import Any

from bench import ground

SIZES = (1, 2, 4)
TIMES = 15
QUERIES = 4
HEADER = (
    "Référentiel",
    f"Queries (target ≤ {QUERIES})",
    "Read and complete (ms of work)",
    "Per criterion (µs)",
    "Foresee a change (ms of work)",
    "Queries of a change",
)


def run() -> str:
    """Return the measures as a Markdown table."""
    rows = []
    for factor in SIZES:
        found = ground.elsewhere("applicability", str(factor))
        rows.append(
            (
                f"{factor}× ({found['criteria']} criteria)",
                found["queries"],
                f"{found['reading']:.1f}",
                f"{1000 * found['reading'] / found['criteria']:.0f}",
                f"{found['foreseeing']:.1f}",
                found["change_queries"],
            )
        )
    return ground.table(HEADER, rows)


def measure(factor: int) -> dict[str, Any]:
    from django.conf import settings
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bench import fulltrack
    from bench.dossier import multiplied
    from questionnaires import sheets
    from questionnaires.completeness import missing
    from questionnaires.loader import load
    from questionnaires.models import Sheet
    from tests import cast

    version = load(multiplied(settings.DATA_DIR / "referentiel", factor))
    editor = cast.alice(cast.glyco())
    sheet = sheets.answer_orientation(sheets.open_sheet(version), fulltrack.facts_for(version), editor)
    sheet = Sheet.objects.select_related("version").get(pk=sheet.pk)
    stop = {"api_mesures": False, "api_documents": False, "api_agenda": False}
    stop |= {"echange_lecture": None, "echange_ecriture": None}

    with CaptureQueriesContext(connection) as read:
        whole = sheets.overview(sheet)
        missing(whole)
    with CaptureQueriesContext(connection) as foreseen:
        assert sheets.foresee_change(sheet, stop).change.leaving
    return {
        "criteria": len(whole.items),
        "queries": len(read),
        "change_queries": len(foreseen),
        "reading": ground.median(ground.measured(lambda: missing(sheets.overview(sheet)), TIMES).worked),
        "foreseeing": ground.median(ground.measured(lambda: sheets.foresee_change(sheet, stop), TIMES).worked),
    }


if __name__ == "__main__":
    ground.open_house()
    print(json.dumps(measure(int(sys.argv[1]))))
