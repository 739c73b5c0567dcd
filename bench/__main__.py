"""Run every measure and print it as Markdown: `make bench`, or `scripts/bench transition` for one of them."""

import os
import platform
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

MEASURES = {
    "transition": "One transition through the door",
    "lists": "Pages, at 100 and at 20,000 candidatures",
    "desk": "The work list of support with its filters, at 200 and at 20,000 files",
    "autosave": "The autosave of one answer, fifty people at once",
    "judging": "The judging page, 17 and 170 criteria",
    "applicability": "Applicability and completeness",
    "dossier": "The PDF dossier",
    "demonstration": "The demonstration",
}


def machine() -> str:
    """Say where and when, and how busy the machine already was."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC — {model}, {os.cpu_count()} cores, {memory:.0f} GB, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} at the start"
    )


def main(names: list[str]) -> None:
    unknown = set(names) - set(MEASURES)
    if unknown:
        raise SystemExit(f"Mesure inconnue : {', '.join(sorted(unknown))}. Il y a : {', '.join(MEASURES)}.")
    print(machine())
    for name in names or MEASURES:
        print(f"\n## {MEASURES[name]}\n", flush=True)
        print(import_module(f"bench.{name}").run(), flush=True)


main(sys.argv[1:])
