"""Letters about the technical tests, written by the machine of the hall."""

from typing import Any

from exchange.models import Milestone, TestReport
from journal.models import Event
from referencing.letters import Notice, support, team, writing
from referencing.models import Candidature


def _milestone(_candidature: Candidature, event: Event) -> dict[str, Any]:
    """Name the milestone; the act of the final book, which says none, is about the connection."""
    milestone = Milestone(event.data.get("milestone", Milestone.CONNECTION))
    return {"milestone": milestone.label, "is_last": milestone == Milestone.CONNECTION}


def _refusal(candidature: Candidature, event: Event) -> dict[str, Any]:
    report = TestReport.objects.get(candidature=candidature, pk=event.data["report"])
    return {"motive": report.motive, **_milestone(candidature, event)}


tell_deposited = writing(Notice("tests_deposited", (support,), page="exchange:tests", more=_milestone))
tell_accepted = writing(Notice("tests_accepted", (team,), page="exchange:tests", more=_milestone))
tell_refused = writing(Notice("tests_refused", (team,), page="exchange:tests", more=_refusal))
