"""The judging page of a file of 170 criteria with 200 proofs, against one of 17 criteria with 20 proofs.

Both pages show a criterion that looks the same: its answer, two proofs, a verdict of the round before and what changed.
Only the file around it grows. What is compared is the work of the processors, web and database together.
"""

import json
from copy import deepcopy
from typing import Any

from bench import ground

SIZES = ((17, 20), (170, 200))
TIMES = 61
TARGET = 1.3
HEADER = ("Judging page", "SQL queries", "Work (ms)", "Clock (ms)", "Size (kB)")


def run() -> str:
    """Return the measures as a Markdown table, and the ratio of the two."""
    small, large = ground.elsewhere("judging", "measure", database=ground.POSTGRESQL)
    rows = [
        (one["name"], one["queries"], f"{one['worked']:.1f}", f"{one['waited']:.1f}", f"{one['size'] / 1024:.0f}")
        for one in (small, large)
    ]
    return (
        f"{ground.table(HEADER, rows)}\n\nRatio of work: {large['worked'] / small['worked']:.2f} (target ≤ {TARGET})."
    )


def measure() -> list[dict[str, Any]]:
    """Return, for each size, the number of queries, the medians (ms) and the weight of the page (bytes)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.client import HouseClient

    expert, files = prepare()
    client, pages = HouseClient.of(expert, SERVER_NAME="127.0.0.1"), []
    for (criteria, proofs), (reference, code) in zip(SIZES, files, strict=True):
        address = f"/candidatures/{reference}/evaluation/{code}/"
        client.get(address)  # what a process remembers of the content types is read once
        with CaptureQueriesContext(connection) as captured:
            page = client.get(address)
        assert page.status_code == 200
        name = f"{criteria} criteria, {proofs} proofs"
        pages.append((address, {"name": name, "queries": len(captured), "size": len(page.content)}))
    for address, page in pages:
        taken = ground.measured(lambda a=address: client.get(a).getvalue(), TIMES)  # type: ignore[misc]
        page |= {"worked": ground.median(taken.worked), "waited": ground.median(taken.waited)}
    return [page for _, page in pages]


def prepare() -> tuple[Any, list[tuple[str, str]]]:
    """Return an expert, and for each size a file under evaluation: its reference, and the criterion to open."""
    from accounts.models import User
    from accounts.roles import Role
    from accounts.services import create_organisation, join
    from bench import crowd, fulltrack, past
    from questionnaires import sheets
    from questionnaires.loader import load
    from referencing import access
    from referencing.stages import Stage
    from tests import cast, play

    version = load(ground.ROOT / "questionnaires" / "referentials" / "complet-2023")
    expert = cast.staff(Role.EXPERT, "banc", "Experte du banc")
    organisation = create_organisation("Éditeur du banc", "552100554", address="")
    editor = User.objects.create_user("editeur@banc.example", full_name="Éditrice du banc")
    join(editor, organisation, profiles=[], mandated=True)
    draft = play.draft(editor, version, facts=fulltrack.facts_for(version))
    fulltrack.answer(draft, editor, proofs=12)
    filed = sheets.snapshot(draft.sheet)
    files = []
    for criteria, proofs in SIZES:
        (candidature,) = crowd.add(1, version, [expert], stages=[Stage.IN_EVALUATION])
        past.remember([candidature], cut(filed, criteria, proofs), with_answers=1)
        access.grant(expert, candidature, Role.LEAD)
        candidature.assignments.update(is_lead=True)
        files.append((candidature.reference, judged(candidature, expert, criteria)))
    return expert, files


def cut(filed: dict[str, Any], criteria: int, proofs: int) -> dict[str, Any]:
    """Return the photograph of a sheet with this many criteria, and this many proofs spread over them, two on the first."""
    sheet = deepcopy(filed)
    asked = [item for view in sheet["questionnaires"] if view["is_answered"] for item in view["criteria"]]
    if len(asked) < criteria:
        raise RuntimeError(f"the référentiel asks {len(asked)} criteria only")
    kept = asked[:criteria]
    given = asked[0]["proofs"]
    for rank, item in enumerate(kept):
        share = 2 if rank == 0 else (proofs - 2) // (criteria - 1) + (rank <= (proofs - 2) % (criteria - 1))
        item["proofs"] = [given[n % len(given)] for n in range(share)]
    codes = {item["code"] for item in kept}
    for view in sheet["questionnaires"]:
        view["criteria"] = [item for item in view["criteria"] if item["code"] in codes]
    sheet["questionnaires"] = [view for view in sheet["questionnaires"] if view["criteria"]]
    return sheet


def judged(candidature: Any, expert: Any, criteria: int) -> str:
    """Judge every criterion, the first one on other proofs than those on file; return the code of the first."""
    from django.utils import timezone

    from bench import fulltrack
    from evaluation.grid import grid
    from evaluation.models import Verdict
    from questionnaires.models import Criterion

    by_code = {one.code: one for one in Criterion.objects.filter(version=candidature.sheet.version_id)}
    lines = grid(candidature).lines
    assert len(lines) == criteria
    Verdict.objects.bulk_create(
        Verdict(
            candidature=candidature,
            criterion=by_code[line.code],
            round=1,
            value="minor_reserve",
            motive=fulltrack.MOTIVE,
            pins=list(line.on_file.pins) if rank else ["0" * 64],
            answer_edition=line.on_file.edition,
            expert=expert,
            judged_at=timezone.now(),
        )
        for rank, line in enumerate(lines)
    )
    return str(lines[0].code)


if __name__ == "__main__":
    ground.open_house()
    print(json.dumps(measure()))
