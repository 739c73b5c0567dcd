"""The dossier of a full-track candidature with 60 proofs: seconds, peak memory, pages, at 1×, 2× and 4× the criteria.

Each size is played in an embedded database, then printed and sealed in a process of its own: the peak of memory is
that of the printing alone. Seconds are those of the processor: a neighbour does not lengthen them.
"""

import json
import sys
import tempfile
import time
from copy import deepcopy
from pathlib import Path
from typing import Any

from bench import ground

SIZES = (1, 2, 4)
PROOFS = 60
HEADER = (
    "Référentiel",
    "Criteria that apply",
    "Files enclosed",
    "Reading (s)",
    "Printing (s)",
    "Sealing (s)",
    "Whole, against 1×",
    "Peak memory (MB)",
    "Pages",
    "Size (MB)",
)


def run() -> str:
    """Return the measures as a Markdown table."""
    rows, first = [], 0.0
    for factor in SIZES:
        with tempfile.TemporaryDirectory(prefix="referencement-bench-") as folder:
            ground.elsewhere("dossier", "play", str(factor), folder=folder)
            found = ground.elsewhere("dossier", "print", folder=folder)
        whole = found["reading"] + found["printing"] + found["sealing"]
        first = first or whole
        rows.append(
            (
                f"{factor}× ({found['criteria']} criteria)",
                found["lines"],
                found["attached"],
                f"{found['reading']:.2f}",
                f"{found['printing']:.1f}",
                f"{found['sealing']:.2f}",
                f"{whole / first:.1f}",
                f"{found['peak']:.0f}",
                found["pages"],
                f"{found['size']:.1f}",
            )
        )
    return ground.table(HEADER, rows)


def play(factor: int) -> None:
    """Bring a candidature to « évaluée » on a référentiel that holds each criterion `factor` times."""
    from django.conf import settings

    from accounts.roles import Role
    from bench import fulltrack
    from questionnaires.loader import load
    from referencing import door, filing
    from tests import cast, play

    version = load(multiplied(settings.DATA_DIR / "referentiel", factor))
    alice, sophie = cast.alice(cast.glyco()), cast.staff(Role.SUPPORT, "sophie", "Sophie Bernard")
    candidature = play.draft(alice, version, facts=fulltrack.facts_for(version))
    fulltrack.answer(candidature, alice, proofs=PROOFS)
    play.unit_tested(candidature, alice)
    candidature = filing.admit(filing.submit(candidature, actor=alice), actor=sophie)
    door.move(candidature, "conclude_evaluation", actor=sophie, payload=fulltrack.report_on(candidature))


def measure() -> dict[str, Any]:
    """Read, print and seal the dossier of the only candidature; return what each step took."""
    import resource

    from dossiers import papers, press, seal
    from dossiers.contents import dossier_at
    from journal.models import Event
    from referencing.models import Candidature

    candidature = Candidature.objects.select_related("service__organisation").get()
    start = time.process_time()
    dossier = dossier_at(candidature, Event.objects.get(kind="candidature.conclude_evaluation"))
    read = time.process_time()
    printed = papers.dossier(candidature, dossier.event, dossier).print()
    put_on_paper = time.process_time()
    with tempfile.TemporaryFile() as target:
        seal.seal(printed, dossier.pieces, seal.manifest(dossier), target, at=dossier.event.at)
        done, size = time.process_time(), target.tell()
    return {
        "criteria": len(dossier.lines) + len(dossier.not_applicable) + len(dossier.dispensed),
        "lines": len(dossier.lines),
        "attached": sum(piece.is_attached for piece in dossier.pieces),
        "reading": read - start,
        "printing": put_on_paper - read,
        "sealing": done - put_on_paper,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "pages": press.page_count(printed),
        "size": size / 1024 / 1024,
    }


def multiplied(folder: Path, factor: int) -> Path:
    """Write the published référentiel with `factor` copies of each criterion."""
    import yaml

    folder.mkdir()
    for source in (ground.ROOT / "questionnaires" / "referentials" / "complet-2023").glob("*.yaml"):
        content = yaml.safe_load(source.read_text())
        for section in content.get("sections", []):
            copies = [
                {**deepcopy(one), "code": f"{one['code']}-{n}"}
                for n in range(2, factor + 1)
                for one in section["criteria"]
            ]
            section["criteria"] += copies
        (folder / source.name).write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False))
    return folder


def main(arguments: list[str]) -> None:
    if arguments[0] == "play":
        ground.open_house()
        play(int(arguments[1]))
        print("null")
    else:
        ground.open_house(empty=False)
        print(json.dumps(measure()))


if __name__ == "__main__":
    main(sys.argv[1:])
