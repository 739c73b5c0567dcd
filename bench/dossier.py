"""The dossier of a full-track candidature with 60 proofs: seconds, peak memory, pages, at 1×, 2× and 4× the criteria.

Each size is played in a private embedded database, then printed and sealed in a process of its own, so that the peak
of memory is that of the printing alone. `python -m bench.dossier` prints the table.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from copy import deepcopy
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1, 2, 4)
PROOFS, PROOF_BYTES = 60, 200_000
COMMENT = (
    "La politique est approuvée par le comité de direction et revue chaque année ; la dernière revue date de janvier. "
    "Les écarts sont suivis dans un registre partagé avec le responsable de la sécurité."
)
MOTIVE = "La procédure existe, mais sa dernière revue date de plus d'un an : elle doit être mise à jour."
HEADER = (
    "| Critères du référentiel | Critères applicables | Preuves jointes | Lecture (s) | Impression (s) | Scellement (s) "
    "| Mémoire de pointe (Mo) | Pages | Taille (Mo) |\n|---|---|---|---|---|---|---|---|---|"
)
ROW = (
    "| {factor}× ({criteria}) | {lines} | {attached} | {reading:.2f} | {printing:.1f} | {sealing:.2f} "
    "| {peak:.0f} | {pages} | {size:.1f} |"
)


def run() -> str:
    """Return the measures as a Markdown table."""
    return "\n".join([HEADER, *(ROW.format(**_measured(factor)) for factor in SIZES)])


def _measured(factor: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="referencement-bench-") as folder:
        _child("play", factor, folder)
        return {"factor": factor, **json.loads(_child("print", factor, folder))}


def _child(step: str, factor: int, folder: str) -> str:
    """Run one step in a process of its own, on an embedded database in `folder`; return its last line."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATA_DIR": folder,
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "bench.dossier", step, str(factor)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.splitlines()[-1] if done.stdout else ""


def play(factor: int) -> None:
    """Bring a candidature to « évaluée » on a référentiel that holds each criterion `factor` times."""
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from accounts.roles import Role
    from questionnaires.loader import load
    from referencing import door, filing
    from tests import cast, play

    version = load(_multiplied(settings.DATA_DIR / "referentiel", factor))
    alice, sophie = cast.alice(cast.glyco()), cast.staff(Role.SUPPORT, "sophie", "Sophie Bernard")
    candidature = play.draft(alice, version, facts=_full_track(version))
    _answer(candidature, alice)
    play.unit_tested(candidature, alice)
    candidature = filing.admit(filing.submit(candidature, actor=alice), actor=sophie)
    filed = candidature.acts.get(kind="filing").payload["sheet"]["questionnaires"]
    codes = [criterion["code"] for part in filed for criterion in part["criteria"] if part["is_answered"]]
    verdicts = {
        code: {"value": ("met", "minor_reserve")[rank % 5 == 0], "motive": MOTIVE, "pins": []}
        for rank, code in enumerate(codes)
    }
    report = {"synthesis": COMMENT, "recommendation": "Favorable.", "verdicts": verdicts, "unjudged": []}
    door.move(candidature, "conclude_evaluation", actor=sophie, payload=report)


def measure() -> dict[str, Any]:
    """Read, print and seal the dossier of the only candidature; return what each step took."""
    import resource

    from dossiers import papers, press, seal
    from dossiers.contents import dossier_at
    from journal.models import Event
    from referencing.models import Candidature

    candidature = Candidature.objects.select_related("service__organisation").get()
    start = time.perf_counter()
    dossier = dossier_at(candidature, Event.objects.get(kind="candidature.conclude_evaluation"))
    read = time.perf_counter()
    printed = papers.dossier(candidature, dossier.event, dossier).print()
    put_on_paper = time.perf_counter()
    with tempfile.TemporaryFile() as target:
        seal.seal(printed, dossier.pieces, seal.manifest(dossier), target, at=dossier.event.at)
        done, size = time.perf_counter(), target.tell()
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


def _multiplied(folder: Path, factor: int) -> Path:
    """Write the published référentiel with `factor` copies of each criterion."""
    import yaml

    folder.mkdir()
    for source in (ROOT / "questionnaires" / "referentials" / "complet-2023").glob("*.yaml"):
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


def _full_track(version: Any) -> dict[str, object]:
    """Answers that make as many criteria apply as one service can: everything but the certificates."""
    facts: dict[str, object] = {}
    for variable in version.variables.filter(derived_from=""):
        codes = [code for code, _ in variable.choices]
        facts[variable.code] = codes if variable.kind == "multiple" else codes[0] if codes else True
    return facts | {"dispositif_medical": False, "teleconsultation": False}


def _answer(candidature: Any, editor: Any) -> None:
    """Answer every criterion asked, each with two of the 60 proofs."""
    from questionnaires import sheets, vault
    from tests import play

    proofs = [
        vault.deposit(
            candidature.organisation,
            play.a_file(f"preuve-{rank:02d}.txt", f"Preuve {rank}. ".encode() * (PROOF_BYTES // 12)),
            title=f"Preuve {rank}",
            kind="DOC",
            user=editor,
        )
        for rank in range(PROOFS)
    ]
    asked = [item for item in sheets.overview(candidature.sheet).items if item.may_change]
    for rank, item in enumerate(asked):
        sheets.save_answer(
            candidature.sheet, item.criterion, value="met", comment=COMMENT, edition=item.edition, user=editor
        )
        for revision in (proofs[rank % PROOFS], proofs[(rank * 7 + 1) % PROOFS]):
            sheets.attach(candidature.sheet, item.criterion, revision, editor)


def main(arguments: list[str]) -> None:
    if not arguments:
        print(run())
        return
    import django

    django.setup()
    if arguments[0] == "play":
        play(int(arguments[1]))
    else:
        print(json.dumps(measure()))


if __name__ == "__main__":
    main(sys.argv[1:])
