"""The demonstration that `make run` plays on a new database: seconds, of the processors and by the clock, and memory."""

import io
import json
import resource
import time

from bench import ground

HEADER = ("Database", "Work (s)", "Clock (s)", "Peak memory (MB)", "What it says")


def run() -> str:
    """Return the measures as a Markdown table."""
    found = ground.elsewhere("demonstration", DEMO="1")
    figures = (f"{found['worked']:.0f}", f"{found['waited']:.0f}", f"{found['peak']:.0f}")
    return ground.table(HEADER, [(ground.SQLITE, *figures, found["said"])])


def measure() -> dict[str, object]:
    from django.core.management import call_command

    call_command("load_referentials", stdout=io.StringIO())
    said = io.StringIO()
    worked, start = time.process_time(), time.perf_counter()
    call_command("play_demo", stdout=said)
    return {
        "worked": time.process_time() - worked,
        "waited": time.perf_counter() - start,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "said": said.getvalue().strip(),
    }


if __name__ == "__main__":
    ground.open_house()
    print(json.dumps(measure()))
