"""Why a criterion has no verdict in a report, in words: not judged, or judged by two experts without a conclusion."""

from collections.abc import Mapping
from typing import Any

from referencing.refusals import Refusal


def unsettled(report: Mapping[str, Any], code: str) -> Refusal:
    """Return the reason for one criterion that the payload of a report names as unjudged."""
    if code in report.get("divergent", ()):
        sentence = f"{code} : les deux experts divergent, l'expert coordonnateur n'a pas encore tranché."
        return Refusal(f"verdict:{code}", sentence, "l'expert coordonnateur", "evaluation:divergence", code)
    sentence = f"{code} : ce critère n'est pas encore jugé."
    if code in report.get("second_awaited", ()):
        sentence = f"{code} : un second expert doit encore donner son appréciation."
    return Refusal(f"verdict:{code}", sentence, "les experts", "evaluation:judge", code)
