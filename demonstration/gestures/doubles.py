"""Double evaluation, played: the second expert's opinions, and one divergence left for the lead to settle."""

from accounts.roles import Role
from demonstration import judgements
from demonstration.stories import Story
from demonstration.troupe import Troupe
from evaluation import judging
from evaluation.double import needs_second
from evaluation.grid import Line, grid
from evaluation.values import Value


def give_second_opinions(troupe: Troupe, story: Story) -> None:
    """Eva finds what Émile found, on every criterion where he waits for her."""
    for line in _waiting(troupe, story):
        _say(troupe, story, line, *judgements.verdict_for(story, line.code, troupe.of(story).round))


def differ_on_one(troupe: Troupe, story: Story) -> None:
    """Eva differs on the first criterion where Émile waits for her, and leaves the others to whoever plays her."""
    for line in _waiting(troupe, story)[:1]:
        motive = "La pièce établit l'exigence pour le site, mais ne dit rien des applications mobiles."
        _say(troupe, story, line, Value.MINOR_RESERVE, motive, "")


def _waiting(troupe: Troupe, story: Story) -> list[Line]:
    """The criteria as Eva has them."""
    whole = grid(troupe.of(story))
    hers = whole.entrusted_to(whole.assignment_of(troupe.playing(Role.EXPERT, 1)))
    return [line for line in hers if needs_second(line) and len(line.fresh_opinions) == 1]


def _say(troupe: Troupe, story: Story, line: Line, value: str, motive: str, expected: str) -> None:
    second = troupe.playing(Role.EXPERT, 1)
    found = {"value": value, "motive": motive, "expected": expected}
    judging.judge(troupe.of(story), line.code, **found, edition=line.edition, expert=second)
